import { HOUR_US, MILLISECOND_US, MINUTE_US, SECOND_US } from '@faultline/clock';
import * as fc from 'fast-check';

/**
 * Durations on all the scales on which something happens: a packet's way, a driver's time-out, a health check, a
 * failover, the replacement of a host, a person. The shortest first, which is where shrinking leads.
 */
const SCALES_US = [
  MILLISECOND_US,
  20 * MILLISECOND_US,
  200 * MILLISECOND_US,
  SECOND_US,
  3 * SECOND_US,
  10 * SECOND_US,
  20 * SECOND_US,
  40 * SECOND_US,
  90 * SECOND_US,
  3 * MINUTE_US,
  6 * MINUTE_US,
  12 * MINUTE_US,
  30 * MINUTE_US,
  HOUR_US,
  3 * HOUR_US,
];

/** Tenths by which a duration leaves its scale. */
const TENTHS = 12;

/** A duration in whole microseconds, on any of the scales up to `mostUs`, with two digits. */
export function durations(mostUs: number): fc.Arbitrary<number> {
  const scales = SCALES_US.filter((us) => us <= mostUs);
  return fc
    .tuple(fc.constantFrom(...scales), fc.nat(TENTHS))
    .map(([us, tenths]) => Math.min(mostUs, us + (us / 10) * tenths));
}

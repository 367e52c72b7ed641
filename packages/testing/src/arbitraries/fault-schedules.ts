import { HOUR_US, SECOND_US } from '@faultline/clock';
import type { CauseOption, FaultSpec } from '@faultline/scenario';
import * as fc from 'fast-check';
import type { FaultChoice } from '../topologies/fault-menu.ts';
import { durations } from './times.ts';

/** Before the first fault connections are opened and caches are filled. */
const EARLIEST_US = 5 * SECOND_US;
const GAP_MAX_US = HOUR_US;
const DURATION_MAX_US = 4 * HOUR_US;

/** One fault, and the time since the one before it. */
interface Step {
  readonly gapUs: number;
  readonly fault: Omit<FaultSpec, 'atUs'>;
}

/**
 * Lists of faults out of a menu, in the order of time. Gaps and durations are drawn on all scales, so that faults
 * often meet: one in the middle of the failover from another, one that heals before anybody noticed, two at once.
 *
 * @param faultsMax At most so many; few are more likely than many.
 */
export function faultSchedules(menu: readonly FaultChoice[], faultsMax: number): fc.Arbitrary<readonly FaultSpec[]> {
  if (menu.length === 0 || faultsMax === 0) return fc.constant([]);
  const step: fc.Arbitrary<Step> = fc.record({
    gapUs: durations(GAP_MAX_US),
    fault: fc.oneof(...menu.map(faultOf)),
  });
  const counts = Array.from({ length: faultsMax }, (_, place) => place + 1);
  const lists = counts.map((count) => ({
    weight: faultsMax - count + 2,
    arbitrary: fc.array(step, { minLength: count, maxLength: count }),
  }));
  return fc.oneof(...lists).map(schedule);
}

function schedule(steps: readonly Step[]): readonly FaultSpec[] {
  let atUs = EARLIEST_US;
  return steps.map(({ gapUs, fault }) => {
    atUs += gapUs;
    return { atUs, ...fault };
  });
}

function faultOf({ cause, lasts, options, targets }: FaultChoice): fc.Arbitrary<Omit<FaultSpec, 'atUs'>> {
  const drawn = Object.entries(options).map(([name, option]) => [name, optionOf(option)] as const);
  return fc.record({
    cause: fc.constant(cause),
    target: fc.constantFrom(...targets),
    // Most heal: what stays broken hides what comes after it.
    forUs: lasts ? fc.option(durations(DURATION_MAX_US), { nil: null, freq: 5 }) : fc.constant(null),
    options: fc.record(Object.fromEntries(drawn), { noNullPrototype: true }),
  });
}

function optionOf(option: CauseOption): fc.Arbitrary<number | boolean> {
  switch (option.type) {
    case 'boolean':
      return fc.constantFrom(option.default, !option.default);
    case 'factor':
      return fc.constantFrom(option.default, 2, 50, 10_000);
    case 'probability':
      return fc.constantFrom(option.default, 0.01, 0.9, 1);
    case 'bytes':
      return fc.constantFrom(option.default, 1e6, 1e9);
  }
}

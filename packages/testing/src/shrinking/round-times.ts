import { HOUR_US, MINUTE_US, SECOND_US } from '@faultline/clock';

/** Times that people write, the simplest first. */
const ROUND_US = [
  SECOND_US,
  10 * SECOND_US,
  MINUTE_US,
  10 * MINUTE_US,
  HOUR_US,
  2 * SECOND_US,
  5 * SECOND_US,
  30 * SECOND_US,
  2 * MINUTE_US,
  5 * MINUTE_US,
  30 * MINUTE_US,
  2 * HOUR_US,
  6 * HOUR_US,
];

/** Rounder and, apart from that, shorter times in place of this one: first favourites, then itself with fewer digits. */
export function rounderTimes(us: number, leastUs = 1): readonly number[] {
  const favourite = ROUND_US.indexOf(us);
  if (favourite >= 0) return ROUND_US.slice(0, favourite).filter((candidate) => candidate >= leastUs);
  const favourites = ROUND_US.filter((candidate) => candidate >= leastUs);
  return [...favourites, ...fewerDigits(us).filter((candidate) => candidate >= leastUs)];
}

/** Whole multiples of ever smaller units below and above it, as long as they are coarser than it is itself. */
function fewerDigits(us: number): readonly number[] {
  const units = [HOUR_US, MINUTE_US, 10 * SECOND_US, SECOND_US, SECOND_US / 10, SECOND_US / 100, 1_000];
  const coarser = units.filter((unit) => us % unit !== 0 && us > unit);
  return coarser.flatMap((unit) => [Math.floor(us / unit) * unit, Math.ceil(us / unit) * unit]);
}

import { exactDuration } from '../format-duration.ts';

/** A distribution that cannot be: the message names the parameter, what was found and what was expected. */
export class DistributionError extends Error {
  override readonly name = 'DistributionError';
}

/** Shapes beyond this are point masses or powers that leave the range of a double. */
const SHAPE_MIN = 0.01;
const SHAPE_MAX = 10_000;

const refusal = (parameter: string, expected: string, found: number): DistributionError =>
  new DistributionError(`${parameter} must be ${expected}, found ${found}`);

/** Larger numbers are beyond the clock's range, and no longer exact. */
function checkRange(parameter: string, value: number): void {
  if (value > Number.MAX_SAFE_INTEGER) throw refusal(parameter, `at most ${Number.MAX_SAFE_INTEGER}`, value);
}

export function checkNotNegative(parameter: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) throw refusal(parameter, 'a finite number from 0 on', value);
  checkRange(parameter, value);
}

export function checkPositive(parameter: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) throw refusal(parameter, 'a finite number above 0', value);
  checkRange(parameter, value);
}

export function checkAtLeast(parameter: string, value: number, least: string, leastValue: number): void {
  if (!(Number.isFinite(value) && value >= leastValue))
    throw refusal(parameter, `at least ${least} (${leastValue})`, value);
  checkRange(parameter, value);
}

export function checkAbove(parameter: string, value: number, bound: string, boundValue: number): void {
  if (!(Number.isFinite(value) && value > boundValue))
    throw refusal(parameter, `above ${bound} (${boundValue})`, value);
  checkRange(parameter, value);
}

export function checkShape(parameter: string, value: number): void {
  if (!(value >= SHAPE_MIN && value <= SHAPE_MAX)) throw refusal(parameter, `from ${SHAPE_MIN} to ${SHAPE_MAX}`, value);
}

/** A parameter in microseconds as text; scaled ones need not be whole. */
export const durationText = (us: number): string => exactDuration(Math.round(us));

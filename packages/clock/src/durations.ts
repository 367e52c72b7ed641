/** A span of simulated time in microseconds. */
export type Us = number;

export const MILLISECOND_US = 1_000;
export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

/** A text that is not a duration, or not a rate. The message says what was found and how to write it. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/** Largest first: the order in which the parts of `1h30m` have to stand. */
export const DURATION_UNITS: ReadonlyMap<string, Us> = new Map([
  ['d', DAY_US],
  ['h', HOUR_US],
  ['m', MINUTE_US],
  ['s', SECOND_US],
  ['ms', MILLISECOND_US],
  ['us', 1],
]);
const HOW_TO_WRITE = 'write for example 250us, 20ms, 1.5s, 5m, 2h, 1d or 1h30m';

/** `us` has three spellings; two of them look alike (U+00B5 and U+03BC). */
const canonicalUnit = (unit: string): string => (unit === '\u00b5s' || unit === '\u03bcs' ? 'us' : unit);

const refusal = (text: string, expected: string, advice = HOW_TO_WRITE): DurationError =>
  new DurationError(`found ${JSON.stringify(text.slice(0, 40))}, expected ${expected}; ${advice}`);

/**
 * Reads a duration such as `250us`, `20ms`, `1.5s`, `5m`, `2h`, `1d` or `1h30m`, exactly.
 *
 * Parts stand in falling order, each unit once; only the last part may have decimals.
 *
 * @returns Whole microseconds from 0 to `Number.MAX_SAFE_INTEGER`.
 * @throws DurationError for a bare number, an unknown unit, a sign, an empty text, anything finer than a
 * microsecond and anything too long for the clock.
 */
export function parseDuration(text: string): Us {
  const parts = splitParts(text);
  let totalUs = 0;
  let previousUs = Number.POSITIVE_INFINITY;
  for (const [index, { whole, decimals, unit }] of parts.entries()) {
    const unitUs = DURATION_UNITS.get(unit);
    if (unitUs === undefined) throw refusal(text, `a unit of d, h, m, s, ms or us and not "${unit}"`);
    if (unitUs >= previousUs) throw refusal(text, 'each unit once, from the largest to the smallest');
    if (decimals !== '' && index < parts.length - 1) throw refusal(text, 'decimals in the last part only');
    previousUs = unitUs;
    totalUs += Number(whole) * unitUs + decimalsInUs(text, decimals, unitUs);
  }
  if (!Number.isSafeInteger(totalUs)) throw refusal(text, 'at most 9007199254740991 microseconds (about 285 years)');
  return totalUs;
}

interface DurationPart {
  readonly whole: string;
  readonly decimals: string;
  readonly unit: string;
}

function splitParts(text: string): DurationPart[] {
  if (text.trim() === '') throw refusal(text, 'a duration');
  if (text.length > 60) throw refusal(text, 'a duration of at most 60 characters');
  if (/^[-+]/.test(text)) throw refusal(text, 'a duration without a sign');
  if (/^\d+(\.\d+)?$/.test(text))
    throw refusal(text, 'a number with its unit', `write for example ${text}s or ${text}ms`);
  if (!/^(\d+(\.\d+)?[a-z\u00b5\u03bc]+)+$/i.test(text)) throw refusal(text, 'numbers, each followed by its unit');
  const parts = text.matchAll(/(\d+)(?:\.(\d+))?([a-z\u00b5\u03bc]+)/gi);
  return Array.from(parts, ([, whole = '', decimals = '', unit = '']) => ({
    whole,
    decimals,
    unit: canonicalUnit(unit),
  }));
}

/** Exact: `1.1s` must not become 1100000.0000000002 microseconds on its way through binary fractions. */
function decimalsInUs(text: string, decimals: string, unitUs: Us): Us {
  if (decimals === '') return 0;
  const scaled = BigInt(decimals) * BigInt(unitUs);
  const divisor = 10n ** BigInt(decimals.length);
  if (scaled % divisor !== 0n) throw refusal(text, 'whole microseconds, the grain of the clock');
  return Number(scaled / divisor);
}

/**
 * Reads a rate such as `200/s`, `5/m` or `10/h`.
 *
 * @returns How many per second, above 0.
 * @throws DurationError for a bare number, an unknown unit, a rate of 0 and anything else.
 */
export function parseRate(text: string): number {
  const advice = 'write for example 200/s, 5/m or 10/h';
  const match = /^(\d{1,15}(?:\.\d{1,15})?)\/([a-z]+)$/.exec(text);
  if (match === null) throw refusal(text, 'a number, "/" and a unit of time', advice);
  const [, count, unit = ''] = match;
  const unitUs = unit === 's' || unit === 'm' || unit === 'h' ? DURATION_UNITS.get(unit) : undefined;
  if (unitUs === undefined) throw refusal(text, `a rate per s, m or h and not per "${unit}"`, advice);
  if (Number(count) === 0) throw refusal(text, 'a rate above 0', advice);
  return (Number(count) * SECOND_US) / unitUs;
}

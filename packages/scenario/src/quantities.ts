import { DAY_US, exactDuration, parseDuration, parseRate } from '@faultline/clock';
import { Refusal, type WordReader, word } from './reader.ts';
import type { Value } from './value.ts';
import { quote } from './wording.ts';

/** No duration of a scenario is longer: a leap year. */
const LONGEST_DURATION_US = 366 * DAY_US;

/** Below this a number prints with an exponent; one operation in eleven days is rare enough. */
const LOWEST_RATE = 1e-6;
const HIGHEST_RATE = 1e7;

interface DurationRange {
  /** Default 0. */
  readonly minUs?: number;
  /** Default `LONGEST_DURATION_US`. */
  readonly maxUs?: number;
  readonly example?: string;
}

/** A duration with its unit, in microseconds. */
export function duration({
  minUs = 0,
  maxUs = LONGEST_DURATION_US,
  example = '30s',
}: DurationRange = {}): WordReader<number> {
  const range = minUs > 0 ? `from ${exactDuration(minUs)} to ${exactDuration(maxUs)}` : `up to ${exactDuration(maxUs)}`;
  const expects = 'a duration with its unit: d, h, m, s, ms or us';
  return word(expects, example, (value) => {
    const us = durationOf(value);
    if (typeof us !== 'number') return us;
    if (us >= minUs && us <= maxUs) return us;
    return new Refusal(() => ({
      found: `the duration ${quote(value.type === 'text' ? value.text : '')}`,
      expected: `a duration ${range}`,
    }));
  });
}

/** Longer than nothing. */
export const positiveDuration: WordReader<number> = duration({ minUs: 1 });

function durationOf(value: Value): number | Refusal {
  if (isBareNumber(value)) return withoutUnit(value, 's');
  if (value.type !== 'text') return new Refusal();
  const { text } = value;
  const us = attempt(() => parseDuration(text), text);
  if (!(us instanceof Refusal) || !/\d\.\d/.test(text)) return us;
  return new Refusal(() => ({ found: `the text ${quote(text)}`, expected: 'whole microseconds, with their unit' }));
}

/** A rate with its unit, per second. */
export const rate: WordReader<number> = word('a rate with its unit: per s, m or h', '200/s', (value) => {
  if (isBareNumber(value)) return withoutUnit(value, '/s');
  if (value.type !== 'text') return new Refusal();
  const perSecond = attempt(() => parseRate(value.text), value.text);
  if (typeof perSecond !== 'number') return perSecond;
  if (perSecond >= LOWEST_RATE && perSecond <= HIGHEST_RATE) return perSecond;
  return new Refusal(() => ({
    found: `the rate ${quote(value.text)}`,
    expected: 'a rate from 0.0036/h to 10000000/s',
  }));
});

/** Units of bytes by what they are worth, decimal and binary. */
export const BYTE_UNITS: ReadonlyMap<string, number> = new Map([
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
  ['B', 1],
]);

/** A size with its unit, in bytes. */
export const bytes: WordReader<number> = word(
  'a size with its unit: B, kB, MB, GB, TB, KiB, MiB, GiB or TiB',
  '2GB',
  (value) => {
    if (isBareNumber(value)) return withoutUnit(value, 'B');
    if (value.type !== 'text') return new Refusal();
    const [, count, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)([A-Za-z]+)$/.exec(value.text) ?? [];
    const size = Math.round(Number(count) * (BYTE_UNITS.get(unit) ?? Number.NaN));
    return Number.isSafeInteger(size) ? size : new Refusal(() => ({ found: quote(value.text) }));
  },
);

/** A whole number, e.g. of clients. */
export function wholeNumber(min: number, max: number, example: number): WordReader<number> {
  return word(`a whole number from ${min} to ${max}`, String(example), (value) =>
    value.type === 'number' && Number.isInteger(value.number) && value.number >= min && value.number <= max
      ? value.number
      : new Refusal(),
  );
}

/** A number without unit, e.g. a factor. */
export function decimal(min: number, max: number, example: number): WordReader<number> {
  return word(`a number from ${min} to ${max}`, String(example), (value) =>
    value.type === 'number' && value.number >= min && value.number <= max ? value.number : new Refusal(),
  );
}

export const truth: WordReader<boolean> = word('true or false', 'true', (value) =>
  value.type === 'boolean' ? value.boolean : new Refusal(),
);

function isBareNumber(value: Value): boolean {
  return value.type === 'number' || (value.type === 'text' && /^[-+]?\d+(\.\d+)?$/.test(value.text));
}

function withoutUnit(value: Value, unit: string): Refusal {
  const number = value.type === 'number' ? value.source : value.type === 'text' ? value.text : '';
  const usable = /^\d+(\.\d+)?$/.test(number);
  return new Refusal(() => ({
    found: `the number ${quote(number)} without a unit`,
    ...(usable && number.length <= 15 ? { example: `${number}${unit}` } : {}),
  }));
}

/** The clock's parsers throw on a text that is none; the reader's own words then say what would be. */
function attempt(parse: () => number, text: string): number | Refusal {
  try {
    return parse();
  } catch {
    return new Refusal(() => ({ found: `the text ${quote(text)}` }));
  }
}

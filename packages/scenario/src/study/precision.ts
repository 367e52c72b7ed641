import { mapping, required } from '../mapping.ts';
import { wholeNumber } from '../quantities.ts';
import { type Reader, Refusal, word } from '../reader.ts';
import type { StudyPrecision } from './study.ts';

/** Trials of one cell at the most. */
export const MOST_TRIALS = 100_000_000;

export const QUANTILE_EXPECTS = 'a quantile from p1 to p99.99';
export const PRECISION_EXPECTS = 'a share in percent, from 0.1% to 50%';

/** `p99.9` is 0.999; null for what is no quantile from p1 to p99.99. */
export function quantileOf(text: string): number | null {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,2})?)$/.exec(text) ?? [];
  const share = shareOf(Number(digits));
  return share >= 0.01 && share <= 0.9999 ? share : null;
}

/** `5%` is 0.05; null for what is no share from 0.1% to 50%. */
export function precisionOf(text: string): number | null {
  const [, digits] = /^(\d{1,2}(?:\.\d{1,3})?)%$/.exec(text) ?? [];
  const share = shareOf(Number(digits));
  return share >= 0.001 && share <= 0.5 ? share : null;
}

/** Without what binary fractions add: 99.9 percent are 0.999, not 0.9990000000000001. */
function shareOf(percent: number): number {
  return Number((percent / 100).toFixed(8));
}

/** The inverse of `quantileOf`: 0.999 is `p99.9`. */
export const quantileText = (quantile: number): string => `p${percentOf(quantile)}`;

/** The inverse of `precisionOf`: 0.05 is `5%`. */
export const precisionText = (within: number): string => `${percentOf(within)}%`;

const percentOf = (share: number): number => Number((share * 100).toFixed(6));

const quantile = word(QUANTILE_EXPECTS, 'p99', (value) =>
  value.type === 'text' ? (quantileOf(value.text) ?? new Refusal()) : new Refusal(),
);

const within = word(PRECISION_EXPECTS, '5%', (value) =>
  value.type === 'text' ? (precisionOf(value.text) ?? new Refusal()) : new Refusal(),
);

/** `{ quantile: p99, within: 5%, budget: 100000 }` */
export const precision: Reader<StudyPrecision> = mapping('a mapping with quantile, within and budget', {
  quantile: required(quantile),
  within: required(within),
  budget: required(wholeNumber(1, MOST_TRIALS, 100_000)),
});

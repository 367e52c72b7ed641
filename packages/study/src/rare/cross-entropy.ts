import type { RareTilt } from '@faultline/metrics';
import type { PilotTrial, PilotTrials } from './pilot-trials.ts';

/** Share of a pilot's trials that the next tilt is learnt from. */
const ELITE_SHARE = 0.1;

/** A mean this many standard errors away from its untilted value is no chance: others are left alone. */
const SIGNIFICANT = 4;

/** Draws are made at most this much longer or shorter. */
const FACTOR_MAX = 60;
const FACTOR_MIN = 0.2;

/**
 * The level that a tenth of the trials reach, or `target` if more do. Scores grow with what is looked for; those below 0
 * never count.
 */
export function nextLevel(scores: readonly number[], target: number): number | null {
  const sorted = scores.filter((score) => score >= 0).sort((a, b) => b - a);
  const place = Math.ceil(scores.length * ELITE_SHARE) - 1;
  const level = sorted[Math.min(place, sorted.length - 1)];
  return level === undefined ? null : Math.min(target, level);
}

interface Sums {
  weights: number;
  squares: number;
  total: number;
}

/**
 * The tilt under which the trials that reached a level would have been likeliest: for each draw the weighted mean of its
 * cumulative hazard among them, which minimises the cross-entropy to the ideal law (Rubinstein and Kroese, The
 * Cross-Entropy Method, Springer 2004, section 3.2). Draws whose mean may as well be 1 stay as they are: a tilt
 * that is not needed only makes weights uneven.
 */
export function learntTilts(pilot: PilotTrials, isElite: (trial: PilotTrial) => boolean): RareTilt[] {
  const sums = new Map<number, Sums>();
  for (const { weight, draws, hazards } of pilot.all.filter(isElite)) {
    for (const [index, place] of draws.entries()) {
      const sum = sums.get(place) ?? { weights: 0, squares: 0, total: 0 };
      sum.weights += weight;
      sum.squares += weight ** 2;
      sum.total += weight * (hazards[index] as number);
      sums.set(place, sum);
    }
  }
  return [...sums].flatMap(([place, { weights, squares, total }]) => {
    const mean = total / weights;
    // The standard deviation of an exponential is its mean, which untilted is 1.
    const error = Math.sqrt(squares) / weights;
    if (Math.abs(mean - 1) < SIGNIFICANT * error) return [];
    return [{ ...pilot.drawAt(place), factor: Math.min(FACTOR_MAX, Math.max(FACTOR_MIN, mean)) }];
  });
}

import { exponential, RandomStreams, sampler } from '@faultline/clock';
import type { RareResult } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { RareSpec, Study } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { carryOut } from '../executors/block.ts';
import { outageScenario, outageStudy } from '../testing/outage-study.ts';
import { SplitStreams } from './split-streams.ts';
import { type Particle, type SplittingBlock, split } from './splitting-block.ts';
import { splittingOutcome } from './splitting-estimate.ts';
import { nextSplittingLevel } from './splitting-level.ts';
import { SplittingRun } from './splitting-run.ts';

const BASE = outageScenario({ horizon: '8m', every: '5s' });

const SECOND_US = 1_000_000;
const [cell] = outageStudy(BASE).cells as [Study['cells'][number]];

function estimated(
  spec: Partial<RareSpec>,
  carriedOut: (block: SplittingBlock) => readonly Particle[],
  seed = '7',
): RareResult {
  const defaults = { method: 'splitting', recoveryOverUs: null, writesLost: false, trials: 1_000, pilot: 300 } as const;
  const run = new SplittingRun(cell, { ...defaults, ...spec }, seed);
  for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
    // In reverse: the order in which blocks come back must not show.
    for (const { block, collect } of jobs.toReversed()) collect(carriedOut(block));
  }
  expect(run.progress.done).toBe(run.progress.planned);
  return run.result();
}

/** Highest point of a walk from 1 that goes up with this chance, until it is back at 0; in seconds. */
const walk = (up: number) => (block: SplittingBlock) =>
  split(block, (streams) => {
    const chance = streams.stream('steps');
    let [height, highest] = [1, 1];
    while (height > 0 && highest < 1_000) {
      height += chance() < up ? 1 : -1;
      highest = Math.max(highest, height);
    }
    return highest * SECOND_US;
  });

/** The gambler's chance to reach `goal` before 0, from 1 (Feller, An Introduction to Probability Theory, XIV.2). */
const ruin = (up: number, goal: number): number => ((1 - up) / up - 1) / (((1 - up) / up) ** goal - 1);

/** Outages that are sums of many short draws. */
const sum = (stages: number) => (block: SplittingBlock) =>
  split(block, (streams) => {
    const draws = Array.from({ length: stages }, (_, stage) =>
      sampler(exponential('1s'))(streams.stream(`s-${stage}`)),
    );
    return draws.reduce((total, us) => total + us, 0);
  });

/** P(sum of n exponentials with mean 1 > x). */
function erlangTail(n: number, x: number): number {
  let [term, total] = [1, 1];
  for (let k = 1; k < n; k++) {
    term *= x / k;
    total += term;
  }
  return Math.exp(-x) * total;
}

const off = ({ estimate }: RareResult, truth: number): number =>
  Math.abs((estimate?.probability.value ?? 0) / truth - 1) / (estimate?.relativeError ?? 0);

describe('splitting', () => {
  it.each([
    [6, 1e-2],
    [10, 1e-3],
  ])("knows the gambler's chance to reach %i, which hangs on every step", (goal, largest) => {
    const truth = ruin(0.3, goal);
    expect(truth).toBeLessThan(largest);
    const result = estimated({ recoveryOverUs: (goal - 1) * SECOND_US }, walk(0.3));
    expect(result.estimate?.relativeError).toBeLessThan(0.4);
    expect(off(result, truth)).toBeLessThan(4);
    expect(result.levelsUs.length).toBeGreaterThan(2);
    expect(result.levelsUs).toEqual([...result.levelsUs].sort((a, b) => a - b));
  });

  it('knows the tail of a sum of eight short draws', () => {
    const truth = erlangTail(8, 20);
    expect(truth).toBeLessThan(1e-3);
    const result = estimated({ recoveryOverUs: 20 * SECOND_US, trials: 2_000 }, sum(8));
    expect(result.estimate?.relativeError).toBeLessThan(0.4);
    expect(off(result, truth)).toBeLessThan(4);
    expect(result.estimate?.plainTrials).toBeGreaterThan(5 / truth);
  });

  it('covers the truth about as often as an interval of 95 % should', () => {
    const truth = ruin(0.3, 6);
    let covered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const spec = { recoveryOverUs: 5 * SECOND_US, trials: 300, pilot: 200 };
      const { low, high } = estimated(spec, walk(0.3), `s${seed}`).estimate?.probability ?? { low: 1, high: 0 };
      if ((low ?? 1) <= truth && truth <= (high ?? 0)) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(34);
  });

  it('is a plain count where the event is common', () => {
    const result = estimated({ recoveryOverUs: SECOND_US }, sum(1));
    expect(result).toMatchObject({ levelsUs: [SECOND_US], trials: 1_000, pilotTrials: 300 });
    expect(off(result, Math.exp(-1))).toBeLessThan(4);
  });

  it('gives up where nothing that is drawn leads there', () => {
    const never = estimated({ recoveryOverUs: 10 * SECOND_US }, (block) => split(block, () => SECOND_US));
    expect(never).toMatchObject({ estimate: null, trials: 0, pilotTrials: 300 });
    expect(never.refused).toContain('the pilot found no way there: of 300 trials with a recovery time at all, fewer');
    const lossless = estimated({ recoveryOverUs: SECOND_US, writesLost: true }, (block) => split(block, () => -1));
    expect(lossless.refused).toContain('the pilot found no way there');
  });

  it('of a real model whose outage is one exponential and constants', () => {
    const { scenario } = cell;
    const constant = outageStudy(BASE.replace('{ exponential: { mean: 60s } }', '60s'))
      .cells[0] as Study['cells'][number];
    const plain = { job: 'splitting', seed: '7', from: 1, to: 60, writesLost: false, going: null } as const;
    const fixed = carryOut({ ...plain, scenario: constant.scenario }, kinds);
    const overUs = 300 * SECOND_US;
    // The chance given all but the replacement is known; it remains to average over what little else varies.
    const chances = fixed.map(({ score }) => Math.exp(-(overUs - (score - 60 * SECOND_US)) / (60 * SECOND_US)));
    const truth = chances.reduce((total, one) => total + one, 0) / chances.length;
    expect(truth).toBeLessThan(0.08);
    const spec = { recoveryOverUs: overUs, trials: 400, pilot: 100 };
    const result = estimated(spec, (block) => carryOut({ ...block, scenario }, kinds));
    expect(off(result, truth)).toBeLessThan(4);
    expect(result.estimate?.relativeError).toBeLessThan(0.5);
  });
});

describe('the streams of a lineage', () => {
  const draws = (streams: RandomStreams, name: string): readonly number[] => {
    const stream = streams.stream(name);
    return Array.from({ length: 50 }, () => stream());
  };

  it('are the plain ones of its seed as long as nothing was drawn again', () => {
    expect(draws(new SplitStreams(['7.1']), 'a')).toEqual(draws(new RandomStreams('7.1'), 'a'));
  });

  it('change from some draw on in some streams, by the seed of the renewal alone', () => {
    const names = Array.from({ length: 200 }, (_, index) => `stream-${index}`);
    const kept = names.map((name) => {
      const before = draws(new SplitStreams(['7.1']), name);
      const after = draws(new SplitStreams(['7.1', '7.2']), name);
      const first = after.findIndex((value, index) => value !== before[index]);
      const other = draws(new SplitStreams(['8.1', '7.2']), name);
      if (first >= 0) expect(after.slice(first)).toEqual(other.slice(first));
      return first;
    });
    expect(kept.filter((first) => first === -1).length).toBeGreaterThan(0);
    expect(kept.filter((first) => first > 0).length).toBeGreaterThan(0);
    expect(kept.filter((first) => first === 0).length).toBeGreaterThan(0);
  });
});

describe('levels and outcomes', () => {
  it('have a fifth of the trials beyond them, and are strictly higher than the ones before', () => {
    const scores = Array.from({ length: 100 }, (_, index) => index);
    expect(nextSplittingLevel(scores, -1, 1_000)).toBe(79);
    expect(nextSplittingLevel(scores, -1, 50)).toBe(50);
    expect(nextSplittingLevel([1, 1, 1, 2, 2, 3], 0, 9)).toBe(1);
    expect(nextSplittingLevel([2, 2, 2], 1, 9)).toBeNull();
  });

  it('bear no estimate when too few repetitions reach the event, or when they differ too much', () => {
    const few = splittingOutcome([...Array(6).fill(0), 1, 1, 1, 1], 9);
    expect(few.refused).toContain('4 of 10 repetitions saw the event');
    const uneven = splittingOutcome([...Array(19).fill(1e-9), 1], 9);
    expect(uneven.refused).toContain('the repetitions differ by ±100% of their mean');
    expect(splittingOutcome(Array(20).fill(0.25), 80).estimate).toMatchObject({ relativeError: 0, effectiveHits: 80 });
  });
});

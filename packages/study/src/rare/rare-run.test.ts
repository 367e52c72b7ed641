import { exponential, lognormal, RandomStreams, type Sampler, sampler } from '@faultline/clock';
import type { RareResult } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { RareSpec, Study } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { carryOut } from '../executors/block.ts';
import { outageScenario, outageStudy } from '../testing/outage-study.ts';
import { trialSeed } from '../trial.ts';
import type { RareBlock, RareTrial } from './rare-block.ts';
import { RareTally } from './rare-estimate.ts';
import { RareRun } from './rare-run.ts';
import { TiltedStreams } from './tilted-streams.ts';

const BASE = outageScenario({ horizon: '20m', every: '2s' });

const study = outageStudy(BASE);

/** Outages that are sums of draws, without a database. */
function sums(draws: readonly Sampler[]) {
  return ({ seed, from, to, tilts }: RareBlock): RareTrial[] =>
    Array.from({ length: to - from + 1 }, (_, index) => {
      const streams = new TiltedStreams(trialSeed(seed, from + index), tilts, () => true);
      const recoveryUs = draws.reduce((sum, draw, stage) => sum + draw(streams.stream(`stage-${stage}`)), 0);
      return { recoveryUs, lost: 0, weight: streams.weight, hazards: streams.hazards };
    });
}

function estimated(
  spec: Partial<RareSpec>,
  trialsOf: (block: RareBlock) => readonly RareTrial[],
  seed = '7',
  of: Study = study,
): RareResult {
  const full = {
    method: 'importance-sampling' as const,
    recoveryOverUs: null,
    writesLost: false,
    trials: 4_000,
    pilot: 1_000,
    ...spec,
  };
  const run = new RareRun(of.cells[0] as Study['cells'][number], full, seed);
  for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
    // In reverse: the order in which blocks come back must not show.
    for (const { block, collect } of jobs.toReversed()) collect(trialsOf(block));
  }
  return run.result();
}

/** P(sum of n exponentials with mean 1 > x). */
function erlangTail(n: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < n; k++) {
    term *= x / k;
    sum += term;
  }
  return Math.exp(-x) * sum;
}

const SECOND_US = 1_000_000;

describe('the chance of a rare event', () => {
  it.each([
    [15, 1e-4],
    [22, 1e-6],
    [30, 1e-9],
  ])('is that of an Erlang tail beyond %i means, and about as unsure as it says', (x, largest) => {
    const stages = [1, 2, 3].map(() => sampler(exponential('1s')));
    const truth = erlangTail(3, x);
    expect(truth).toBeLessThan(largest);
    const { estimate, tilt } = estimated({ recoveryOverUs: x * SECOND_US }, sums(stages));
    expect(tilt.map(({ stream }) => stream)).toEqual(['stage-0', 'stage-1', 'stage-2']);
    expect(estimate?.relativeError).toBeLessThan(0.1);
    expect(Math.abs((estimate?.probability.value ?? 0) / truth - 1)).toBeLessThan(4 * (estimate?.relativeError ?? 0));
    expect(estimate?.plainTrials).toBeGreaterThan(100 / truth);
  });

  it('covers the truth as often as an interval of 95 % should', () => {
    const stages = [1, 2].map(() => sampler(exponential('1s')));
    const truth = erlangTail(2, 16);
    let covered = 0;
    for (let seed = 0; seed < 80; seed++) {
      const { estimate } = estimated(
        { recoveryOverUs: 16 * SECOND_US, trials: 800, pilot: 400 },
        sums(stages),
        `s${seed}`,
      );
      const { low, high } = estimate?.probability ?? { low: 1, high: 0 };
      if ((low ?? 1) <= truth && truth <= (high ?? 0)) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(70);
  });

  it('knows the tail of a lognormal, which no exponential tilt reaches', () => {
    // 4.753424… standard deviations are exceeded once in a million; p95 lies 1.644853… above the median.
    const truth = 1e-6;
    const overUs = Math.round(60 * SECOND_US * 3 ** (4.753424308822899 / 1.6448536269514722));
    const slow = sampler(lognormal({ median: '60s', p95: '180s' }));
    const { estimate } = estimated({ recoveryOverUs: overUs }, sums([slow]));
    expect(Math.abs((estimate?.probability.value ?? 0) / truth - 1)).toBeLessThan(4 * (estimate?.relativeError ?? 0));
    expect(estimate?.relativeError).toBeLessThan(0.1);
  });

  it('is the same for a common event as that of a plain count', () => {
    const { estimate, tilt } = estimated({ recoveryOverUs: 1 * SECOND_US }, sums([sampler(exponential('1s'))]));
    expect(tilt.every(({ factor }) => factor > 1)).toBe(true);
    expect(estimate?.probability.value).toBeCloseTo(Math.exp(-1), 1);
  });

  it('is refused where no timing decides it', () => {
    const never = estimated({ recoveryOverUs: 2 * SECOND_US, pilot: 200 }, sums([() => SECOND_US]));
    expect(never).toMatchObject({ estimate: null, trials: 0, pilotTrials: 5_000 });
    expect(never.refused).toContain('the pilot did not come there in 25 looks');
    const lossless = estimated({ writesLost: true, pilot: 200 }, sums([sampler(exponential('1s'))]));
    expect(lossless.refused).toContain('no trial of the pilot lost an acknowledged write');
  });

  it('of a real model whose outage is one exponential and constants', () => {
    const trialsOf = (block: RareBlock) => carryOut(block, kinds);
    const at = (replacement: string) => ({
      ...study,
      cells: outageStudy(
        BASE,
        `factors: { r: { path: topology.databases.orders.timings.hostReplacement, values: [${replacement}] } }\n`,
      ).cells,
    });
    const scenario = (at('60s').cells[0] as Study['cells'][number]).scenario;
    const fixed = carryOut({ job: 'rare', scenario, seed: '7', from: 1, to: 60, tilts: [], withHazards: false }, kinds);
    const overUs = 660 * SECOND_US;
    // The chance given all but the replacement is known; it remains to average over what little else varies.
    const truth =
      fixed.reduce(
        (sum, { recoveryUs }) => sum + Math.exp(-(overUs - (recoveryUs - 60 * SECOND_US)) / (60 * SECOND_US)),
        0,
      ) / fixed.length;
    expect(truth).toBeLessThan(2e-4);
    const { estimate, tilt } = estimated({ recoveryOverUs: overUs, trials: 600, pilot: 300 }, trialsOf);
    expect(tilt[0]?.stream).toBe('orders/hostReplacement');
    expect(Math.abs((estimate?.probability.value ?? 0) / truth - 1)).toBeLessThan(4 * (estimate?.relativeError ?? 0));
    expect(estimate?.relativeError).toBeLessThan(0.25);
  });
});

describe('weights', () => {
  it('that differ too much bear no estimate', () => {
    const uneven = new RareTally();
    for (let trial = 0; trial < 1_000; trial++) uneven.add(trial === 0 ? 9 : 0.99, trial < 100 && trial % 2 === 0);
    expect(uneven.refusal).toBeNull();
    const degenerate = new RareTally();
    for (let trial = 0; trial < 1_000; trial++) degenerate.add(trial === 0 ? 5 : 1e-4, trial < 200);
    expect(degenerate.refusal).toContain('unevenly weighted');
    const missing = new RareTally();
    for (let trial = 0; trial < 1_000; trial++) missing.add(0.5, true);
    expect(missing.refusal).toBe('the weights average 0.500 where they have to average 1');
  });

  it('leave streams that are not watched as they are', () => {
    const plain = new RandomStreams('7.1');
    const tilted = new TiltedStreams('7.1', [{ stream: 'a', draw: 1, factor: 5 }], (name) => name === 'a');
    expect(tilted.stream('b')()).toBe(plain.stream('b')());
    const before = plain.stream('a')();
    expect(tilted.stream('a')()).toBeGreaterThan(before);
    expect(tilted.stream('a')()).toBe(plain.stream('a')());
  });
});

import { kinds } from '@faultline/models';
import { parseStudy, type Study } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import type { TrialSummary } from '../trial-summary.ts';
import { SearchRun } from './search-run.ts';
import { shareBounds } from './share-bounds.ts';

const BASE = `scenario: shop
seed: 1
horizon: 10m
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases:
    orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }
  clients:
    checkout: { connectsTo: orders, from: use1-az3, driver: { connectTimeout: 2s } }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 2/s } }
faults:
  - { at: 10s, fail: orders.primary, cause: host-failure }
`;

const GRID = `factors:
  dns: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s, 60s], costs: [4, 2, 0] }
  connect: { path: topology.clients.checkout.driver.connectTimeout, values: [1s, 10s], costs: [1, 0] }
`;

function studyOf(rest: string): Study {
  const text = `study: cheapest\nscenario: shop.yaml\nseed: 7\ntrials: 2000\nobjectives: { rto: 60s }\n${rest}`;
  const result = parseStudy(text, 'study.yaml', () => ({ file: 'shop.yaml', text: BASE }), kinds);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.study;
}

/** A trial meets the objective when its luck, the same for all cells, is within the cell's share. */
function outcome(met: number, trial: number): TrialSummary {
  const luck = ((trial * 7_919) % 2_003) / 2_003;
  const recoveryUs = luck < met ? 50_000_000 : 90_000_000;
  return {
    trial,
    recoveryUs,
    failed: 0,
    indeterminate: 0,
    lost: 0,
    lossSpanUs: 0,
    lostUpdates: 0,
    phases: [
      { phase: 'detection', actor: 'provider', us: recoveryUs - 20_000_000 },
      { phase: 'dns-cache', actor: 'customer', us: 20_000_000 },
    ],
    steps: [],
  };
}

/** `shares`: of trials that meet the objective, cell by cell in the order of the grid. */
function searched(study: Study, shares: readonly number[]) {
  const run = new SearchRun(study);
  for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
    for (const { block, collect } of jobs.toReversed()) {
      const cell = study.cells.findIndex(({ scenario }) => scenario === block.scenario);
      collect(madeUpBlock(block, (trial) => outcome(shares[cell] as number, trial)));
    }
  }
  return run.result();
}

describe('a search', () => {
  it('finds the cheapest that meets the objectives, and leaves what costs more', () => {
    // dns ttl (1s, 10s), 30s (1s, 10s), 60s (1s, 10s): costs 5, 4, 3, 2, 1, 0.
    const result = searched(studyOf(GRID), [1, 1, 1, 0.9, 0.4, 0.2]);
    expect(result).toMatchObject({ outcome: 'found', winner: 3, share: 0.95, confidence: 0.95, limit: null });
    expect(result.candidates.map(({ cost, verdict }) => [cost, verdict])).toEqual([
      [0, 'misses'],
      [1, 'misses'],
      [2, 'misses'],
      [3, 'meets'],
      [4, 'meets'],
      [5, 'meets'],
    ]);
    expect(result.candidates[0]?.trials).toBe(50);
    expect(result.trials).toBeLessThan(6 * 2_000);
    expect(result.nearMisses).toEqual([
      { candidate: 2, change: { factor: 'connect', from: '10s', to: '1s', extraCost: 1 } },
    ]);
  });

  it('drops what costs more than one that meets as soon as that is proved', () => {
    const { candidates, winner } = searched(studyOf(`search: { share: 50% }\n${GRID}`), [0.5, 0.5, 0.5, 0.5, 0.5, 1]);
    expect(winner).toBe(0);
    expect(candidates.slice(1).map(({ verdict, trials }) => [verdict, trials])).toEqual(
      Array.from({ length: 5 }, () => ['dearer', 50]),
    );
  });

  it('says what limits the best where none meets the objectives', () => {
    const result = searched(studyOf(GRID), [0.8, 0.7, 0.6, 0.5, 0.4, 0.2]);
    expect(result).toMatchObject({ outcome: 'none', winner: null, best: 5, nearMisses: [] });
    expect(result.limit?.recoveryUs).toBeCloseTo(90_000_000, -6);
    expect(result.limit?.phases.map(({ phase, actor, meanUs }) => [phase, actor, meanUs])).toEqual([
      ['detection', 'provider', 70_000_000],
      ['dns-cache', 'customer', 20_000_000],
    ]);
    expect(result.limit?.providerAlone?.value).toBeCloseTo(0.2, 1);
  });

  it('says when the trials do not decide', () => {
    expect(searched(studyOf(`search: { share: 80% }\n${GRID}`), [0.8, 0.8, 0.8, 0.8, 0.8, 0.8])).toMatchObject({
      outcome: 'undecided',
      winner: null,
    });
  });

  it('refuses a share that is none', () => {
    expect(() => studyOf('search: { share: 0.95 }\n')).toThrow(/a share in percent/);
  });
});

describe('exact bounds of a share', () => {
  it('are those of the closed form where all or none succeed', () => {
    expect(shareBounds(50, 50, 0.05).low).toBeCloseTo(0.05 ** (1 / 50), 7);
    expect(shareBounds(0, 50, 0.05).high).toBeCloseTo(1 - 0.05 ** (1 / 50), 7);
    // Tabulated: 5 of 10, 95 % two-sided.
    expect(shareBounds(5, 10, 0.025).low).toBeCloseTo(0.187086, 5);
    expect(shareBounds(5, 10, 0.025).high).toBeCloseTo(0.812914, 5);
  });
});

import { kinds } from '@faultline/models';
import { parseStudy, type Study } from '@faultline/scenario';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import type { TrialSummary } from '../trial-summary.ts';
import { StudyRun } from './study-run.ts';

const BASE = `scenario: shop
seed: 1
horizon: 10m
sample: none
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases:
    orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }
  clients:
    checkout: { connectsTo: orders, from: use1-az3 }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 2/s } }
faults:
  - { at: 10s, fail: orders.primary, cause: host-failure }
`;

function studyOf(rest: string): Study {
  const text = `study: caches\nscenario: shop.yaml\nseed: 7\n${rest}`;
  const result = parseStudy(text, 'study.yaml', () => ({ file: 'shop.yaml', text: BASE }), kinds);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.study;
}

const DNS = 'factors: { dns: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s, forever] } }\n';

/** A made-up outcome that depends on cell and trial alone: longer caches, longer outages, and some that never end. */
function outcome(cell: number, trial: number): TrialSummary {
  const never = cell === 2 && trial % 10 === 0;
  const recoveryUs = never
    ? Number.POSITIVE_INFINITY
    : 60_000_000 + cell * 30_000_000 + ((trial * 7_919) % 1_000) * 10_000;
  return {
    trial,
    recoveryUs,
    failed: trial % 5,
    indeterminate: 1,
    lost: trial % 4 === 0 ? 2 : 0,
    lossSpanUs: trial % 4 === 0 ? 3_000 : 0,
    lostUpdates: 0,
    phases: [
      { phase: 'detection', actor: 'provider', us: 50_000_000 },
      { phase: 'dns-cache', actor: 'customer', us: never ? 0 : recoveryUs - 50_000_000 },
    ],
    steps: [],
  };
}

/** Carries a whole study out with made-up outcomes; `pick` chooses whose turn it is among the jobs that are left. */
function carriedOut(
  study: Study,
  pick: (left: number) => number = () => 0,
  known?: ConstructorParameters<typeof StudyRun>[2],
) {
  const seen: string[] = [];
  let jobsInAll = 0;
  const run = new StudyRun(study, (cell, { from }) => seen.push(`${cell}:${from}`), known);
  for (let jobs = [...run.nextRound()]; jobs.length > 0; jobs = [...run.nextRound()]) {
    jobsInAll += jobs.length;
    while (jobs.length > 0) {
      const [{ block, collect }] = jobs.splice(pick(jobs.length), 1) as [(typeof jobs)[number]];
      const cell = study.cells.findIndex(({ scenario }) => scenario === block.scenario);
      collect(madeUpBlock(block, (trial) => outcome(cell, trial)));
    }
  }
  return { seen, result: run.result(), jobsInAll };
}

describe('a study', () => {
  it('is the same whoever carries its blocks out, and in which order', () => {
    const study = studyOf(`trials: 130\n${DNS}`);
    const inOrder = carriedOut(study);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const other = carriedOut(study, (left) => (choices.next().value as number) % left);
        expect(other).toEqual(inOrder);
      }),
      { seed: 7, numRuns: 20 },
    );
    expect(inOrder.seen.slice(0, 4)).toEqual(['0:1', '1:1', '2:1', '0:26']);
  });

  it('takes blocks that are known already, and only carries out the rest', () => {
    const study = studyOf(`trials: 100\n${DNS}`);
    const fresh = carriedOut(study);
    const resumed = carriedOut(study, undefined, (cell, from, to) =>
      from > 50 ? undefined : madeUpBlock({ from, to }, (trial) => outcome(cell, trial)),
    );
    expect(resumed.result).toEqual(fresh.result);
    expect(fresh.jobsInAll).toBe(12);
    expect(resumed.jobsInAll).toBe(6);
  });

  it('reports quantiles, objectives, what the tail consists of, and differences trial by trial', () => {
    const { cells } = carriedOut(studyOf(`trials: 1000\nobjectives: { rto: 65s, rpo: 0s }\n${DNS}`)).result;
    const [first, second, third] = cells;
    expect(first?.meets.rto?.value).toBeCloseTo(0.501, 3);
    expect(first?.meets.rpo?.value).toBe(0.75);
    expect(first?.loses.value).toBe(0.25);
    expect(first?.difference).toBeNull();
    expect(second?.difference?.value).toBeGreaterThan(29_980_000);
    expect(second?.difference?.value).toBeLessThan(30_020_000);
    expect(third?.never.value).toBe(0.1);
    expect(third?.recoveryTime.p99.value).toBe(Number.POSITIVE_INFINITY);
    expect(third?.phases.tail).toEqual([{ phase: 'detection', meanUs: 50_000_000 }]);
    expect(second?.phases.median.map(({ phase }) => phase)).toEqual(['detection', 'dns-cache']);
    expect(first?.ecdf.at(-1)?.share).toBe(1);
    expect(first?.ecdf.length).toBeLessThanOrEqual(400);
  });

  it('goes on until a quantile is known well enough, or the budget is spent', () => {
    const wide = carriedOut(
      studyOf(`trials: 50\nprecision: { quantile: p50, within: 2%, budget: 800 }\n${DNS}`),
    ).result;
    expect(wide.cells.map(({ precise }) => precise)).toEqual([true, true, true]);
    expect(wide.cells[0]?.trials).toBeLessThan(800);
    const never = carriedOut(
      studyOf(`trials: 50\nprecision: { quantile: p99, within: 1%, budget: 200 }\n${DNS}`),
    ).result;
    expect(never.cells.map(({ trials, precise }) => [trials, precise])[2]).toEqual([200, false]);
    // The cell that all others are held against goes on with them.
    expect(never.cells[0]?.trials).toBe(200);
  });

  it('hands out a few blocks at a time, however many trials there are', () => {
    const run = new StudyRun(studyOf('trials: 100000000\n'));
    expect(run.nextRound().length).toBeLessThanOrEqual(2_048);
    expect(run.progress).toEqual({ done: 0, planned: 100_000_000 });
  });

  it('goes on after a look of which all was known', () => {
    const study = studyOf(`trials: 50\nprecision: { quantile: p50, within: 2%, budget: 800 }\n${DNS}`);
    const fresh = carriedOut(study);
    const resumed = carriedOut(study, undefined, (cell, from, to) =>
      to > 50 ? undefined : madeUpBlock({ from, to }, (trial) => outcome(cell, trial)),
    );
    expect(resumed.result).toEqual(fresh.result);
    expect(fresh.jobsInAll - resumed.jobsInAll).toBe(6);
  });

  it('tells of the cell whose quantile is least known', () => {
    const run = new StudyRun(studyOf(`trials: 100\n${DNS}`));
    expect(run.watched(0.5)).toBeNull();
    for (const { block, collect } of run.nextRound()) {
      const cell = JSON.stringify(block.scenario).includes('forever') ? 2 : 0;
      collect(madeUpBlock(block, (trial) => outcome(cell, trial)));
    }
    // A tenth of the trials of this cell never end: its p90 has no upper side.
    expect(run.watched(0.9)?.label).toBe('dns=forever');
    expect(run.progress).toEqual({ done: 300, planned: 300 });
  });
});

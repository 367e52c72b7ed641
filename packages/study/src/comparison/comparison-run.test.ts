import { kinds } from '@faultline/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inProcessExecutor } from '../executors/in-process.ts';
import { runAll } from '../executors/run-all.ts';
import { madeUpBlock } from '../testing/made-up-block.ts';
import type { TrialSummary } from '../trial-summary.ts';
import { type ComparisonFault, comparisonFaults } from './comparison-fault.ts';
import { ComparisonRun } from './comparison-run.ts';

const FAULT = comparisonFaults.get('host-failure') as ComparisonFault;
const CHOSEN = ['rds.read-replica', 'aurora.cluster', 'rds.multi-az-instance'];
const S = 1_000_000;

/** Made up of kind and trial alone: a cluster is back soonest, and a replica now and then never. */
function outcome(kind: string, trial: number): TrialSummary {
  const base = (CHOSEN.indexOf(kind) === 0 ? 600 : CHOSEN.indexOf(kind) === 1 ? 12 : 60) * S;
  const byHand = kind === 'rds.read-replica';
  const recoveryUs = byHand && trial % 10 === 0 ? Number.POSITIVE_INFINITY : base + ((trial * 7_919) % 1_000) * 1_000;
  return {
    trial,
    recoveryUs,
    failed: 100 + (trial % 5),
    indeterminate: 4,
    lost: byHand ? 4_000 + trial : 0,
    lossSpanUs: byHand ? 2 * S + trial : 0,
    lostUpdates: 0,
    phases: [
      { phase: 'detection', actor: 'provider', us: 5 * S + trial },
      ...(trial % 3 === 0 ? [] : [{ phase: 'dns-cache', actor: 'customer', us: S }]),
      ...(trial % 3 === 0 ? [{ phase: 'reconnect', actor: 'customer', us: S }] : []),
      { phase: 'detection', actor: 'provider', us: S },
    ],
    steps: byHand ? [{ step: 'promote', who: 'dba', done: trial % 10 !== 0 }] : [],
  };
}

const runOf = (trials: number, seen?: string[]) =>
  new ComparisonRun(
    { kinds: CHOSEN.map((id) => kinds.get(id) as NonNullable<ReturnType<typeof kinds.get>>), ...common(trials) },
    (kind, { from }) => seen?.push(`${kind}:${from}`),
  );

const common = (trials: number) => ({ registry: kinds, fault: FAULT, trials, seed: '7' });

/** Carries a whole comparison out; `pick` chooses whose turn it is among the jobs that are left. */
function carriedOut(trials: number, pick: (left: number) => number = () => 0) {
  const seen: string[] = [];
  const run = runOf(trials, seen);
  for (let jobs = [...run.nextRound()]; jobs.length > 0; jobs = [...run.nextRound()]) {
    while (jobs.length > 0) {
      const [{ block, collect }] = jobs.splice(pick(jobs.length), 1) as [(typeof jobs)[number]];
      const kind = CHOSEN.find((id) => block.scenario.name.includes(id.replaceAll('.', '-'))) as string;
      collect(madeUpBlock(block, (trial) => outcome(kind, trial)));
    }
  }
  return { seen, result: run.result(), progress: run.progress };
}

describe('a comparison', () => {
  it('is the same whoever carries its blocks out, and in which order', () => {
    const inOrder = carriedOut(130);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        expect(carriedOut(130, (left) => (choices.next().value as number) % left)).toEqual(inOrder);
      }),
      { seed: 7, numRuns: 20 },
    );
    expect(inOrder.seen.slice(0, 4)).toEqual([...CHOSEN.map((kind) => `${kind}:1`), `${CHOSEN[0]}:26`]);
    expect(inOrder.progress).toEqual({ done: 390, planned: 390 });
  });

  it('has exact figures of few trials', () => {
    const [replica, cluster, instance] = carriedOut(1_000).result.kinds;
    expect(cluster?.recoveryTime.p50.value).toBe(12 * S + 499_000);
    expect(cluster?.recoveryTime.p95.value).toBe(12 * S + 949_000);
    expect(replica?.recoveryTime.p95.value).toBe(Number.POSITIVE_INFINITY);
    expect(replica?.never.value).toBe(0.1);
    expect(replica?.dataLoss).toMatchObject({ p50: 4_500, max: 5_000, spanMaxUs: 2 * S + 1_000 });
    expect(replica?.operatorSteps).toEqual([{ step: 'promote', who: 'dba', calledShare: 1, doneShare: 0.9 }]);
    expect(instance?.failed.value).toBe(102);
    expect(instance?.operatorSteps).toEqual([]);
  });

  it('sums a phase over each trial, 0 where it did not occur', () => {
    const [, cluster] = carriedOut(1_000).result.kinds;
    expect(cluster?.phases).toEqual([
      { phase: 'detection', actor: 'provider', medianUs: 6 * S + 500 },
      { phase: 'dns-cache', actor: 'customer', medianUs: S },
    ]);
  });

  it('holds all against the one with the shortest median, trial by trial', () => {
    const differences = carriedOut(1_000).result.kinds.map(({ difference }) => difference);
    expect(differences[0]).toEqual({
      against: 'aurora.cluster',
      estimate: { value: 588 * S, low: 588 * S, high: 588 * S },
    });
    expect(differences[1]).toBeNull();
    expect(differences[2]?.estimate.value).toBe(48 * S);
  });

  it('of many trials is near the exact figures', () => {
    const [, cluster, instance] = carriedOut(20_000).result.kinds;
    const near = (found: number | undefined, exact: number): void =>
      expect(Math.abs((found ?? 0) / exact - 1)).toBeLessThan(1 / 4_096);
    near(cluster?.recoveryTime.p50.value, 12 * S + 499_000);
    near(cluster?.phases[0]?.medianUs, 6 * S + 10_000);
    near(instance?.difference?.estimate.value, 48 * S);
  });

  it('hands out a few blocks at a time, however many trials there are', () => {
    const run = runOf(100_000_000);
    expect(run.nextRound().length).toBeLessThanOrEqual(1_024);
    expect(run.progress).toEqual({ done: 0, planned: 300_000_000 });
  });

  it('says what a planned failover asks of each kind, and of no other fault', async () => {
    const chosen = ['rds.single-az', 'rds.multi-az-instance'].flatMap((id) => kinds.get(id) ?? []);
    const notesOf = async (id: string): Promise<string> => {
      const fault = comparisonFaults.get(id) as ComparisonFault;
      const run = new ComparisonRun({ ...common(1), fault, kinds: chosen });
      await runAll(inProcessExecutor(kinds), run.nextRound());
      return run.result().notes.join(' ');
    };
    expect(await notesOf('planned-failover')).toContain(
      'What is asked for: RDS Single-AZ DB instance: reboot; RDS Multi-AZ DB instance: reboot-with-failover.',
    );
    expect(await notesOf('process-crash')).not.toContain('What is asked for');
  });

  it('says which kinds have nothing that the fault could act on', () => {
    const fault: ComparisonFault = { ...FAULT, id: 'nothing', mapping: () => null };
    const run = new ComparisonRun({ ...common(10), fault, kinds: [...kinds.values()] });
    expect(run.nextRound()).toEqual([]);
    const { kinds: found, notes } = run.result();
    expect(found).toEqual([]);
    expect(notes.slice(1)).toEqual(
      [...kinds.values()].map(({ title }) => `${title} is left out: nothing has nothing to act on there.`),
    );
  });
});

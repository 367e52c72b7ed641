import { kinds } from '@faultline/models';
import { type CoverageSummary, counterexample, type SearchedRun, search } from '@faultline/testing';
import { isObservation, TraceDigest } from '@faultline/trace';
import { log } from '../output.ts';
import { progressBar } from '../progress.ts';
import { ResultsFolder } from '../results-folder.ts';
import type { CheckPlan } from './check-plan.ts';

/** When to stop, and where to leave what was found. */
export interface CheckLimits {
  readonly runsMax: number;
  /** Milliseconds of the host's time. */
  readonly timeMs: number;
  readonly out: string;
}

/** The smallest scenario found that breaks a promise, and where it was written. */
export interface CheckCounterexample {
  readonly invariant: string;
  readonly atUs: number;
  readonly what: string;
  readonly story: readonly string[];
  /** The run that was made smaller. */
  readonly run: number;
  readonly faults: number;
  readonly folder: string;
  /** The command that shows it again. */
  readonly replay: string;
}

export interface CheckResult {
  readonly seed: string;
  readonly runs: number;
  readonly records: number;
  readonly seconds: number;
  readonly invariants: readonly string[];
  readonly coverage: CoverageSummary;
  readonly counterexample: CheckCounterexample | null;
}

/** Runs a plan until it breaks a promise, or until runs or time are used up. */
export function runCheck(plan: CheckPlan, limits: CheckLimits): CheckResult {
  const { coverage, invariants, seed } = plan;
  const startedAt = performance.now();
  const progress = progressBar('runs');
  let runs = 0;
  let records = 0;
  let broken: SearchedRun | null = null;
  const each = coverage.add.bind(coverage);
  const runsUnderWatch = search(plan, { kinds: coverage.kinds, invariants, each });
  while (broken === null && runs < limits.runsMax && performance.now() - startedAt < limits.timeMs) {
    const one = runsUnderWatch.next().value;
    runs = one.run;
    records += one.records;
    if (one.violations.length > 0) broken = one;
    progress.show(runs, limits.runsMax);
  }
  progress.end();
  const seconds = (performance.now() - startedAt) / 1000;
  const names = invariants.map(({ name }) => name);
  const found = broken === null ? null : keep(broken, plan, limits.out);
  return { seed, runs, records, seconds, invariants: names, coverage: coverage.summary(), counterexample: found };
}

/** Makes the run smaller and writes it down. */
function keep(broken: SearchedRun, { invariants }: CheckPlan, out: string): CheckCounterexample {
  const [first] = broken.violations;
  if (!first) throw new Error('a broken run without a violation');
  log(`run ${broken.run} breaks ${first.invariant}: making it smaller`);
  const { scenario, violation, records, story } = counterexample(broken.scenario, first.invariant, {
    kinds,
    invariants,
  });
  const folder = new ResultsFolder(out, scenario);
  const digest = new TraceDigest();
  for (const record of records) {
    folder.trace.add(record);
    if (!isObservation(record)) digest.add(record);
  }
  const { invariant, atUs, what } = violation;
  const kept = folder.finish(scenario.seed, digest.hex(), story.join('\n'), { invariant, atUs, what });
  return {
    invariant,
    atUs,
    what,
    story,
    run: broken.run,
    faults: scenario.faults.length,
    folder: kept,
    replay: `faultline check ${kept}/scenario.yaml --runs 1 --invariant ${invariant}`,
  };
}

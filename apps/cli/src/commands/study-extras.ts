import type { RareResult, StudyResult, YearResult } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { AvailabilityRun, type Executor, type Job, RareRun, runAll } from '@faultline/study';
import { progressBar } from '../progress.ts';
import { reachable } from '../queue-errors.ts';

/** Carries out the `rare` and `availability` sections of a study and adds what they yield to its result. */
export async function withExtras(result: StudyResult, study: Study, executor: Executor): Promise<StudyResult> {
  if (study.rare === null && study.availability === null) return result;
  const progress = progressBar();
  const carryOut: CarryOut = async (jobs) => {
    const planned = jobs.reduce((sum, { block }) => sum + block.to - block.from + 1, 0);
    await reachable(runAll(executor, jobs, (done) => progress.show(done, planned)));
  };
  try {
    return {
      ...result,
      ...(study.rare === null ? {} : { rare: await rareResults(study, study.rare, carryOut) }),
      ...(study.availability === null ? {} : { availability: await yearResults(study, study.availability, carryOut) }),
    };
  } finally {
    progress.end();
  }
}

type CarryOut = <Work extends Parameters<Executor['run']>[0]>(jobs: readonly Job<Work>[]) => Promise<void>;

async function rareResults(
  { cells, seed }: Study,
  rare: NonNullable<Study['rare']>,
  carryOut: CarryOut,
): Promise<readonly RareResult[]> {
  const results: RareResult[] = [];
  for (const cell of cells) {
    const run = new RareRun(cell, rare, seed);
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) await carryOut(jobs);
    results.push(run.result());
  }
  return results;
}

async function yearResults(
  study: Study,
  availability: NonNullable<Study['availability']>,
  carryOut: CarryOut,
): Promise<readonly YearResult[]> {
  const results: YearResult[] = [];
  for (const cell of study.cells.keys()) {
    const run = new AvailabilityRun(study, availability, cell);
    await carryOut(run.jobs);
    results.push(run.result());
  }
  return results;
}

/** Whether something that the study asks for beside its grid could not be answered. */
export function leavesOpen({ rare = [], availability = [] }: StudyResult): boolean {
  return [...rare, ...availability].some(({ refused }) => refused !== null);
}

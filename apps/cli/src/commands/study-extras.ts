import type { RareResult, StudyResult, YearResult } from '@faultline/metrics';
import { count } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { AvailabilityRun, type Executor, type Job, RareRun } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { progressBar } from '../progress.ts';
import { carryOutJobs } from '../study/carry-out.ts';
import { type StudyOptions, TRIALS_UNASKED } from '../study/study-options.ts';

/** Trials of the estimate and of one look of the pilot, and of every failure, over all cells. */
const trialsBeside = ({ cells, rare, availability }: Study): number =>
  cells.length *
  ((rare === null ? 0 : rare.trials + rare.pilot) +
    (availability === null ? 0 : availability.trials * availability.failures.length));

/** What takes long is only begun when it was asked for. */
export function refuseUnaskedExtras(study: Study, { yes, search }: StudyOptions): void {
  const all = trialsBeside(study);
  if (yes || search || all <= TRIALS_UNASKED) return;
  throw new CommandError(
    `found ${count(all)} trials for \`rare\` and \`availability\`; expected at most ${count(TRIALS_UNASKED)}. Add --yes to run them all the same, or set fewer in the study`,
    EXIT.usage,
  );
}

/** Carries out the `rare` and `availability` sections of a study and adds what they yield to its result. */
export async function withExtras(result: StudyResult, study: Study, executor: Executor): Promise<StudyResult> {
  if (study.rare === null && study.availability === null) return result;
  const progress = progressBar();
  const carryOut: CarryOut = (jobs) => carryOutJobs(executor, jobs, progress);
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

type CarryOut = <Work extends Parameters<Executor['run']>[0]>(jobs: readonly Job<Work>[]) => Promise<number>;

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

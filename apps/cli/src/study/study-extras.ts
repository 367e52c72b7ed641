import type { RareResult, StudyResult, YearResult } from '@faultline/metrics';
import { count } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { AvailabilityRun, rareRun } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { type Crew, carryOutUnderBar } from './carry-out.ts';
import { type StudyOptions, TRIALS_UNASKED } from './study-options.ts';

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
export async function withExtras(result: StudyResult, study: Study, crew: Crew): Promise<StudyResult> {
  const { rare, availability } = study;
  return {
    ...result,
    ...(rare === null ? {} : { rare: await rareResults(study, rare, crew) }),
    ...(availability === null ? {} : { availability: await yearResults(study, availability, crew) }),
  };
}

async function rareResults(
  { cells, seed }: Study,
  rare: NonNullable<Study['rare']>,
  crew: Crew,
): Promise<readonly RareResult[]> {
  const results: RareResult[] = [];
  for (const cell of cells) {
    const run = rareRun(cell, rare, seed);
    await carryOutUnderBar(run, crew);
    results.push(run.result());
  }
  return results;
}

async function yearResults(
  study: Study,
  availability: NonNullable<Study['availability']>,
  crew: Crew,
): Promise<readonly YearResult[]> {
  const results: YearResult[] = [];
  for (const cell of study.cells.keys()) {
    const run = new AvailabilityRun(study, availability, cell);
    await carryOutUnderBar(run, crew);
    results.push(run.result());
  }
  return results;
}

/** Whether something that the study asks for could not be answered: beside its grid, or as surely as was asked for. */
export function leavesOpen({ cells, rare = [], availability = [] }: StudyResult): boolean {
  return (
    cells.some(({ precise }) => precise === false) || [...rare, ...availability].some(({ refused }) => refused !== null)
  );
}

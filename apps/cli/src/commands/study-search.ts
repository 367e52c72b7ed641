import type { SearchResult } from '@faultline/metrics';
import { compareJson, searchHtml, searchReport } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { type Executor, SearchRun } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { writeNewFile } from '../new-file.ts';
import { log, outputStyle, print, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { carryOutJobs } from '../study/carry-out.ts';
import type { StudyOptions } from '../study/study-options.ts';

/** Finds the cheapest cell of a study that meets its objectives, and says with the exit code whether there is one. */
export async function searchStudy(
  file: string,
  study: Study,
  options: StudyOptions,
  executor: Executor,
): Promise<void> {
  refuseUnsearchable(file, study);
  const result = await race(study, executor);
  const replay = `faultline study ${file} --search --trials ${study.trials} --seed ${study.seed}`;
  if (options.json) printJson(compareJson(result));
  else {
    print(searchReport(result, outputStyle()));
    print(`\nseed=${result.seed} trials=${result.trials} replay: ${replay}`);
  }
  if (options.html !== undefined) {
    writeNewFile('--html', options.html, searchHtml(result, replay));
    log(`report: ${options.html}`);
  }
  process.exitCode = { found: EXIT.ok, none: EXIT.violated, undecided: EXIT.inconclusive }[result.outcome];
}

/** A search needs something to meet and something to choose by. */
function refuseUnsearchable(file: string, { objectives, factors }: Study): void {
  const found =
    objectives.rtoUs === null && objectives.rpoUs === null
      ? { what: 'no `objectives`', expected: 'an objective to meet', write: 'objectives: { rto: 60s }' }
      : factors.every(({ costs }) => costs === null)
        ? { what: 'no factor with `costs`', expected: 'what each level costs', write: 'costs: [1, 0]' }
        : null;
  if (found === null) return;
  throw new CommandError(
    `${file}:1:1: found ${found.what}; --search expects ${found.expected}; write, for example: ${found.write}`,
    EXIT.badInput,
  );
}

async function race(study: Study, executor: Executor): Promise<SearchResult> {
  const run = new SearchRun(study);
  const progress = progressBar();
  try {
    let before = 0;
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
      before = await carryOutJobs(executor, jobs, progress, before);
    }
  } finally {
    progress.end();
  }
  return run.result();
}

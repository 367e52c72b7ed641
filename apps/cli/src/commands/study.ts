import type { StudyResult } from '@faultline/metrics';
import { compareJson, count, studyHtml, studyReport } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { type Executor, queueExecutor, runAll, StudyRun, threadExecutor } from '@faultline/study';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT } from '../exit-codes.ts';
import { refuseExisting, writeNewFile } from '../new-file.ts';
import { log, outputStyle, print, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { reachable } from '../queue-errors.ts';
import { checkedSeed } from '../scenario-file.ts';
import { readStudy } from '../study-file.ts';
import { leavesOpen, refuseUnaskedExtras, withExtras } from './study-extras.ts';
import { searchStudy } from './study-search.ts';

/** More trials than this take long enough to ask first. */
const TRIALS_UNASKED = 1_000_000;
const TRIALS_MAX = 100_000_000;

interface StudyOptions {
  readonly seed?: string;
  readonly trials?: string;
  readonly queue?: string;
  readonly search?: boolean;
  readonly html?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addStudyCommand(program: Command): void {
  program
    .command('study')
    .summary('vary a scenario over a grid, many trials of each cell')
    .description(
      'Runs many trials of every combination of the factors in a study file, with the same random numbers for all: quantiles of recovery time up to p99.9 with confidence intervals, how often objectives are met, what makes the tail, and differences trial by trial.\n\nExit code: 0 every cell meets the objectives in more than half of its trials, 1 some cell does not, 2 something the study asks for could not be answered. With --search: 0 one was found, 1 there is none, 2 the trials do not decide.',
    )
    .argument('<file>', 'the study, YAML')
    .addOption(new Option('--seed <seed>', 'in place of the seed in the file').env('FAULTLINE_SEED'))
    .option('--trials <number>', 'trials of each cell, in place of the number in the file')
    .option('--queue <url>', 'hand the trials to the workers of a Redis or Valkey queue: see `faultline worker`')
    .option('--search', 'find the cheapest combination that meets the objectives, by the costs of the factors')
    .option('--html <file>', 'write a report with charts, one file that needs nothing else')
    .option('--yes', `run even if it takes more than ${count(TRIALS_UNASKED)} trials in all`)
    .option('--json', 'one JSON document on standard output')
    .action(runStudy);
}

async function runStudy(file: string, options: StudyOptions): Promise<void> {
  const study = withOptions(readStudy(file), options);
  refuseUnasked(study, options.yes ?? false);
  if (options.html !== undefined) refuseExisting('--html', options.html);
  if (options.search) return searchStudy(file, study, options, () => executorFor(options));
  refuseUnaskedExtras(study, options.yes ?? false, TRIALS_UNASKED);
  const run = new StudyRun(study);
  const executor = await executorFor(options);
  const progress = progressBar();
  try {
    let before = 0;
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
      const planned = before + jobs.reduce((sum, { block }) => sum + block.to - block.from + 1, 0);
      await reachable(runAll(executor, jobs, (done) => progress.show(before + done, planned)));
      before = planned;
    }
  } finally {
    progress.end();
    await executor.close();
  }
  const result = await withExtras(run.result(), study, () => executorFor(options));
  const replay = `faultline study ${file} --trials ${study.trials} --seed ${study.seed}`;
  if (options.json) printJson(compareJson(result));
  else {
    print(studyReport(result, outputStyle()));
    print(`\nseed=${study.seed} trials=${study.trials} replay: ${replay}`);
  }
  if (options.html !== undefined) {
    writeNewFile('--html', options.html, studyHtml(result, replay));
    log(`report: ${options.html}`);
  }
  process.exitCode = exitCodeOf(result);
}

async function executorFor({ queue }: StudyOptions): Promise<Executor> {
  return queue === undefined ? threadExecutor() : await reachable(queueExecutor(queue));
}

function withOptions(study: Study, { seed, trials }: StudyOptions): Study {
  return {
    ...study,
    ...(seed === undefined ? {} : { seed: checkedSeed(seed) }),
    ...(trials === undefined ? {} : { trials: wholeNumber('--trials', trials, 1, TRIALS_MAX) }),
  };
}

function refuseUnasked({ cells, trials, precision }: Study, yes: boolean): void {
  const each = precision?.budget ?? trials;
  const all = cells.length * each;
  if (yes || all <= TRIALS_UNASKED) return;
  throw new CommandError(
    `found a grid of ${count(cells.length)} cells with up to ${count(each)} trials each, ${count(all)} in all; expected at most ${count(TRIALS_UNASKED)}. Add --yes to run it all the same, or set fewer with --trials`,
    EXIT.usage,
  );
}

function exitCodeOf(result: StudyResult): number {
  const { cells } = result;
  const judged = cells.flatMap(({ meets }) => (meets.both === null ? [] : [meets.both.value]));
  return judged.some((share) => share <= 0.5) ? EXIT.violated : leavesOpen(result) ? EXIT.inconclusive : EXIT.ok;
}

import type { StudyResult } from '@faultline/metrics';
import { compareJson, count, studyHtml, studyReport } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { type Command, Option } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { refuseUnwritable, writeNewFile } from '../new-file.ts';
import { log, outputStyle, print, printJson } from '../output.ts';
import { type Crew, withCrew } from '../study/carry-out.ts';
import { resultJson } from '../study/folder-files.ts';
import { gridResult } from '../study/grid-result.ts';
import { reproduce } from '../study/reproduction.ts';
import { leavesOpen, refuseUnaskedExtras } from '../study/study-extras.ts';
import { type Findings, StudyFolder } from '../study/study-folder.ts';
import { refuseUnasked, replayOf, type StudyOptions, TRIALS_UNASKED, withOptions } from '../study/study-options.ts';
import { readStudyFile, type StudySource } from '../study-file.ts';
import { searchStudy } from './study-search.ts';

export function addStudyCommand(program: Command): void {
  program
    .command('study')
    .summary('vary a scenario over a grid, many trials of each cell')
    .description(
      'Runs many trials of every combination of the factors in a study file, with the same random numbers for all: quantiles of recovery time up to p99.9 with confidence intervals, how often objectives are met, what makes the tail, and differences trial by trial.\n\nExit code: 0 every cell meets the objectives in more than half of its trials, 1 some cell does not, 2 something that the study asks for could not be answered, or not as precisely within the budget; with --search, 0 one was found, 1 there is none, 2 the trials do not decide; with --reproduce, 0 it came out the same, 1 it did not.',
    )
    .argument('<file>', 'the study, YAML; with --reproduce, the folder of a result')
    .addOption(new Option('--seed <seed>', 'in place of the seed in the file').env('FAULTLINE_SEED'))
    .option('--trials <number>', 'trials of each cell, in place of the number in the file')
    .option('--precision <percent>', 'go on until half the interval of a quantile is within this, for example 5%')
    .option('--of <quantile>', 'the quantile that --precision speaks of (default: p99)')
    .option('--budget <number>', 'with --precision: trials of each cell at the most (default: 100000)')
    .option(
      '--workers <number>',
      'threads on this machine; 0 runs the trials in the process itself (default: one for each core)',
    )
    .option('--queue <url>', 'hand the trials to the workers of a Redis or Valkey queue: see `faultline worker`')
    .option('--search', 'find the cheapest combination that meets the objectives, by the costs of the factors')
    .option(
      '--out <folder>',
      'keep every trial (NDJSON, Parquet), the reports and a manifest; goes on where it stopped',
    )
    .option('--reproduce', 'run the result in a folder again, from its own manifest, and compare')
    .option('--html <file>', 'write a report with charts, one file that needs nothing else')
    .option('--yes', `run even if it takes more than ${count(TRIALS_UNASKED)} trials in all`)
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: StudyOptions) =>
      options.reproduce ? reproduce(file, options) : runStudy(file, options),
    );
}

async function runStudy(file: string, options: StudyOptions): Promise<void> {
  const { study: written, source } = readStudyFile(file, options.search ? 'search' : 'grid');
  const study = withOptions(written, options);
  refuseUnasked(study, options.yes ?? false, file);
  if (options.html !== undefined) refuseUnwritable('--html', options.html);
  refuseUnaskedExtras(study, options);
  const { out } = options;
  const kept =
    out === undefined ? 'nothing was kept, because there was no --out' : `the same command goes on from ${out}`;
  // A queue that is away is told before anything is written.
  await withCrew(options, kept, async (crew) => {
    if (options.search) return await searchStudy(source, study, options, crew);
    const result = await resultOf(source, study, crew, options, replayOf(file, study));
    process.exitCode = exitCodeOf(result);
  });
}

/** Runs the study, and tells and keeps what it found. */
async function resultOf(
  source: StudySource,
  study: Study,
  crew: Crew,
  options: StudyOptions,
  replay: string,
): Promise<StudyResult> {
  const folder = options.out === undefined ? null : new StudyFolder(options.out, source, study);
  try {
    const result = await gridResult(study, crew, folder);
    const digest = folder?.finish(findings(result, replay)) ?? null;
    tell(result, options, digest === null ? '' : `digest=${digest} `, replay);
    if (digest !== null) log(`results: ${options.out}`);
    return result;
  } finally {
    folder?.close();
  }
}

/** Each is made when it is written: those of a large grid are tens of megabytes. */
function findings(result: StudyResult, replay: string): Findings {
  return {
    get json() {
      return resultJson(result);
    },
    get text() {
      return `${studyReport(result)}\n`;
    },
    get html() {
      return studyHtml(result, replay);
    },
  };
}

function tell(result: StudyResult, { json, html }: StudyOptions, digest: string, replay: string): void {
  if (json) printJson(compareJson(result));
  else {
    print(studyReport(result, outputStyle()));
    print(`\nseed=${result.seed} ${digest}replay: ${replay}`);
  }
  if (html === undefined) return;
  writeNewFile('--html', html, studyHtml(result, replay));
  log(`report: ${html}`);
}

function exitCodeOf(result: StudyResult): number {
  const { cells } = result;
  const judged = cells.flatMap(({ meets }) => (meets.both === null ? [] : [meets.both.value]));
  return judged.some((share) => share <= 0.5) ? EXIT.violated : leavesOpen(result) ? EXIT.inconclusive : EXIT.ok;
}

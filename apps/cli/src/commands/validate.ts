import type { ValidationResult } from '@faultline/metrics';
import { compareJson, validationMarkdown, validationReport } from '@faultline/report';
import { MOST_TRIALS } from '@faultline/scenario';
import { calibrationCases, runRounds, threadExecutor, ValidationRun } from '@faultline/study';
import { type Command, Option } from 'commander';
import { oneOf, wholeNumber } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { outputStyle, print, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { checkedSeed } from '../scenario-file.ts';

interface ValidateOptions {
  readonly trials: string;
  readonly seed: string;
  readonly case?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .summary('hold the models against failovers that others measured')
    .description(
      'Sets up each calibration case as it was measured, runs many trials, and prints the predicted p5, p50 and p95 beside the measured values, with a remark wherever they miss.\n\nExit code: 0 whenever it ran. It is a report, not a test.',
    )
    .option('--trials <number>', 'trials of each case', '1000')
    .addOption(new Option('--seed <seed>', 'seed of the first trial and so of all').env('FAULTLINE_SEED').default('7'))
    .option('--case <id>', `one case, e.g. ${[...calibrationCases.keys()][0]} (default: all)`)
    .addOption(new Option('--json', 'one JSON document on standard output').conflicts('markdown'))
    .option('--markdown', 'the table as Markdown')
    .action(validate);
}

async function validate(options: ValidateOptions): Promise<void> {
  const cases =
    options.case === undefined ? [...calibrationCases.values()] : [oneOf('--case', options.case, calibrationCases)];
  const trials = wholeNumber('--trials', options.trials, 1, MOST_TRIALS);
  const run = new ValidationRun({ cases, trials, seed: checkedSeed(options.seed) });
  const executor = threadExecutor();
  const progress = progressBar();
  try {
    await runRounds(executor, run, () => progress.show(run.progress.done, run.progress.planned));
    const result = run.result();
    progress.end();
    show(result, options);
  } finally {
    progress.end();
    await executor.close();
  }
  process.exitCode = EXIT.ok;
}

function show(result: ValidationResult, options: ValidateOptions): void {
  if (options.json) printJson(compareJson(result));
  else if (options.markdown) print(validationMarkdown(result));
  else {
    print(validationReport(result, outputStyle()));
    const which = options.case === undefined ? '' : ` --case ${options.case}`;
    print(
      `\nseed=${result.seed} trials=${result.trials} replay: faultline validate${which} --trials ${result.trials} --seed ${result.seed}`,
    );
  }
}

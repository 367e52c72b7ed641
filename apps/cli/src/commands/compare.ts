import { kinds } from '@faultline/models';
import { compareJson, compareReport } from '@faultline/report';
import { MOST_TRIALS } from '@faultline/scenario';
import { ComparisonRun, comparisonFaults, runRounds, threadExecutor } from '@faultline/study';
import { type Command, Option } from 'commander';
import { kindsNamed, oneOf, wholeNumber } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { outputStyle, print, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { checkedSeed } from '../scenario-file.ts';

interface CompareOptions {
  readonly kinds?: string;
  readonly fault: string;
  readonly trials: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .summary('put the same fault to many deployment kinds')
    .description(
      'Puts the same fault to many deployment kinds, many trials each, with the same random numbers for all: recovery time with confidence intervals, data loss, who had to act, what it costs in parts, and differences trial by trial.',
    )
    .option('--kinds <ids>', 'comma-separated, e.g. rds.multi-az-instance,aurora.cluster (default: all)')
    .option('--fault <id>', `one of ${[...comparisonFaults.keys()].join(', ')}`, 'host-failure')
    .option('--trials <number>', 'trials of each kind', '1000')
    .addOption(new Option('--seed <seed>', 'seed of the first trial and so of all').env('FAULTLINE_SEED').default('7'))
    .option('--json', 'one JSON document on standard output')
    .action(runComparison);
}

async function runComparison(options: CompareOptions): Promise<void> {
  const chosen = options.kinds === undefined ? [...kinds.values()] : kindsNamed(options.kinds);
  const fault = oneOf('--fault', options.fault, comparisonFaults);
  const trials = wholeNumber('--trials', options.trials, 1, MOST_TRIALS);
  const seed = checkedSeed(options.seed);
  const run = new ComparisonRun({ kinds: chosen, registry: kinds, fault, trials, seed });
  const executor = threadExecutor();
  const progress = progressBar();
  try {
    await runRounds(executor, run, () => progress.show(run.progress.done, run.progress.planned));
    const result = run.result();
    progress.end();
    if (options.json) printJson(compareJson(result));
    else {
      print(compareReport(result, outputStyle()));
      const which = options.kinds === undefined ? '' : ` --kinds ${options.kinds}`;
      print(
        `\nseed=${seed} trials=${trials} replay: faultline compare${which} --fault ${fault.id} --trials ${trials} --seed ${seed}`,
      );
    }
  } finally {
    progress.end();
    await executor.close();
  }
  process.exitCode = EXIT.ok;
}

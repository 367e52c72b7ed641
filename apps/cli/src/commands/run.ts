import { runReport } from '@faultline/report';
import { type Command, Option } from 'commander';
import { outputStyle, print, printJson } from '../output.ts';
import { readScenario } from '../scenario-file.ts';
import { runSimulation } from '../simulation-run.ts';
import { TraceFile } from '../trace-file.ts';

interface RunOptions {
  readonly seed?: string;
  readonly trace?: string;
  readonly json?: boolean;
}

export function addRunCommand(program: Command): void {
  program
    .command('run')
    .summary('simulate one scenario and say what its clients live through')
    .description(
      'Simulates one scenario: the waterfall of the outage with who acts in each phase, the event log, what clients saw, what became of the data, and a verdict on every expectation.\n\nExit code: 0 all expectations held, 1 one was violated, 2 one could not be told.',
    )
    .argument('<file>', 'the scenario, YAML')
    .addOption(new Option('--seed <seed>', 'in place of the seed in the file').env('FAULTLINE_SEED'))
    .option('--trace <file>', 'write every record as one line of JSON')
    .option('--json', 'one JSON document on standard output')
    .action(run);
}

function run(file: string, options: RunOptions): void {
  const scenario = readScenario(file, options.seed);
  const traceFile = options.trace === undefined ? null : new TraceFile(options.trace);
  const result = runSimulation(scenario, (record) => traceFile?.add(record));
  traceFile?.close();
  const { header, metrics, verdicts, digest, exitCode } = result;
  const replay = `faultline run ${file} --seed ${scenario.seed}`;
  if (options.json)
    printJson({ scenario: scenario.name, seed: scenario.seed, digest, exitCode, verdicts, metrics, replay });
  else {
    print(runReport({ header, metrics, verdicts }, outputStyle()));
    print(`\nseed=${scenario.seed} digest=${digest.slice(0, 16)} replay: ${replay}`);
  }
  process.exitCode = exitCode;
}

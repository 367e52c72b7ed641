import { runReport } from '@faultline/report';
import { type Command, Option } from 'commander';
import { log, outputStyle, print, printJson } from '../output.ts';
import { ResultsFolder } from '../results-folder.ts';
import { HISTORY_FORMATS, HISTORY_SUBJECTS, type HistoryOptions, openHistory } from '../run-history.ts';
import { readScenario } from '../scenario-file.ts';
import { shellWord } from '../shell-word.ts';
import { runSimulation } from '../simulation-run.ts';
import { TraceFile } from '../trace-file.ts';
import { watchedLines } from '../watched-lines.ts';

interface RunOptions extends HistoryOptions {
  readonly seed?: string;
  readonly trace?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addRunCommand(program: Command): void {
  program
    .command('run')
    .summary('simulate one scenario and say what its clients live through')
    .description(
      'Simulates one scenario: the waterfall of the outage with who acts in each phase, the event log, what clients saw, what became of the data, and a verdict on every expectation.\n\nAll invariants that its kinds promise are watched as well.\n\nExit code: 0 all expectations and invariants held, 1 one was violated, 2 one could not be told.',
    )
    .argument('<file>', 'the scenario, YAML')
    .addOption(new Option('--seed <seed>', 'in place of the seed in the file').env('FAULTLINE_SEED'))
    .option('--trace <file>', 'write every record as one line of JSON')
    .option('--history <file>', 'write what clients asked for and learned, as `faultline verify` reads it')
    .addOption(
      new Option('--history-format <format>', 'in place of the format in the name of that file').choices(
        HISTORY_FORMATS,
      ),
    )
    .addOption(
      new Option('--history-of <what>', 'which history, where the scenario has both').choices(HISTORY_SUBJECTS),
    )
    .option('--out <folder>', 'keep scenario, trace, report and result in <folder>/<scenario>/<seed>-<digest>')
    .option('--json', 'one JSON document on standard output')
    .action(run);
}

function run(file: string, options: RunOptions): void {
  const scenario = readScenario(file, options.seed);
  const historyFile = openHistory(options, scenario);
  const traceFile = options.trace === undefined ? null : new TraceFile(options.trace);
  const folder = options.out === undefined ? null : new ResultsFolder(options.out, scenario);
  const { header, metrics, verdicts, watched, breaches, digest, exitCode } = runSimulation(scenario, (record) => {
    traceFile?.add(record);
    historyFile?.add(record);
    folder?.trace.add(record);
  });
  traceFile?.close();
  historyFile?.close();
  const { name, seed } = scenario;
  const replay = `faultline run ${shellWord(file)} --seed ${seed}`;
  const result = {
    scenario: name,
    seed,
    digest,
    exitCode,
    verdicts,
    invariants: { watched, breaches },
    metrics,
    replay,
  };
  const kept = folder?.finish(seed, digest, runReport({ header, metrics, verdicts }), result);
  if (options.json) printJson(result);
  else {
    print(`${runReport({ header, metrics, verdicts }, outputStyle())}\n`);
    for (const line of watchedLines(watched, breaches)) print(line);
  }
  if (kept !== undefined) log(`results: ${kept}`);
  if (!options.json) print(`seed=${seed} digest=${digest.slice(0, 16)} replay: ${replay}`);
  process.exitCode = exitCode;
}

import {
  CONSISTENCY_MODELS,
  DEFAULT_CONSISTENCY_MODEL,
  type HistoryModel,
  type HistoryOptions,
  type HistoryResult,
  historyModels,
  type Operation,
  pairOperations,
} from '@faultline/checkers';
import { table, wrapped } from '@faultline/report';
import type { Command } from 'commander';
import { oneOf, wholeNumber } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { asCommandError, readHistory } from '../history-file.ts';
import { outputStyle, print, printJson } from '../output.ts';

const STEPS_DEFAULT = 50_000_000;
const STEPS_MAX = 1_000_000_000_000;
const AMOUNT_MAX = Number.MAX_SAFE_INTEGER;
/** What a search may remember; with all else it stays below 1 GiB. */
const BYTES = 512 * 1024 * 1024;

const EXIT_CODES = { valid: EXIT.ok, invalid: EXIT.violated, unknown: EXIT.inconclusive } as const;

interface VerifyOptions {
  readonly model: string;
  readonly consistencyModel: string;
  readonly budget: string;
  readonly linearizableKeys?: boolean;
  readonly totalAmount?: string;
  readonly allowNegativeBalances?: boolean;
  readonly json?: boolean;
}

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('check a history made elsewhere')
    .description(
      'Checks a history of client operations, as Jepsen writes it in EDN or elle-cli takes it in JSON, and says whether it is valid, with a counterexample if it is not.\n\nExit codes: 0 valid, 1 invalid, 2 not decided (the budget ran out, or the history does not tell), 65 no history.',
    )
    .argument('<file>', 'a history, or - for standard input')
    .requiredOption('-m, --model <name>', 'what the history is held against; see below')
    .option('-c, --consistency-model <name>', 'what transactions have to obey', DEFAULT_CONSISTENCY_MODEL)
    .option('--budget <steps>', 'how many steps a search may take', String(STEPS_DEFAULT))
    .option(
      '--linearizable-keys',
      'rw-register: learn the order of versions from real time, as if keys were linearizable',
    )
    .option('--total-amount <number>', 'bank: the sum of all balances (default: that of the first read)')
    .option('--allow-negative-balances', 'bank: balances may be below zero')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', help)
    .action(verify);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  const model = oneOf('--model', options.model, historyModels, modelNames());
  const checked = historyOptions(options);
  const { operations, events, ignored } = await operationsOf(file);
  let result: HistoryResult;
  try {
    result = model.check(operations, checked);
  } catch (error) {
    throw asCommandError(error, file);
  }
  if (options.json) {
    const { verdict, summary, explanation, details } = result;
    const head = { file, model: model.name, verdict, summary, explanation };
    printJson({ ...head, events, ignoredEvents: ignored, ...details });
  } else show(file, model, result, ignored, options);
  process.exitCode = EXIT_CODES[result.verdict];
}

interface ReadOperations {
  readonly operations: readonly Operation[];
  readonly events: number;
  readonly ignored: number;
}

/** A long history fills the memory: the events are let go before the check begins. */
async function operationsOf(file: string): Promise<ReadOperations> {
  const events = await readHistory(file);
  const ignored = events.filter(({ process }) => typeof process === 'string').length;
  try {
    return { operations: pairOperations(events), events: events.length, ignored };
  } catch (error) {
    throw asCommandError(error, file);
  }
}

function historyOptions(options: VerifyOptions): HistoryOptions {
  return {
    consistencyModel: oneOf('--consistency-model', options.consistencyModel, CONSISTENCY_MODELS, consistencyNames()),
    steps: wholeNumber('--budget', options.budget, 1, STEPS_MAX),
    bytes: BYTES,
    linearizableKeys: options.linearizableKeys === true,
    allowNegativeBalances: options.allowNegativeBalances === true,
    ...(options.totalAmount === undefined
      ? {}
      : { totalAmount: wholeNumber('--total-amount', options.totalAmount, 0, AMOUNT_MAX) }),
  };
}

function show(
  file: string,
  model: HistoryModel,
  { verdict, summary, explanation }: HistoryResult,
  ignored: number,
  options: VerifyOptions,
): void {
  print(`${verdict}: ${summary}`);
  if (explanation.length > 0) print(`\n${explanation.join('\n')}`);
  if (ignored > 0)
    print(`\n${ignored} ${ignored === 1 ? 'event' : 'events'} of processes without a number not looked at.`);
  print(`\nverdict=${verdict} replay: faultline verify ${file} --model ${model.name}${given(model, options)}`);
}

/** The options that had a part in the verdict. */
function given({ family }: HistoryModel, options: VerifyOptions): string {
  const { consistencyModel, budget, linearizableKeys, totalAmount, allowNegativeBalances } = options;
  return [
    family === 'transactions' ? ` --consistency-model ${consistencyModel}` : '',
    budget === String(STEPS_DEFAULT) ? '' : ` --budget ${budget}`,
    linearizableKeys ? ' --linearizable-keys' : '',
    totalAmount === undefined ? '' : ` --total-amount ${totalAmount}`,
    allowNegativeBalances ? ' --allow-negative-balances' : '',
  ].join('');
}

/** Each under its first name. */
const modelNames = (): Iterable<string> => new Set([...historyModels.values()].map(({ name }) => name));
const consistencyNames = (): Iterable<string> => new Set(CONSISTENCY_MODELS.values());

const FAMILIES: Readonly<Record<HistoryModel['family'], string>> = {
  linearizability: 'Models of one object, which has to be linearizable:',
  transactions: 'Models of transactions, which have to obey a consistency model:',
  others: 'Others, as Jepsen checks them:',
};

function help(): string {
  const models = [...new Set(historyModels.values())];
  const sections = Object.entries(FAMILIES).map(([family, title]) => {
    const rows = models.filter((model) => model.family === family).map(({ name, summary }) => [name, summary]);
    const lines = table([{ title: 'model' }, { title: 'what it is', wraps: true }], rows, outputStyle());
    return `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
  });
  return [
    ...sections,
    '',
    ...wrapped(`Consistency models: ${[...consistencyNames()].join(', ')}.`, outputStyle().width),
  ].join('\n');
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RandomCall, randomOperations } from '../../test/random-history.ts';
import { type StoreKind, TransactionStore } from '../../test/transaction-store.ts';
import { type ObjectStep, workingHistory } from '../../test/working-object.ts';
import type { HistoryValue } from './history.ts';
import type { HistoryOptions, HistoryResult } from './history-model.ts';
import { historyModels } from './history-models.ts';
import type { Operation } from './operations.ts';

const SEED = 7;
const LONGEST = 9;

const small = fc.nat(2) as fc.Arbitrary<HistoryValue>;
const maybeNil = fc.option(small, { nil: null, freq: 6 });
const nothing = fc.constant(null);
const call = (f: string, input: fc.Arbitrary<HistoryValue>, output?: fc.Arbitrary<HistoryValue>) =>
  fc.tuple(input, output ?? nothing).map(([asked, answer]): RandomCall => {
    return { f, input: asked, output: output === undefined ? asked : answer };
  });
const keyed = (f: string, value: fc.Arbitrary<HistoryValue>, output?: fc.Arbitrary<HistoryValue>) =>
  fc.tuple(fc.constantFrom('x', 'y'), value, output ?? nothing).map(([key, asked, answer]): RandomCall => {
    return { f, input: [key, asked], output: [key, output === undefined ? asked : answer] };
  });
const text = fc.constantFrom<HistoryValue>('a', 'b', 'ab', '');
const list = fc.array(small, { maxLength: 3 }) as fc.Arbitrary<HistoryValue>;
const amounts = fc.record({ from: fc.nat(1), to: fc.nat(1), amount: fc.nat(3) });
const transfer = amounts as fc.Arbitrary<HistoryValue>;
/** Balances of two accounts with mostly the same sum. */
const balances = fc
  .tuple(fc.nat(10), fc.constantFrom(0, 0, 0, 1))
  .map(([first, more]): HistoryValue => ({ 0: first, 1: 10 + more - first }));
const steps = fc.array(
  fc.tuple(fc.constantFrom('read', 'write'), fc.constantFrom('x', 'y'), small).map((step) => step as HistoryValue),
  { minLength: 1, maxLength: 3 },
) as fc.Arbitrary<HistoryValue>;

/** What clients may ask of each object, and be told; much of it is wrong. */
const OBJECTS: Readonly<Record<string, fc.Arbitrary<RandomCall>>> = {
  register: fc.oneof(call('read', nothing, maybeNil), call('write', small)),
  'cas-register': fc.oneof(
    call('read', nothing, maybeNil),
    call('write', small),
    call('cas', fc.tuple(small, small) as fc.Arbitrary<HistoryValue>),
  ),
  'key-value': fc.oneof(
    keyed('get', nothing, text),
    keyed('put', text),
    keyed('append', text),
    keyed('cas', fc.tuple(text, text) as fc.Arbitrary<HistoryValue>),
  ),
  mutex: fc.oneof(call('acquire', nothing), call('release', nothing)),
  set: fc.oneof(call('add', small), call('remove', small), call('read', nothing, list)),
  'multi-register': call('txn', steps),
  'linearizable-bank': fc.oneof(call('transfer', transfer), call('read', nothing, balances)),
  bank: fc.oneof(call('transfer', transfer), call('read', nothing, balances)),
  counter: fc.oneof(call('add', small), call('read', nothing, fc.nat(6))),
  'set-full': fc.oneof(call('add', small), call('read', nothing, list)),
};

const options = (changed: Partial<HistoryOptions> = {}): HistoryOptions => ({
  consistencyModel: 'strict-serializable',
  steps: 1_000_000,
  bytes: 1 << 26,
  linearizableKeys: false,
  allowNegativeBalances: false,
  ...changed,
});

/** Verdict, sentence and counterexample, or what is wrong with the history. */
function told(check: () => HistoryResult): readonly string[] {
  try {
    const { verdict, summary, explanation } = check();
    return [`${verdict}: ${summary}`, ...explanation.map((line) => `  ${line}`)];
  } catch (error) {
    return [`refused: ${(error as Error).message}`];
  }
}

function check(model: string, operations: readonly Operation[], changed?: Partial<HistoryOptions>): HistoryResult {
  const found = historyModels.get(model);
  if (!found) throw new Error(`no model ${model}`);
  return found.check(operations, options(changed));
}

const recorded = (model: string) => `./recorded/${model}.expected.txt`;

it.each(Object.entries(OBJECTS))('random histories of a %s are judged as ever', async (model, calls) => {
  const histories = fc.sample(randomOperations(calls, LONGEST), { seed: SEED, numRuns: 50 });
  const lines = histories.map(
    (operations, index) => `${index + 1}: ${told(() => check(model, operations)).join('\n')}`,
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(recorded(model));
});

/** A stream of numbers from a seed: Lehmer's generator, good enough to vary histories. */
function numbers(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const STORES: readonly StoreKind[] = ['serial', 'snapshot', 'lost-updates', 'dirty', 'stale', 'forked'];
const PROMISES = ['strict-serializable', 'serializable', 'strong-session-snapshot-isolation', 'read-committed'];

it.each(['list-append'])('transactions of stores of every sort are judged as ever by %s', async (model) => {
  const lines = STORES.flatMap((kind) =>
    PROMISES.flatMap((consistencyModel) => {
      const operations = new TransactionStore(kind, numbers(SEED)).run(14);
      const sentences = told(() => check(model, operations, { consistencyModel }));
      return [`${kind} and ${consistencyModel}: ${sentences.join('\n')}`];
    }),
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(recorded(model));
});

const microOperation = fc
  .tuple(fc.constantFrom('r', 'w'), fc.constantFrom('x', 'y'), fc.nat(12))
  .map(([f, key, value]) => [f, key, value] as HistoryValue);
const transaction = fc.array(microOperation, { minLength: 1, maxLength: 3 }) as fc.Arbitrary<HistoryValue>;

it.each(['rw-register', 'long-fork'])('random transactions are judged as ever by %s', async (model) => {
  const histories = fc.sample(randomOperations(call('txn', transaction), LONGEST), { seed: SEED, numRuns: 60 });
  const lines = histories.map((operations, index) => {
    const consistencyModel = PROMISES[index % PROMISES.length] as string;
    const linearizableKeys = index % 2 === 0;
    const sentences = told(() => check(model, operations, { consistencyModel, linearizableKeys }));
    return `${index + 1}, ${consistencyModel}: ${sentences.join('\n')}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(recorded(model));
});

const oneOf =
  (...all: readonly (readonly [string, HistoryValue])[]) =>
  (random: () => number) =>
    all[Math.floor(random() * all.length)] as readonly [string, HistoryValue];
const values = [0, 1, 2, 3];
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const registerStep: ObjectStep = (held, f, input) =>
  f === 'write' ? [input, String(input)] : [held === '' ? null : Number(held), held];
const textStep: ObjectStep = (held, f, input) => {
  const piece = (input as readonly HistoryValue[])[1];
  return f === 'get' ? [['k', held], held] : [input, held + String(piece)];
};

/** A search that tries more than it has to is right, and slow: how many steps it takes is recorded. */
it.each([
  ['register', registerStep, oneOf(['read', null], ...values.map((value) => ['write', value] as const))],
  [
    'key-value',
    textStep,
    oneOf(['get', ['k', null]], ['get', ['k', null]], ...letters.map((letter) => ['append', ['k', letter]] as const)),
  ],
] as const)('long histories of a %s take as many steps as ever', async (model, step, ask) => {
  const lines = [3, 5, 8].map((clients) => {
    const operations = workingHistory(step, ask, { calls: 240, clients, random: numbers(clients) });
    const last = operations.findLastIndex(({ f, outcome }) => (f === 'read' || f === 'get') && outcome === 'ok');
    const wrong = operations.map((one, index) =>
      index === last ? { ...one, output: model === 'register' ? 9 : ['k', 'zz'] } : one,
    );
    const steps = [operations, wrong].map((all) => {
      const { verdict, details } = check(model, all);
      return `${verdict} after ${details.steps} steps`;
    });
    return `${clients} clients: ${steps.join(', ')}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(recorded(`long-${model}`));
});

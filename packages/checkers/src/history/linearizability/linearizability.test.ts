import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type NaiveStep,
  naiveBank,
  naiveLock,
  naivelyLinearizable,
  naiveRegister,
  naiveRegisters,
  naiveSet,
  naiveText,
} from '../../../test/naive-linearizability.ts';
import { type RandomCall, randomOperations } from '../../../test/random-history.ts';
import type { HistoryValue } from '../history.ts';
import { pairOperations } from '../operations.ts';
import { parseHistory } from '../reading/history-reader.ts';
import { linearizableBank } from './bank-model.ts';
import { keyValue } from './key-value-model.ts';
import { checkLinearizability } from './linearizability.ts';
import { multiRegister } from './multi-register-model.ts';
import { mutex } from './mutex-model.ts';
import { casRegister, register } from './register-model.ts';
import type { SearchBudget } from './search-result.ts';
import type { SequentialModel } from './sequential-model.ts';
import { set } from './set-model.ts';

fc.configureGlobal({ seed: 7 });

const budget: SearchBudget = { steps: 1_000_000, bytes: 1 << 26 };
const RUNS = 800;
const LONGEST = 7;

const small = fc.nat(2) as fc.Arbitrary<HistoryValue>;
const maybeNil = fc.option(small, { nil: null, freq: 6 });
const calls = (f: string, input: fc.Arbitrary<HistoryValue>, output?: fc.Arbitrary<HistoryValue>) =>
  fc.tuple(input, output ?? fc.constant(null)).map(([asked, answer]): RandomCall => {
    return { f, input: asked, output: output === undefined ? asked : answer };
  });
const read = calls('read', fc.constant(null), maybeNil);
const write = calls('write', small);
const cas = calls('cas', fc.tuple(small, small));

/** Texts of pieces that can be told apart (a, b, c), and of some that cannot (a, aa). */
const texts = (pieces: readonly string[]) => {
  const piece = fc.constantFrom(...pieces);
  const seen = fc.array(piece, { maxLength: 3 }).map((parts) => parts.join(''));
  return fc.oneof(calls('get', fc.constant(null), seen), calls('put', piece), calls('append', piece));
};

function agrees<State>(
  model: SequentialModel<State>,
  naive: NaiveStep,
  call: fc.Arbitrary<RandomCall>,
  options: { readonly keyed?: boolean } = {},
): void {
  let valid = 0;
  const property = fc.property(randomOperations(call, LONGEST), (operations) => {
    const expected = naivelyLinearizable(operations, naive);
    valid += Number(expected);
    const asked = options.keyed
      ? operations.map((operation) => ({
          ...operation,
          input: ['k', operation.input],
          output: operation.output === undefined ? undefined : ['k', operation.output],
        }))
      : operations;
    expect(checkLinearizability(model, asked, budget).verdict).toBe(expected ? 'valid' : 'invalid');
  });
  fc.assert(property, { numRuns: RUNS });
  // A property over histories of one kind only would prove little.
  expect(valid).toBeGreaterThan(RUNS / 20);
  expect(valid).toBeLessThan((RUNS * 19) / 20);
}

describe('linearizability agrees with trying every order', () => {
  it('for a register', () => agrees(register, naiveRegister, fc.oneof(read, write)));
  it('for a register with compare-and-set', () => agrees(casRegister, naiveRegister, fc.oneof(read, write, cas)));
  it('for a lock', () =>
    agrees(mutex, naiveLock, fc.oneof(calls('acquire', fc.constant(null)), calls('release', fc.constant(null)))));
  it('for a store of text whose pieces can be told apart', () =>
    agrees(keyValue, naiveText, texts(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']), { keyed: true }));
  it('for a store of text whose pieces cannot be told apart', () =>
    agrees(keyValue, naiveText, texts(['a', 'aa', 'b']), { keyed: true }));
  it('for a bank whose first balances nobody knows', () => {
    const account = fc.constantFrom('a', 'b');
    const transfer = fc.tuple(account, account, fc.nat(2)).map(([from, to, amount]) => ({ from, to, amount }));
    const balances = fc.nat(3).map((a) => ({ a, b: 3 - a }));
    agrees(
      linearizableBank,
      naiveBank,
      fc.oneof(calls('transfer', transfer), calls('read', fc.constant(null), balances)),
    );
  });
  it('for registers that are used together', () => {
    const key = fc.constantFrom('x', 'y');
    const value = fc.option(fc.nat(1), { nil: null });
    const part = fc.tuple(fc.constantFrom('read', 'write'), key, value);
    const call = fc
      .array(part, { minLength: 1, maxLength: 2 })
      .map((parts): RandomCall => ({ f: 'txn', input: parts, output: parts }));
    agrees(multiRegister, naiveRegisters, call);
  });
  it('for a set', () => {
    const held = fc.uniqueArray(fc.nat(2), { maxLength: 3 }) as fc.Arbitrary<HistoryValue>;
    const reads = calls('read', fc.constant(null), held);
    agrees(set, naiveSet, fc.oneof(calls('add', small), calls('remove', small), reads));
    agrees(set, naiveSet, fc.oneof(calls('add', small), reads));
  });
});

const check = (model: SequentialModel<string>, text: string, limits = budget) =>
  checkLinearizability(model, pairOperations(parseHistory(text)), limits);

const STALE = `
{:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :ok, :f :write, :value 1}
{:process 0, :type :invoke, :f :write, :value 2}
{:process 1, :type :invoke, :f :read, :value nil}
{:process 0, :type :ok, :f :write, :value 2}
{:process 2, :type :invoke, :f :read, :value nil}
{:process 2, :type :ok, :f :read, :value 1}
{:process 1, :type :ok, :f :read, :value 1}`;

describe('a counterexample', () => {
  it('names the operation that fits nowhere, what was possible, and what was going on', () => {
    const { verdict, counterexample } = check(register, STALE);
    expect(verdict).toBe('invalid');
    expect(counterexample).toMatchObject({
      placed: 2,
      outOf: 3,
      lastPlaced: ['process 0: write 1 (lines 2 to 3)', 'process 0: write 2 (lines 4 to 6)'],
      blocking: 'process 2: read, which returned 1 (lines 7 to 8)',
      states: ['2'],
      concurrent: ['process 1: read, which returned 1 (lines 5 to 9)'],
    });
  });

  it('names the key, and looks at each key by itself', () => {
    const keyed = STALE.replaceAll(/:value (\w+)/g, ':value [x $1]');
    const { keys, counterexample } = check(register, `${keyed}\n{:process 0, :type :invoke, :f :write, :value [y 1]}`);
    expect({ keys, key: counterexample?.key }).toEqual({ keys: 2, key: 'x' });
  });
});

describe('what a read says', () => {
  const stale = (value: string) => `
    {:process 0, :type :invoke, :f :write, :value 1} {:process 0, :type :ok, :f :write, :value 1}
    {:process 1, :type :invoke, :f :read} {:process 1, :type :ok, :f :read${value}}`;

  it('is nil if it says nil, and anything if it says nothing', () => {
    expect(check(register, stale(', :value nil')).verdict).toBe('invalid');
    expect(check(register, stale('')).verdict).toBe('valid');
  });
});

describe('keys', () => {
  it.each([
    ['in every event', ':key x, :value nil', ':key x, :value "b"'],
    ['in the invocation only', ':key x, :value nil', ':value "b"'],
    ['as pairs', ':value [x nil]', ':value [x "b"]'],
  ])('may be given %s', (_, asked, answer) => {
    const text = `
      {:process 0, :type :invoke, :f :put, :key x, :value "a"} {:process 0, :type :ok, :f :put, :key x, :value "a"}
      {:process 0, :type :invoke, :f :get, ${asked}} {:process 0, :type :ok, :f :get, ${answer}}`;
    expect(check(keyValue, text).verdict).toBe('invalid');
    expect(check(keyValue, text.replace('"b"', '"a"')).verdict).toBe('valid');
  });
});

describe('an operation whose outcome is unknown', () => {
  it('may take effect long after its client has gone, but only once', () => {
    const late = `
      {:process 0, :type :invoke, :f :write, :value 1} {:process 0, :type :info, :f :write, :value 1}
      {:process 1, :type :invoke, :f :write, :value 2} {:process 1, :type :ok, :f :write, :value 2}
      {:process 1, :type :invoke, :f :read} {:process 1, :type :ok, :f :read, :value 1}`;
    const twice = `${late}
      {:process 1, :type :invoke, :f :write, :value 2} {:process 1, :type :ok, :f :write, :value 2}
      {:process 1, :type :invoke, :f :read} {:process 1, :type :ok, :f :read, :value 1}`;
    expect(check(register, late).verdict).toBe('valid');
    expect(check(register, twice).verdict).toBe('invalid');
  });
});

describe('a budget that is too small', () => {
  it('leaves the verdict open and says how far the search came', () => {
    const noSteps = check(register, STALE, { ...budget, steps: 2 });
    expect(noSteps.verdict).toBe('unknown');
    expect(noSteps.counterexample?.outOf).toBe(4);
  });
});

describe('functions and values that the model does not know', () => {
  it.each([
    [
      register,
      '{:process 0, :type :invoke, :f :cas, :value [1 2]}',
      'line 1: found the function :cas, expected one of',
    ],
    [
      casRegister,
      '{:process 0, :type :invoke, :f :cas, :value 1}',
      'line 1: found :cas with the value 1, expected the',
    ],
    [keyValue, '{:process 0, :type :invoke, :f :put, :value 1}', 'line 1: found :put with the value 1, expected a key'],
  ])('are refused with their line', (model, text, message) => {
    expect(() => check(model, text)).toThrow(message);
  });
});

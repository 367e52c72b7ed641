import { describe, expect, it } from 'vitest';
import type { HistoryOptions } from '../history-model.ts';
import { historyModels } from '../history-models.ts';
import { pairOperations } from '../operations.ts';
import { parseHistory } from '../reading/history-reader.ts';

const options: HistoryOptions = {
  consistencyModel: 'strict-serializable',
  steps: 1_000_000,
  bytes: 1 << 26,
  linearizableKeys: false,
  allowNegativeBalances: false,
};

/** One client after another: `f input -> output`, one to a line. */
function check(model: string, lines: string, changed: Partial<HistoryOptions> = {}) {
  const events = lines
    .trim()
    .split('\n')
    .flatMap((line, process) => {
      const [, f, input, output = input] = /^\s*(\S+) (.*?)(?: -> (.*))?$/.exec(line) as unknown as string[];
      const event = (type: string, value?: string) => `{:process ${process} :type ${type} :f :${f} :value ${value}}`;
      return [event(':invoke', input), output === '?' ? event(':info', input) : event(':ok', output)];
    });
  const operations = pairOperations(parseHistory(events.join('\n')));
  return historyModels.get(model)?.check(operations, { ...options, ...changed });
}

describe('bank', () => {
  const rightReads = 'read nil -> {0 10, 1 0}\ntransfer {:from 0 :to 1 :amount 4}\nread nil -> {0 6, 1 4}';
  it.each([
    [rightReads, 'valid', 'All 2 reads show the sum 10.'],
    ['transfer {:from 0 :to 1 :amount 4}', 'unknown', 'No read returned'],
    [
      'read nil -> {0 10, 1 0}\nread nil -> {0 6, 1 0}',
      'invalid',
      'balances with the sum 6 instead of 10: {0 6, 1 0}.',
    ],
    ['read nil -> {0 10}\nread nil -> {0 4, 1 6}', 'invalid', 'the account 1, which the first read did not have'],
    ['read nil -> {0 10, 1 0}\nread nil -> {0 11, 1 -1}', 'invalid', 'the account 1 as -1, which is below zero'],
    ['read nil -> {0 10, 1 nil}', 'invalid', 'the account 1 as nil, which is no balance'],
  ])('%s: %s', (lines, verdict, summary) => {
    expect(check('bank', lines)).toMatchObject({ verdict, summary: expect.stringContaining(summary) });
  });

  it('takes its sum from outside, and allows balances below zero, if it is told to', () => {
    expect(check('bank', rightReads, { totalAmount: 12 })?.verdict).toBe('invalid');
    const negative = 'read nil -> {0 10, 1 0}\nread nil -> {0 11, 1 -1}';
    expect(check('bank', negative, { allowNegativeBalances: true })?.verdict).toBe('valid');
  });
});

describe('counter', () => {
  it.each([
    ['add 1\nread nil -> 1', 'valid'],
    ['add 1\nread nil -> 0', 'invalid'],
    ['add 1\nread nil -> 2', 'invalid'],
    ['add 1 -> ?\nread nil -> 0\nread nil -> 1', 'valid'],
    ['add 5\nadd -2\nread nil -> 3', 'valid'],
    ['add 5\nadd -2 -> ?\nread nil -> 3\nread nil -> 5', 'valid'],
    ['add 5\nadd -2\nread nil -> 5', 'invalid'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('counter', lines)?.verdict).toBe(verdict);
  });
});

describe('set-full', () => {
  it.each([
    ['add 1\nread nil -> [1]', 'valid'],
    ['add 1\nread nil -> []\nread nil -> [1]', 'valid'],
    ['add 1\nread nil -> [1]\nread nil -> []', 'invalid'],
    ['add 1\nadd 2\nread nil -> [2]', 'invalid'],
    ['add 1 -> ?\nadd 2\nread nil -> [2]', 'valid'],
    ['add 1\nread nil -> [1 7]', 'invalid'],
    ['add 1', 'unknown'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('set-full', lines)?.verdict).toBe(verdict);
  });
});

describe('jepsen-set', () => {
  it.each([
    ['add 1\nadd 2\nread nil -> [1 2]', 'valid'],
    ['add 1\nread nil -> []\nread nil -> [1]', 'valid'],
    ['add 1\nadd 2 -> ?\nread nil -> [1 2]', 'valid'],
    ['add 1\nadd 2\nread nil -> [2]', 'invalid'],
    ['add 1\nread nil -> [1 7]', 'invalid'],
    ['add 1', 'unknown'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('jepsen-set', lines)?.verdict).toBe(verdict);
  });
});

describe('comments', () => {
  it.each([
    ['write 1\nwrite 2\nread nil -> #{1 2}', 'valid'],
    ['write 1\nwrite 2\nread nil -> #{1}', 'valid'],
    ['write 1\nwrite 2\nread nil -> #{}', 'valid'],
    ['write 1 -> ?\nwrite 2\nread nil -> #{2}', 'valid'],
    ['write 1\nwrite 2\nread nil -> #{2}', 'invalid'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('comments', lines)?.verdict).toBe(verdict);
  });

  it('pairs events without a process by what they did', () => {
    const text = `{:type :invoke :f :read :value nil} {:type :invoke :f :write :value 1} {:type :ok :f :write :value 1}
      {:type :invoke :f :write :value 2} {:type :ok :f :write :value 2} {:type :ok :f :read :value #{2}}`;
    const operations = pairOperations(parseHistory(text));
    expect(operations.map(({ process }) => process)).toEqual([0, 1, 1]);
    expect(historyModels.get('comments')?.check(operations, options).verdict).toBe('invalid');
  });
});

describe('sequential', () => {
  it.each([
    ['add 7\nread 7 -> [7 ["7_1" "7_0"]]', 'valid'],
    ['add 7\nread 7 -> [7 [nil "7_0"]]', 'valid'],
    ['add 7\nread 7 -> [7 [nil nil]]', 'valid'],
    ['add 7\nread 7 -> [7 ["7_1" nil]]', 'invalid'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('sequential', lines)?.verdict).toBe(verdict);
  });
});

describe('long-fork', () => {
  it.each([
    ['txn [[:w 0 1]]\ntxn [[:w 1 1]]\ntxn [[:r 0 nil] [:r 1 1]]\ntxn [[:r 0 1] [:r 1 1]]', 'valid'],
    ['txn [[:w 0 1]]\ntxn [[:w 1 1]]\ntxn [[:r 0 nil] [:r 1 1]]\ntxn [[:r 1 nil] [:r 0 1]]', 'invalid'],
    ['txn [[:w 0 1]]\ntxn [[:w 0 2]]', 'unknown'],
  ])('%s: %s', (lines, verdict) => {
    expect(check('long-fork', lines)?.verdict).toBe(verdict);
  });
});

describe('functions that a model does not know', () => {
  it.each(['bank', 'counter', 'set-full', 'long-fork', 'set', 'jepsen-set', 'comments', 'sequential'])(
    'are refused by %s',
    (model) => {
      expect(() => check(model, 'read nil -> {}\nfly 3')).toThrow(/^line \d: found/);
    },
  );
});

describe('values with keys', () => {
  it.each([
    ['counter', 'add [a 1]\nadd [b 1]\nread [a nil] -> [a 1]', 'valid', 'Key a'],
    ['counter', 'add [a 1]\nadd [b 1]\nread [a nil] -> [a 2]', 'invalid', 'Key a: Process 2'],
    ['set-full', 'add [a 1]\nadd [b 2]\nread [a nil] -> [a [1]]\nread [b nil] -> [b [2]]', 'valid', 'Key'],
    ['set-full', 'add [a 1]\nread [a nil] -> [a [1]]\nread [a nil] -> [a []]', 'invalid', 'Key a: 1, added'],
    ['mutex', 'acquire [a nil]\nacquire [b nil]\nrelease [a nil]', 'valid', 'over 2 keys'],
    ['mutex', 'acquire [a nil]\nacquire [a nil]\nrelease [a nil]', 'invalid', 'fits nowhere'],
  ])('%s: %s', (model, lines, verdict, summary) => {
    const result = check(model, lines);
    expect(result?.verdict).toBe(verdict);
    expect(result?.summary).toContain(summary);
  });
});

describe('balances in a list', () => {
  it.each([
    ['read nil -> [10 10]\nread nil -> [4 16]', 'valid'],
    ['read nil -> [10 10]\nread nil -> [4 10]', 'invalid'],
  ])('%s', (lines, verdict) => {
    expect(check('bank', lines)?.verdict).toBe(verdict);
  });
});

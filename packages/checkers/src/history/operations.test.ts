import { describe, expect, it } from 'vitest';
import { pairOperations } from './operations.ts';
import { parseHistory } from './reading/history-reader.ts';

const pair = (text: string) => pairOperations(parseHistory(text));

describe('pairing', () => {
  it('joins what was asked with what came back, by process', () => {
    const operations = pair(`
      {:process 0, :type :invoke, :f :read, :value nil}
      {:process 1, :type :invoke, :f :write, :value 3}
      {:process 0, :type :ok, :f :read, :value 7}
      {:process 1, :type :fail, :f :write, :value 3, :error :conflict}`);
    expect(operations).toMatchObject([
      { id: 0, process: 0, f: 'read', input: null, output: 7, outcome: 'ok', invokedAt: 0, completedAt: 2, line: 2 },
      { id: 1, process: 1, f: 'write', input: 3, outcome: 'fail', invokedAt: 1, completedAt: 3, line: 3 },
    ]);
  });

  it('leaves operations open for ever that end in info or not at all, and nemeses out', () => {
    const operations = pair(`
      {:process 0, :type :invoke, :f :write, :value 1}
      {:process :nemesis, :type :info, :f :kill, :value nil}
      {:process 0, :type :info, :f :write, :value 1, :error :timeout}
      {:process 1, :type :invoke, :f :read}`);
    expect(operations.map(({ outcome, completedAt }) => [outcome, completedAt])).toEqual([
      ['indeterminate', Number.POSITIVE_INFINITY],
      ['indeterminate', Number.POSITIVE_INFINITY],
    ]);
  });

  it.each([
    [
      '{:process 0, :type :invoke, :f :x}\n{:process 0, :type :invoke, :f :y}',
      'line 2: found process 0 invoking :y while its :x of line 1 is still open',
    ],
    ['{:process 4, :type :ok, :f :x}', 'line 1: found :ok of process 4 for :x, which it has not invoked'],
    ['{:process 4, :type :info, :f :x}', 'line 1: found :info of process 4 for :x, which it has not invoked'],
    [
      '{:process 0, :type :invoke, :f :x}\n\n{:process 0, :type :ok, :f :y}',
      'line 3: found process 0 completing :y although it invoked :x on line 1',
    ],
    ['{:process :nemesis, :type :info, :f :x}', 'found no operation of a client: no process is a number'],
  ])('refuses what cannot be paired: %s', (text, message) => {
    expect(() => pair(text)).toThrow(message);
  });
});

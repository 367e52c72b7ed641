import { parseEDNString } from 'edn-data';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../history.ts';
import { historyText } from './history-text.ts';

const events: readonly HistoryEvent[] = [
  {
    index: 0,
    process: 0,
    type: 'invoke',
    f: 'txn',
    value: [
      ['r', 4, null],
      ['append', 5, 1],
    ],
    time: 1000,
  },
  {
    index: 1,
    process: 0,
    type: 'ok',
    f: 'txn',
    value: [
      ['r', 4, [1, 2]],
      ['append', 5, 1],
    ],
    time: 2000,
  },
  { index: 2, process: 1, type: 'invoke', f: 'read', value: ['orders/4', null] },
  { index: 3, process: 1, type: 'info', f: 'read', value: ['orders/4', null], error: 'no "answer"' },
];

function written(format: 'edn' | 'json'): string {
  const text = historyText(format);
  return text.head + events.map((event) => text.line(event)).join('') + text.tail;
}

describe('a history as text', () => {
  it('in EDN is one map on each line, with keywords where Jepsen has them', () => {
    expect(written('edn').split('\n')).toEqual([
      '{:index 0, :time 1000, :type :invoke, :process 0, :f :txn, :value [[:r 4 nil] [:append 5 1]]}',
      '{:index 1, :time 2000, :type :ok, :process 0, :f :txn, :value [[:r 4 [1 2]] [:append 5 1]]}',
      '{:index 2, :type :invoke, :process 1, :f :read, :value ["orders/4" nil]}',
      '{:index 3, :type :info, :process 1, :f :read, :value ["orders/4" nil], :error "no \\"answer\\""}',
      '',
    ]);
  });

  it('in EDN is read by others', () => {
    const options = { mapAs: 'object', keywordAs: 'string', listAs: 'array' } as const;
    const read = written('edn')
      .trimEnd()
      .split('\n')
      .map((line) => parseEDNString(line, options));
    expect(read).toEqual(events);
  });

  it('in JSON is one array', () => {
    expect(JSON.parse(written('json'))).toEqual(events);
    const { head, tail } = historyText('json');
    expect(JSON.parse(head + tail)).toEqual([]);
  });
});

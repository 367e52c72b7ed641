import { describe, expect, it } from 'vitest';
import { historyModels } from '../history-models.ts';
import { pairOperations } from '../operations.ts';
import { HistoryReader, parseHistory } from './history-reader.ts';

const LOG = [
  'INFO  jepsen.util - 0\t:invoke\t:write\t4',
  'INFO  jepsen.util - :nemesis\t:info\t:start\tnil',
  'INFO  jepsen.util - 1\t:invoke\t:cas\t[4 2]',
  'INFO  jepsen.util - 0\t:info\t:write\t:timed-out',
  'INFO  jepsen.util - 1\t:fail\t:cas\t[4 2]\t[:not-found "no; such \\tkey"',
  'INFO  jepsen.util - 2\t:invoke\t:read\tnil',
  'INFO  jepsen.util - 2\t:ok\t:read\t4',
].join('\n');

describe("a log of Jepsen's", () => {
  it.each([
    ['as a logger wrote it', LOG],
    ['as history.txt', LOG.replaceAll('INFO  jepsen.util - ', '')],
    ['with a time before the name', LOG.replaceAll('INFO', '2015-09-03 21:00:11,104 INFO')],
    ['with spaces, empty lines and an end', `\n${LOG.replaceAll('\t', '   ').replace(/ {3}\[:not.*/, '')}\n\n`],
  ])('%s is read as operations', (_, text) => {
    const operations = pairOperations(parseHistory(text));
    expect(operations.map(({ f, outcome, input, output }) => [f, outcome, input, output])).toEqual([
      ['write', 'indeterminate', 4, expect.anything()],
      ['cas', 'fail', [4, 2], expect.anything()],
      ['read', 'ok', null, 4],
    ]);
  });

  it('is read in pieces of any size, with the lines on which it stands', () => {
    for (const size of [1, 7, 64]) {
      const reader = new HistoryReader();
      for (let at = 0; at < LOG.length; at += size) reader.push(LOG.slice(at, at + size));
      expect(reader.end()).toEqual(parseHistory(LOG));
    }
    expect(parseHistory(LOG).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it.each([
    ['0\t:invoke\t:write\t4\n0\t:ok', /^line 2: found "0\\t:ok", expected a line with process/],
    ['0\t:invoke\t:write\t4\n0\t:ok\t:write\t[4', /^line 2: found the end/],
    ['0\t:invoke\t:write\t4\n{:process 0}', /^line 2: found/],
  ])('%j is refused', (text, message) => {
    expect(() => parseHistory(text)).toThrow(message);
  });

  it('is checked like any other history', () => {
    const options = {
      consistencyModel: '',
      steps: 1e6,
      bytes: 1e6,
      linearizableKeys: false,
      allowNegativeBalances: false,
    };
    const verdictOf = (text: string) =>
      historyModels.get('cas-register')?.check(pairOperations(parseHistory(text)), options).verdict;
    expect([verdictOf(LOG), verdictOf(LOG.replace(':read\t4', ':read\t3'))]).toEqual(['valid', 'invalid']);
  });
});

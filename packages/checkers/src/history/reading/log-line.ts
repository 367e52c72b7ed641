import type { HistoryValue } from '../history.ts';
import { BadHistory, quoted } from './bad-history.ts';
import { parseEdn } from './edn.ts';

/** `0 :invoke :read nil`, with tabs; a logger may have written its own words before it. */
const LINE = /^(?:\S.* - )?(:?\w+)\s+:(invoke|ok|fail|info)\s+(:?[^\s]+)(?:\s+(.*))?$/;

/** Whether a text begins with a line of Jepsen's log, or of its `history.txt`. */
export const isLogLine = (line: string): boolean => LINE.test(line);

/**
 * The operation in a line of Jepsen's log: process, type, function and value, and what else the client said. Throws
 * {@link BadHistory} for any other line.
 */
export function parseLogLine(text: string, line: number): HistoryValue {
  const [, process, type, f, rest = ''] = LINE.exec(text.trimEnd()) ?? [];
  if (process === undefined || type === undefined || f === undefined)
    throw new BadHistory({
      line,
      found: quoted(text),
      expected: 'a line with process, type, function and value',
      example: '0\t:invoke\t:write\t3',
    });
  const value = readValue((rest.split('\t')[0] as string).trim(), type, line);
  return { process, type, f, ...(value === undefined ? {} : { value }) };
}

/** After a time-out stands what the client said instead of a value, in any words. */
function readValue(text: string, type: string, line: number): HistoryValue | undefined {
  if (text === '') return undefined;
  if (type === 'invoke' || type === 'ok') return parseEdn(text, line);
  try {
    return parseEdn(text, line);
  } catch (error) {
    if (error instanceof BadHistory) return text;
    throw error;
  }
}

import type { HistoryValue } from '../history.ts';
import { BadHistory } from './bad-history.ts';
import { wholeNumber } from './edn-atom.ts';

/** A string, or a whole number of so many digits that a double may not hold it. */
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** The value of one JSON form, which begins on `line` of its file. Whole numbers too large for a double stay apart. */
export function parseJsonElement(text: string, line: number): HistoryValue {
  const exact = /\d{16}/.test(text) ? text.replace(STRING_OR_LONG_NUMBER, exactNumber) : text;
  try {
    return JSON.parse(exact) as HistoryValue;
  } catch (error) {
    throw new BadHistory({
      line,
      found: `no JSON (${(error as Error).message})`,
      expected: 'an object for each operation',
      example: '{"process":0,"type":"invoke","f":"read","value":null}',
    });
  }
}

function exactNumber(token: string): string {
  if (token.startsWith('"')) return token;
  const value = wholeNumber(token);
  return typeof value === 'string' ? JSON.stringify(value) : token;
}

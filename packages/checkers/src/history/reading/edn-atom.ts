import type { HistoryValue } from '../history.ts';

/** Most numbers, and exact. */
const SMALL = /^\d{1,15}$/;
const INTEGER = /^[+-]?\d+N?$/;
const DECIMAL = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?M?$/;
const RATIO = /^([+-]?\d+)\/(\d+)$/;
const HEXADECIMAL = /^[+-]?0[xX][0-9a-fA-F]+N?$/;

const NAMED: ReadonlyMap<string, HistoryValue> = new Map<string, HistoryValue>([
  ['nil', null],
  ['true', true],
  ['false', false],
  ['##Inf', 'Infinity'],
  ['##-Inf', '-Infinity'],
  ['##NaN', 'NaN'],
]);

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['newline', '\n'],
  ['return', '\r'],
  ['space', ' '],
  ['tab', '\t'],
  ['formfeed', '\f'],
  ['backspace', '\b'],
]);

/** A whole number: itself where a double holds it exactly, otherwise its digits, so that no two become one. */
export function wholeNumber(digits: string): number | string {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value + 0 : `${digits.replace(/^\+/, '')}N`;
}

/**
 * The value of an EDN token that is no collection and no string. A keyword or symbol becomes its name without the
 * colon, as in the JSON of other tools. Undefined where the token is none.
 */
export function ednAtom(token: string): HistoryValue | undefined {
  if (SMALL.test(token)) return Number(token);
  const named = NAMED.get(token);
  if (named !== undefined) return named;
  if (token.startsWith(':')) return token.length > 1 ? token.slice(token.startsWith('::') ? 2 : 1) : undefined;
  if (token.startsWith('\\')) return character(token.slice(1));
  if (INTEGER.test(token)) return wholeNumber(token.replace('N', ''));
  if (/^[+-]?\d/.test(token)) return otherNumber(token);
  return /^[^#:;"\\@~`]+$/.test(token) ? token : undefined;
}

function otherNumber(token: string): HistoryValue | undefined {
  if (HEXADECIMAL.test(token)) {
    const negative = token.startsWith('-');
    return wholeNumber(`${(negative ? -1n : 1n) * BigInt(token.replace(/^[+-]|N$/g, ''))}`);
  }
  const ratio = RATIO.exec(token);
  if (ratio !== null) return quotient(BigInt(ratio[1] as string), BigInt(ratio[2] as string));
  if (!DECIMAL.test(token)) return undefined;
  const value = Number(token.replace('M', ''));
  return Number.isFinite(value) ? value + 0 : undefined;
}

function quotient(above: bigint, below: bigint): HistoryValue | undefined {
  if (below === 0n) return undefined;
  return above % below === 0n ? wholeNumber(`${above / below}`) : `${above}/${below}`;
}

function character(name: string): string | undefined {
  const known = CHARACTERS.get(name);
  if (known !== undefined) return known;
  if (/^u[0-9a-fA-F]{4}$/.test(name)) return String.fromCharCode(Number.parseInt(name.slice(1), 16));
  return [...name].length === 1 ? name : undefined;
}

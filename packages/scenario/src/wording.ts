import { nearest } from './nearest.ts';

const LONGEST_QUOTE = 60;
const LONGEST_LIST = 24;

/** Everything that a terminal could take for an order, or that would hide or reorder what a line says. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** `text` with invisible characters written out as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Whether `text` holds characters that cannot be seen, other than line breaks. */
export function hasUnprintable(text: string): boolean {
  return text.replaceAll('\n', '').search(UNPRINTABLE) >= 0;
}

/** A piece of somebody's file, safe to print and short enough to read. */
export function quote(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `\`${printable(short)}\``;
}

/** `a, b, c`, and how many more when there are many. */
export function enumerate(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.slice(0, LONGEST_LIST).map(printable).join(', ');
  return all.length > LONGEST_LIST ? `${shown} and ${all.length - LONGEST_LIST} more` : shown;
}

/** `one of a, b, c; the nearest is b`: what to expect where somebody wrote `given`. */
export function oneOf(names: Iterable<string>, given?: string): string {
  const all = [...names];
  if (all.length === 0) return 'nothing here: there is none to choose from';
  if (all.length === 1) return `\`${printable(all[0] as string)}\`, which is the only one`;
  const near = given === undefined ? undefined : nearest(given, all);
  return `one of ${enumerate(all)}${near === undefined ? '' : `; the nearest is \`${printable(near)}\``}`;
}

/** `a` or `an`, by the first letter (the articles of the words that this package uses). */
export function withArticle(noun: string): string {
  const vowel = /^[aeio]/.test(noun) || /^(AZ|RDS)/.test(noun);
  return `${vowel ? 'an' : 'a'} ${noun}`;
}

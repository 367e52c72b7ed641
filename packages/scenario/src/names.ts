import { Refusal, type WordReader, word } from './reader.ts';
import { hasUnprintable, quote } from './wording.ts';

const LONGEST_NAME = 63;
const LONGEST_SUMMARY = 1_000;

/**
 * Letters, digits and dashes, a letter first. A name that looks like a number would change its place in
 * JavaScript objects, and random streams are named in ASCII.
 */
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const SCENARIO_NAME = /^[A-Za-z0-9][A-Za-z0-9-]*$/;
/** What a shell takes as one word, so that the line that replays a run can be pasted. */
const SEED = /^[A-Za-z0-9._-]{1,64}$/;

/** Whether a text can be a seed: 1 to 64 letters, digits, dots, dashes and underscores. */
export function isSeed(text: string): boolean {
  return SEED.test(text);
}

export const SEED_EXPECTS = 'a seed of 1 to 64 letters, digits, dots, dashes or underscores';

/** Why a key cannot be the name of something, or undefined when it can. */
export function nameRefusal(name: string): string | undefined {
  const fits = NAME.test(name) && name.length <= LONGEST_NAME;
  return fits ? undefined : 'a name of letters, digits and dashes that begins with a letter';
}

/** The name of a Region, an AZ and so on where it is declared in a list. */
export const name: WordReader<string> = word(
  'a name of letters, digits and dashes that begins with a letter',
  'use1-az1',
  (value) => (value.type === 'text' && nameRefusal(value.text) === undefined ? value.text : new Refusal()),
);

export const scenarioName: WordReader<string> = word(
  'a name of letters, digits and dashes',
  'rds-multi-az-host-failure',
  (value) =>
    value.type === 'text' && SCENARIO_NAME.test(value.text) && value.text.length <= LONGEST_NAME
      ? value.text
      : new Refusal(),
);

/** One line of prose; line breaks and repeated spaces become one space. */
export const prose: WordReader<string> = word('a sentence', 'The primary is lost under load.', (value) => {
  if (value.type !== 'text') return new Refusal();
  if (hasUnprintable(value.text)) return new Refusal(() => ({ found: `invisible characters in ${quote(value.text)}` }));
  const line = value.text.split(/\s+/u).filter(Boolean).join(' ');
  if (line.length <= LONGEST_SUMMARY) return line;
  return new Refusal(() => ({ found: `${line.length} characters`, expected: `at most ${LONGEST_SUMMARY} characters` }));
});

/** A number becomes its decimal text: `seed: 7` and `seed: '7'` are the same seed. */
export const seed: WordReader<string> = word(SEED_EXPECTS, '7', (value) => {
  if (value.type === 'text') return isSeed(value.text) ? value.text : new Refusal();
  if (value.type !== 'number') return new Refusal();
  const text = Number.isSafeInteger(value.number) ? String(value.number) : value.source;
  return isSeed(text) ? text : new Refusal();
});

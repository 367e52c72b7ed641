import type { Report } from './report.ts';
import { printable } from './wording.ts';

/** Longest scenario file, in bytes; a reader of files can refuse a longer one before reading it. */
export const MAX_SCENARIO_BYTES = 1024 * 1024;

/** A tab, a control character, a carriage return on its own, or what a decoder puts for bytes that are not UTF-8. */
const REFUSED = /\t|\r(?!\n)|[\p{Cs}\uFFFD]|(?![\n\r])\p{Cc}/u;

/** Refuses a text that is too long, or that holds characters no scenario needs. One complaint at the most. */
export function checkText(text: string, report: Report): boolean {
  // A text has at least as many bytes as UTF-16 code units, so this refuses nothing that would fit.
  if (text.length > MAX_SCENARIO_BYTES) {
    report.add(0, () => ({
      found: `a file of ${text.length} characters`,
      expected: `at most ${MAX_SCENARIO_BYTES} bytes (1 MiB)`,
      write: 'scenario: smaller   # a scenario usually has fewer than 200 lines',
    }));
    return false;
  }
  const at = text.search(REFUSED);
  if (at < 0) return true;
  report.add(at, () => complaintAbout(text.codePointAt(at) ?? 0));
  return false;
}

function complaintAbout(codePoint: number) {
  const character = String.fromCodePoint(codePoint);
  if (character === '\t') {
    return { found: 'a tab', expected: 'spaces: YAML does not take tabs as indentation', write: '  key: value' };
  }
  if (codePoint === 0xfffd || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
    return {
      found: 'bytes that are not UTF-8',
      expected: 'a text file in UTF-8',
      write: 'summary: text that is saved as UTF-8',
    };
  }
  return {
    found: `the control character \`${printable(character)}\``,
    expected: 'text that can be seen, spaces and line breaks',
    write: 'summary: plain text',
  };
}

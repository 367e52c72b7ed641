import { printable } from './wording.ts';

/** One mistake in a scenario file, told so that it can be corrected without reading anything else. */
export interface Problem {
  readonly file: string;
  /** Both count from 1; a column is a UTF-16 code unit. */
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly found: string;
  /** What could stand there. */
  readonly expected: string;
  /** YAML that would be right; may have several lines. */
  readonly write: string;
}

/** A longer source line is cut, and shown this far around the place of the problem. */
const SHOWN_WHOLE = 160;
const SHOWN_AROUND = 60;

/** The lines of a text, found once. */
export class SourceText {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  placeAt(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }

  /** The line without its break; empty beyond the end. */
  line(line: number): string {
    const start = this.#starts[line - 1];
    if (start === undefined) return '';
    return this.#text.slice(start, (this.#starts[line] ?? this.#text.length + 1) - 1).replace(/\r$/, '');
  }
}

/** The problem as a person reads it: place, found, expected, how to write it, and the line with a caret. */
export function formatProblem(problem: Problem, text: string): string {
  const [shown, caret] = excerpt(new SourceText(text).line(problem.line), problem.column);
  const number = String(problem.line);
  return [
    `${printable(problem.file)}:${problem.line}:${problem.column}`,
    `  found     ${problem.found}`,
    `  expected  ${problem.expected}`,
    `  write     ${problem.write.split('\n').join('\n            ')}`,
    '',
    `  ${number} | ${shown}`.trimEnd(),
    `  ${' '.repeat(number.length)} | ${' '.repeat(caret)}^`,
  ].join('\n');
}

/** The part of a line around a column, made printable, and where that column has gone. */
function excerpt(line: string, column: number): [string, number] {
  const whole = line.length <= SHOWN_WHOLE;
  const from = whole ? 0 : Math.max(0, column - 1 - SHOWN_AROUND);
  const to = whole ? line.length : Math.min(line.length, column - 1 + SHOWN_AROUND);
  const before = (from > 0 ? '…' : '') + printable(line.slice(from, column - 1));
  const after = printable(line.slice(column - 1, to)) + (to < line.length ? '…' : '');
  return [before + after, before.length];
}

import { BadHistory, EXAMPLE_EVENT } from './bad-history.ts';

/** One form of the file: a map, with its tag if it has one. */
export interface Element {
  readonly text: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** How many commas stand between it and the form before. */
  readonly commas: number;
  /** Whether it stands in one list that holds the whole file. */
  readonly listed: boolean;
}

/** Longer than any operation that a person could look at, and short enough to be held in memory. */
export const LONGEST_ELEMENT = 1 << 24;
const DEEPEST = 200;

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;
const BACKSLASH = 92;

const isOpening = (code: number): boolean => code === 123 || code === 91 || code === 40;
const isClosing = (code: number): boolean => code === 125 || code === 93 || code === 41;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;

/**
 * Cuts a text that arrives in pieces into its outermost forms, for EDN and JSON alike: it knows strings, comments,
 * characters (`\{`) and brackets. A list around the whole file is opened, so that a file of one long line is read
 * form by form too, and no more than one form is held.
 */
export class ElementSplitter {
  #line = 1;
  #depth = 0;
  /** Depth of the forms: 1 inside a list around the file. */
  #base = 0;
  /** Where the first form begins, or the list around all of them. */
  #firstLine = 0;
  #listClosed = false;
  #begun = false;
  #inString = false;
  #inComment = false;
  #escaped = false;
  #commas = 0;
  #elementLine = 0;
  #elementCommas = 0;
  #pending: string[] = [];
  #pendingLength = 0;
  readonly #emit: (element: Element) => void;

  constructor(emit: (element: Element) => void) {
    this.#emit = emit;
  }

  push(text: string): void {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.#line++;
      if (this.#begun) {
        if (this.#continues(code)) continue;
        const isElementPart = this.#depth >= this.#base;
        this.#keep(text.slice(start, isElementPart ? at + 1 : at));
        this.#finish();
        if (!isElementPart) this.#closeList();
      } else if (this.#begins(code)) start = at;
    }
    if (this.#begun) this.#keep(text.slice(start));
  }

  /** Tells that the text is over. Throws {@link BadHistory} if it was cut off. */
  end(): void {
    if (this.#begun) {
      if (this.#depth > this.#base || this.#inString) throw this.#cutOff(this.#elementLine, 'an operation');
      this.#finish();
    }
    if (this.#base === 1 && !this.#listClosed) throw this.#cutOff(this.#firstLine, 'the list of operations');
  }

  /** Commas after the last form. */
  get trailingCommas(): number {
    return this.#commas;
  }

  /** Whether there is one list around all forms. */
  get sawList(): boolean {
    return this.#base === 1;
  }

  /** Looks at a character between forms; true if a form begins there. */
  #begins(code: number): boolean {
    if (this.#inComment) {
      if (code === NEWLINE) this.#inComment = false;
      return false;
    }
    if (isSpace(code)) return false;
    if (code === COMMA) {
      this.#commas++;
      return false;
    }
    if (code === SEMICOLON) {
      this.#inComment = true;
      return false;
    }
    if (this.#listClosed) throw this.#textAfterList();
    if (this.#base === 0 && this.#firstLine === 0 && (code === 91 || code === 40)) {
      [this.#base, this.#depth, this.#firstLine] = [1, 1, this.#line];
      return false;
    }
    if (isClosing(code) && this.#base === 1) {
      this.#closeList();
      return false;
    }
    this.#firstLine ||= this.#line;
    [this.#begun, this.#elementLine, this.#elementCommas] = [true, this.#line, this.#commas];
    [this.#commas, this.#depth] = [0, this.#base];
    return this.#start(code);
  }

  #start(code: number): boolean {
    if (isClosing(code))
      throw new BadHistory({
        line: this.#line,
        found: 'a closing bracket that closes nothing',
        expected: 'an operation',
        example: EXAMPLE_EVENT,
      });
    this.#continues(code);
    return true;
  }

  /** Looks at a character inside a form; false if the form ends with it. */
  #continues(code: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inComment) this.#inComment = code !== NEWLINE;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) this.#inString = !this.#inString;
    else if (this.#inString) return true;
    else if (code === SEMICOLON) this.#inComment = true;
    else if (isOpening(code)) this.#deepen();
    else if (isClosing(code)) return --this.#depth > this.#base;
    return true;
  }

  #deepen(): void {
    if (++this.#depth > DEEPEST)
      throw new BadHistory({
        line: this.#line,
        found: `brackets that are nested more than ${DEEPEST} deep`,
        expected: 'an operation',
        example: EXAMPLE_EVENT,
      });
  }

  #keep(piece: string): void {
    this.#pendingLength += piece.length;
    if (this.#pendingLength > LONGEST_ELEMENT) throw tooLong(this.#elementLine);
    this.#pending.push(piece);
  }

  #finish(): void {
    const text = this.#pending.length === 1 ? (this.#pending[0] as string) : this.#pending.join('');
    [this.#pending, this.#pendingLength, this.#begun] = [[], 0, false];
    this.#emit({ text, line: this.#elementLine, commas: this.#elementCommas, listed: this.#base === 1 });
  }

  #closeList(): void {
    this.#listClosed = true;
  }

  #textAfterList(): BadHistory {
    return new BadHistory({
      line: this.#line,
      found: `text after the end of the list that began on line ${this.#firstLine}`,
      expected: 'one list of operations, or operations without a list around them',
      example: EXAMPLE_EVENT,
    });
  }

  #cutOff(line: number, what: string): BadHistory {
    return new BadHistory({
      line: this.#line,
      found: 'the end of the file',
      expected: `the end of ${what} that began on line ${line}: the history is cut off`,
    });
  }
}

export function tooLong(line: number): BadHistory {
  return new BadHistory({
    line,
    found: `one operation of more than ${LONGEST_ELEMENT >> 20} MiB`,
    expected: 'many short operations, each with its own brackets',
    example: EXAMPLE_EVENT,
  });
}

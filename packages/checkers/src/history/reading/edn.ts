import type { HistoryValue } from '../history.ts';
import { canonicalText } from '../value-text.ts';
import { BadHistory, quoted } from './bad-history.ts';
import { ednAtom } from './edn-atom.ts';
import { classOf, NEWLINE, SEMICOLON, SPACE, TOKEN_END } from './edn-characters.ts';

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** Stands for a form that is left out: `#_ form`. */
const LEFT_OUT = Symbol('left out');
type Form = HistoryValue | typeof LEFT_OUT;

/**
 * The value of one EDN form, which begins on `line` of its file. Tags are dropped and their form kept, so
 * `#jepsen.history.Op{…}` is its map. Lists and vectors become arrays, sets become arrays in a fixed order, keywords
 * and symbols their names, and keys of maps text. Undefined when the whole text is left out (`#_`).
 * Throws {@link BadHistory} with the line on which it stopped.
 */
export function parseEdn(text: string, line: number): HistoryValue | undefined {
  return new EdnParser(text, line).whole();
}

class EdnParser {
  readonly #text: string;
  readonly #line: number;
  #at = 0;
  readonly #stack: HistoryValue[] = [];

  constructor(text: string, line: number) {
    this.#text = text;
    this.#line = line;
  }

  whole(): HistoryValue | undefined {
    const form = this.#form();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#problem(quoted(this.#text.slice(this.#at)), 'the end of the form');
    return form === LEFT_OUT ? undefined : form;
  }

  #form(): Form {
    this.#skipSpace();
    const char = this.#text[this.#at];
    if (char === undefined) throw this.#problem('the end', 'a value');
    if (char === '[' || char === '(') return this.#sequence(CLOSING[char] as string);
    if (char === '{') return this.#map();
    if (char === '"') return this.#string();
    if (char === '#') return this.#dispatch();
    if (char === '^') return this.#metadata();
    return this.#atom();
  }

  #sequence(closing: string): HistoryValue[] {
    // Forms wait on one stack and leave it together: arrays that grow one by one take several times the room.
    const stack = this.#stack;
    const first = stack.length;
    this.#at++;
    for (;;) {
      this.#skipSpace();
      const char = this.#text[this.#at];
      if (char === closing) break;
      if (char === undefined || char === ']' || char === ')' || char === '}')
        throw this.#problem(char === undefined ? 'the end' : quoted(char), quoted(closing));
      const form = this.#form();
      if (form !== LEFT_OUT) stack.push(form);
    }
    this.#at++;
    const values = stack.slice(first);
    stack.length = first;
    return values;
  }

  #map(): HistoryValue {
    const forms = this.#sequence('}');
    if (forms.length % 2 !== 0) throw this.#problem('a map with a key and no value', 'a value for every key');
    const map: Record<string, HistoryValue> = {};
    for (let index = 0; index < forms.length; index += 2) {
      const key = keyText(forms[index] as HistoryValue);
      if (Object.hasOwn(map, key)) throw this.#problem(`the key ${quoted(key)} twice`, 'every key once');
      const value = forms[index + 1] as HistoryValue;
      if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true });
      else map[key] = value;
    }
    return map;
  }

  #string(): string {
    let value = '';
    let from = ++this.#at;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#problem('the end', 'the end of a string: "');
      if (char === '"') break;
      if (char === '\\') {
        value += this.#text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else this.#at++;
    }
    value += this.#text.slice(from, this.#at++);
    return value;
  }

  #escape(): string {
    const name = this.#text[this.#at + 1] ?? '';
    const hex = /^u[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at + 1, this.#at + 6));
    const char = hex === null ? ESCAPES[name] : String.fromCharCode(Number.parseInt(hex[0].slice(1), 16));
    if (char === undefined)
      throw this.#problem(`the escape \\${name} in a string`, 'one of \\n \\t \\r \\" \\\\ \\uNNNN');
    this.#at += hex === null ? 2 : 6;
    return char;
  }

  #dispatch(): Form {
    const next = this.#text[this.#at + 1];
    if (next === '{') {
      this.#at++;
      return this.#sequence('}').sort(byText);
    }
    if (next === '_') {
      this.#at += 2;
      this.#form();
      return LEFT_OUT;
    }
    if (next === '#') return this.#atom();
    this.#at++;
    this.#token();
    return this.#tagged();
  }

  #metadata(): Form {
    this.#at++;
    this.#form();
    return this.#tagged();
  }

  /** The form after a tag, over forms that are left out. */
  #tagged(): Form {
    const form = this.#form();
    return form === LEFT_OUT ? this.#tagged() : form;
  }

  #atom(): HistoryValue {
    const token = this.#token();
    const value = ednAtom(token);
    if (value === undefined) throw this.#problem(quoted(token || (this.#text[this.#at] ?? '')), 'an EDN value');
    return value;
  }

  #token(): string {
    const from = this.#at;
    // A character may be one that otherwise ends a token: `\{`, `\"`.
    if (this.#text[from] === '\\') this.#at += 2;
    const text = this.#text;
    let at = this.#at;
    while (at < text.length && (classOf(text.charCodeAt(at)) & TOKEN_END) === 0) at++;
    this.#at = at;
    return text.slice(from, at);
  }

  #skipSpace(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === SEMICOLON) {
        while (at < text.length && text.charCodeAt(at) !== NEWLINE) at++;
      } else if ((classOf(code) & SPACE) === 0) break;
    }
    this.#at = Math.min(at, text.length);
  }

  #problem(found: string, expected: string): BadHistory {
    const line = this.#line + (this.#text.slice(0, this.#at).match(/\n/g)?.length ?? 0);
    return new BadHistory({ line, found, expected });
  }
}

const keyText = (key: HistoryValue): string => (typeof key === 'string' ? key : canonicalText(key));

function byText(a: HistoryValue, b: HistoryValue): number {
  const [left, right] = [canonicalText(a), canonicalText(b)];
  return left < right ? -1 : Number(left > right);
}

import { type CST, Lexer, Parser } from 'yaml';
import type { Report } from './report.ts';
import { quote } from './wording.ts';

/** Mappings and lists inside one another, at the most. */
export const MAX_DEPTH = 32;
/** Words and marks of one file, at the most. A scenario of 200 lines has about 3,000. */
const MAX_TOKENS = 250_000;

const COLLECTIONS = new Set(['block-map', 'block-seq', 'flow-collection']);

/**
 * The single YAML document of a text as concrete syntax, or undefined when it was refused.
 *
 * The parser is driven word by word so that it can be stopped: what `yaml` does with the syntax afterwards is
 * recursive, and a hundred thousand opening brackets would end the process instead of giving a message.
 */
export function readTokens(text: string, report: Report): CST.Document | undefined {
  const parser = new Parser();
  let document: CST.Document | undefined;
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    const at = parser.offset;
    for (const token of parser.next(word)) if (!take(token)) return undefined;
    if (!withinLimits(parser, ++words, at, report)) return undefined;
  }
  for (const token of parser.end()) if (!take(token)) return undefined;
  if (document === undefined || document.value === undefined) {
    if (report.count === 0) report.add(0, emptyFile);
    return undefined;
  }
  return document;

  function take(token: CST.Token): boolean {
    if (token.type === 'document') {
      if (document === undefined) {
        document = token;
        return true;
      }
      report.add(token.offset, secondDocument);
    } else if (token.type === 'directive') {
      report.add(token.offset, () => directive(token.source));
    } else if (token.type === 'error') {
      report.add(token.offset, () => outsideOfDocument(token.source));
    } else {
      // Comments, byte order marks and document ends mean nothing here.
      return true;
    }
    return false;
  }
}

function withinLimits(parser: Parser, words: number, at: number, report: Report): boolean {
  if (words > MAX_TOKENS) {
    report.add(at, () => ({
      found: `more than ${MAX_TOKENS} words and marks before this place`,
      expected: 'a scenario, which usually has fewer than 200 lines',
      write: 'scenario: smaller',
    }));
    return false;
  }
  // The stack also holds the document and the scalar that is being read.
  if (parser.stack.length <= MAX_DEPTH) return true;
  const depth = parser.stack.filter((token) => COLLECTIONS.has(token.type)).length;
  if (depth <= MAX_DEPTH) return true;
  report.add(at, tooDeep);
  return false;
}

export const tooDeep = () => ({
  found: `more than ${MAX_DEPTH} mappings and lists inside one another`,
  expected: `at most ${MAX_DEPTH}; a scenario needs about eight`,
  write: 'topology: { databases: { orders: { model: rds.single-az } } }',
});

export const EMPTY_FILE = 'an empty file';

const emptyFile = () => ({
  found: EMPTY_FILE,
  expected: 'a scenario',
  write: 'scenario: my-first-scenario',
});

const secondDocument = () => ({
  found: 'a second YAML document',
  expected: 'one scenario in one file: put the other one into a file of its own',
  write: 'scenario: my-first-scenario   # without a `---` after it',
});

const outsideOfDocument = (source: string) => ({
  found: `something that YAML does not allow here: ${quote(source.split('\n', 1)[0] ?? '')}`,
  expected: 'a key, a colon, a space and a value; brackets in pairs',
  write: 'horizon: 20m',
});

const directive = (source: string) => ({
  found: `the YAML directive ${quote(source.trim())}`,
  expected: 'YAML 1.2 without directives',
  write: 'scenario: my-first-scenario',
});

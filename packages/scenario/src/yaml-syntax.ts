import { type Document, isCollection, isScalar, type ParsedNode, visit } from 'yaml';
import type { Report } from './report.ts';
import { quote } from './wording.ts';

interface SyntaxRule {
  readonly code: string;
  /** Point at the opening quote or bracket. */
  readonly unclosed?: boolean;
  /** Part of the parser's message, where one code stands for several mistakes. */
  readonly says?: string;
  readonly found: string;
  readonly expected: string;
  readonly write: string;
}

/** What the parser's errors mean to somebody who writes scenarios; the first rule that fits is taken. */
const RULES: readonly SyntaxRule[] = [
  {
    code: 'MISSING_CHAR',
    says: 'quote',
    unclosed: true,
    found: 'a quote that is not closed',
    expected: 'the same quote at the end of the text',
    write: 'summary: "The primary is lost."',
  },
  {
    code: 'MISSING_CHAR',
    says: 'map keys',
    found: 'a line without a colon',
    expected: 'a key, a colon, a space and a value',
    write: 'horizon: 20m',
  },
  {
    code: 'MISSING_CHAR',
    says: 'Sequence item',
    found: 'a line without a dash, in a list',
    expected: 'a dash and a space before every item of the list',
    write: '- single-writer',
  },
  {
    code: 'MISSING_CHAR',
    says: 'Missing ,',
    found: 'two items without a comma between them',
    expected: 'a comma between the items of `{ … }` and `[ … ]`',
    write: '{ at: 3m, fail: orders.primary, cause: host-failure }',
  },
  {
    code: 'MISSING_CHAR',
    says: 'end with a',
    unclosed: true,
    found: 'a bracket that is not closed',
    expected: 'a `}` for every `{` and a `]` for every `[`',
    write: 'regions: { us-east-1: [use1-az1, use1-az2] }',
  },
  {
    code: 'BAD_INDENT',
    says: 'end with a',
    unclosed: true,
    found: 'a bracket that is not closed before the indentation ends',
    expected: 'a `}` for every `{` and a `]` for every `[`, indented like the lines beside it',
    write: 'regions: { us-east-1: [use1-az1, use1-az2] }',
  },
  {
    code: 'BAD_INDENT',
    found: 'a line that is indented unlike the lines it belongs to',
    expected: 'as many spaces as the other keys or items of the same mapping or list',
    write: 'pool:\n  size: 20\n  borrowTimeout: 30s',
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    found: 'a key inside of a value',
    expected: 'one key and one value in a line; a text that holds a colon and a space stands in quotes',
    write: 'summary: "Failover: the standby takes over."',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    found: 'a line without a colon, or a key over several lines',
    expected: 'a key, a colon, a space and a value',
    write: 'horizon: 20m',
  },
  {
    code: 'BAD_SCALAR_START',
    found: 'a text that begins with a character that YAML keeps for itself',
    expected: 'such a text in quotes',
    write: 'summary: "@ three in the morning"',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    found: 'a backslash that escapes nothing',
    expected: 'single quotes around text with a backslash',
    write: "summary: 'a\\b'",
  },
  {
    code: 'TAG_RESOLVE_FAILED',
    found: 'a YAML tag',
    expected: 'a value without a tag; quotes make a text of anything',
    write: "seed: '7'",
  },
];

const ANY_OTHER: SyntaxRule = {
  code: '',
  found: 'something that YAML does not allow here',
  expected: 'lines like `key: value` or `- item`, or `{ key: value }` and `[item, item]`',
  write: 'horizon: 20m',
};

/** Reports the first of the parser's errors in our words: one mistake in the syntax makes a parser see many. */
export function reportSyntax(document: Document.Parsed, text: string, report: Report): void {
  const [error] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error === undefined) return;
  const rule = RULES.find((each) => each.code === error.code && error.message.includes(each.says ?? '')) ?? ANY_OTHER;
  const end = Math.min(error.pos[0], text.length);
  const at = rule.unclosed === true ? openingBefore(document, end) : end;
  report.add(at, () => {
    const rest =
      text
        .slice(at, at + 200)
        .split(/\r?\n/, 1)[0]
        ?.trim() ?? '';
    return {
      found: rest === '' ? rule.found : `${rule.found}: ${quote(rest)}`,
      expected: rule.expected,
      write: rule.write,
    };
  });
}

/** Where the quote or bracket was opened that is still open at `end`: the parser only tells where it gave up. */
function openingBefore(document: Document.Parsed, end: number): number {
  let opening = end;
  visit(document, (_, node) => {
    const opens = (isScalar(node) && node.type?.startsWith('QUOTE')) || (isCollection(node) && node.flow);
    if (!opens) return;
    const [start, valueEnd] = (node as ParsedNode).range;
    if (start < end && valueEnd >= end) opening = start;
  });
  return opening;
}

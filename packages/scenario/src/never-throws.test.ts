import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { fakeKinds } from '../test/fake-kinds.ts';
import { FULL_SCENARIO } from '../test/full-scenario.ts';
import { type ParseResult, parseScenario } from './parse.ts';
import { formatProblem } from './problem.ts';

/** Whatever the text: a scenario, or problems with places inside of the text that a terminal can show. */
function expectAnswer(text: string): ParseResult {
  const result = parseScenario(text, 'any.yaml', fakeKinds);
  const problems = result.ok ? [] : result.problems;
  if (!result.ok) expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(20);
  const lines = text.split('\n');
  let previous = 0;
  for (const problem of problems) {
    const { line, column, found, expected, write } = problem;
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] as string).length + 1);
    expect(line * 1e7 + column).toBeGreaterThanOrEqual(previous);
    previous = line * 1e7 + column;
    for (const part of [found, expected, write]) expect(part.trim()).not.toBe('');
    expect(formatProblem(problem, text)).toMatch(/^[^\p{Cc}\p{Cf}\u2028\u2029]*(\n[^\p{Cc}\p{Cf}\u2028\u2029]*)*$/u);
    expect(`${found} ${expected} ${write}`).not.toMatch(/undefined|\[object|NaN|Invalid input/);
  }
  return result;
}

const snippet = fc.oneof(
  fc.constantFrom(
    ...'{}[]:,#&*!|>\'"%@`?- \n\t\r\0\u001b\u2028\ud800\ufeff',
    ': ',
    '- ',
    '\n  ',
    '---\n',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
  ),
  fc.constantFrom(
    'null',
    '~',
    '.nan',
    '-.inf',
    '0x10',
    '1e999',
    '-0',
    '30',
    '30s',
    '__proto__',
    'constructor',
    'orders.',
    '.',
    '->',
    ' <-> ',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

describe('parseScenario answers', () => {
  test('random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void expectAnswer(text)),
      { seed: 7, numRuns: 300 },
    );
  });

  test('random pieces of YAML', () => {
    fc.assert(
      fc.property(fc.array(snippet, { maxLength: 60 }), (pieces) => void expectAnswer(pieces.join(''))),
      { seed: 7, numRuns: 500 },
    );
  });

  test('a valid scenario with pieces cut out, doubled or put in', () => {
    const edit = fc.record({ at: fc.nat(FULL_SCENARIO.length), cut: fc.oneof(fc.nat(3), fc.nat(200)), put: snippet });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = FULL_SCENARIO;
        for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
        expectAnswer(text);
      }),
      { seed: 7, numRuns: 700 },
    );
  });

  test('a valid scenario with one value replaced by any other', () => {
    const full: unknown = parse(FULL_SCENARIO);
    const paths = pathsOf(full);
    const key = fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'orders',
      'fail',
      'cause',
      'lognormal',
      'weight',
      'of',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('none', 'never', '30s', '200/s', 'orders', 'orders.primary', 'a -> b', '', -1, 1e300, 0, null),
      fc.dictionary(key, fc.jsonValue({ maxDepth: 1 })),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, other) => {
        if (expectAnswer(stringify(replaced(full, path, other))).ok) accepted += 1;
      }),
      { seed: 7, numRuns: 1_000 },
    );
    // Some values are as good as the ones they replace: the mutations do not only produce nonsense.
    expect(accepted).toBeGreaterThan(10);
  });
});

type Path = readonly string[];

function pathsOf(data: unknown, path: Path = []): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [path];
  return [path, ...Object.entries(data).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(data: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(data)) return data.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(data as object).map(([name, part]) => [name, name === key ? replaced(part, rest, by) : part]),
  );
}

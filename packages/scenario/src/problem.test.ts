import { describe, expect, test } from 'vitest';
import { formatProblem, type Problem } from './problem.ts';

const problem: Problem = {
  file: 'shop.yaml',
  line: 2,
  column: 10,
  found: 'the number `30` without a unit',
  expected: 'a duration with its unit: d, h, m, s, ms or us',
  write: 'horizon: 30s',
};

describe('formatProblem', () => {
  test('tells place, found, expected and how to write it, over the line with a caret', () => {
    expect(formatProblem(problem, 'seed: 7\nhorizon: 30\n').split('\n')).toEqual([
      'shop.yaml:2:10',
      '  found     the number `30` without a unit',
      '  expected  a duration with its unit: d, h, m, s, ms or us',
      '  write     horizon: 30s',
      '',
      '  2 | horizon: 30',
      '    |          ^',
    ]);
  });

  test('indents an example of several lines', () => {
    const lines = formatProblem({ ...problem, write: 'a: 1\nb: 2' }, '').split('\n');
    expect(lines.slice(3, 5)).toEqual(['  write     a: 1', '            b: 2']);
  });

  test('cuts a long line around the place', () => {
    const text = `\n${'x'.repeat(5_000)}30${'y'.repeat(5_000)}`;
    const [shown, caret] = formatProblem({ ...problem, column: 5_001 }, text)
      .split('\n')
      .slice(-2);
    expect(shown).toBe(`  2 | …${'x'.repeat(60)}30${'y'.repeat(58)}…`);
    expect(caret).toBe(`    | ${' '.repeat(61)}^`);
  });

  test('shows nothing that a terminal would obey, and keeps the caret under its character', () => {
    const lines = formatProblem({ ...problem, file: 'a\u001b[2J.yaml', line: 1, column: 3 }, '\u001b[30').split('\n');
    expect(lines[0]).toBe('a\\u{1b}[2J.yaml:1:3');
    expect(lines.slice(-2)).toEqual(['  1 | \\u{1b}[30', '    |        ^']);
  });

  test('bears a place beyond the end of the text', () => {
    expect(
      formatProblem({ ...problem, line: 9, column: 1 }, 'seed: 7')
        .split('\n')
        .slice(-2),
    ).toEqual(['  9 |', '    | ^']);
  });
});

import { describe, expect, test } from 'vitest';
import { SMALL_SCENARIO } from '../test/bad-input.ts';
import { fakeKinds } from '../test/fake-kinds.ts';
import { parseScenario } from './parse.ts';
import { MAX_SCENARIO_BYTES } from './text-limits.ts';

/** What is found, for a text that has to be refused with a single message. */
function onlyFound(text: string): string {
  const result = parseScenario(text, 'hostile.yaml', fakeKinds);
  expect(result.ok ? [] : result.problems).toHaveLength(1);
  return result.ok ? '' : (result.problems[0]?.found ?? '');
}

const TOO_DEEP = 'more than 32 mappings and lists inside one another';
const TOO_MANY = 'more than 250000 words and marks before this place';

describe('a hostile file gets one message', () => {
  test('a hundred million characters', () => {
    expect(onlyFound('a'.repeat(100_000_000))).toBe('a file of 100000000 characters');
  });

  test('one character too many, where exactly enough are taken', () => {
    const filled = `${SMALL_SCENARIO}#${' '.repeat(MAX_SCENARIO_BYTES - SMALL_SCENARIO.length - 1)}`;
    expect(parseScenario(filled, 'filled.yaml', fakeKinds).ok).toBe(true);
    expect(onlyFound(`${filled} `)).toBe(`a file of ${MAX_SCENARIO_BYTES + 1} characters`);
  });

  test.each([
    ['brackets', '['],
    ['braces', '{a: '],
    ['dashes', '- '],
    ['question marks', '? '],
    ['keys in one line', 'a: '],
    ['mixed brackets', '[{a: '],
  ])('endless %s', (_, piece) => {
    expect(onlyFound(piece.repeat(Math.floor(1_000_000 / piece.length)))).toBe(TOO_DEEP);
  });

  test('stairs of indented keys', () => {
    const stairs = Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`);
    expect(onlyFound(stairs.join('\n'))).toBe(TOO_DEEP);
  });

  test('thirty-two levels are taken, thirty-three are not', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(onlyFound(nested(32))).toBe('a list of 1');
    expect(onlyFound(nested(33))).toBe(TOO_DEEP);
  });

  test('aliases that nest what is nested already', () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `l${level}: &l${level} [${level === 0 ? 'x' : `*l${level - 1}`}]`,
    );
    expect(onlyFound(levels.join('\n'))).toBe(TOO_DEEP);
  });

  test('a billion laughs', () => {
    const levels = Array.from({ length: 10 }, (_, level) => {
      const items = Array.from({ length: 10 }, () => (level === 0 ? 'ha' : `*l${level - 1}`));
      return `l${level}: &l${level} [${items.join(', ')}]`;
    });
    const result = parseScenario(levels.join('\n'), 'laughs.yaml', fakeKinds);
    const found = result.ok ? [] : result.problems.map((problem) => problem.found);
    expect(new Set(found)).toEqual(
      new Set(['`*l2`, with which the aliases of this file repeat more than 10000 values']),
    );
  });

  test.each([
    ['list items', '- a\n'],
    ['brackets that close', '[]\n'],
    ['commas', '[,'.padEnd(300_000, ',')],
    ['tags', '! '],
    ['anchors', '&a '],
  ])('endless %s', (_, piece) => {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length));
    const found = onlyFound(text.slice(0, 1_000_000));
    expect(found).toMatch(new RegExp(`^(${TOO_MANY}|something that YAML does not allow here|a YAML tag)`));
  });

  test('many keys, many of them the same', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index % 29_999}: 1`);
    const result = parseScenario(keys.join('\n'), 'keys.yaml', fakeKinds);
    expect(result.ok ? [] : result.problems.map((problem) => problem.found)).toEqual([
      'the key `k0` a second time in the same mapping',
    ]);
  });

  test('many names, and as many that refer to none of them', () => {
    const clients = Array.from(
      { length: 3_000 },
      (_, index) => `    c${index}: { connectsTo: orders, from: use1-az1 }`,
    );
    const work = Array.from(
      { length: 3_000 },
      (_, index) => `  - { client: d${index}, op: read, arrivals: { every: 1s } }`,
    );
    const text = SMALL_SCENARIO.replace('  clients:\n', `  clients:\n${clients.join('\n')}\n`).replace(
      'workload:\n',
      `workload:\n${work.join('\n')}\n`,
    );
    expect(text.length).toBeLessThan(MAX_SCENARIO_BYTES);
    const result = parseScenario(text, 'names.yaml', fakeKinds);
    expect(result.ok ? [] : result.problems).toHaveLength(20);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FULL_SCENARIO } from '../test/full-scenario.ts';
import { causes } from './causes.ts';
import { alwaysExpectations, boundedMeasures, eventuallyExpectations, sometimesExpectations } from './expectations.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const NOUNS = { az: 'AZ', region: 'Region' } as const;

/** Keys of the full scenario that are no part of the format. */
const NAMED_BY_USERS_AND_KINDS = new Set([
  ...['us-east-1', 'eu-west-1', 'orders', 'orders-replica', 'checkout', 'browsers', 'reports', 'oncall'],
  ...['primary', 'standby', 'volume', 'iops', 'source', 'az', 'detection', 'promotion', 'promote-replica'],
]);

describe('the README', () => {
  test.each([...causes.values()])('has a row that is right for $id', ({ id, targets, options, lasts }) => {
    const row = README.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
    const [, , actsOn = '', written = '', ends = ''] = (row ?? '').split('|').map((cell) => cell.trim());
    expect(actsOn.split(', ')).toEqual(targets.map((on) => NOUNS[on as keyof typeof NOUNS] ?? on));
    expect(ends).toBe(lasts ? 'yes' : 'no');
    const values = Object.entries(options).map(([name, option]) => {
      return `\`${name}: ${option.type === 'bytes' ? `${option.default / 1e9}GB` : option.default}\``;
    });
    expect(written === '' ? [] : [written.split(/(?<=`):/)[0]]).toEqual(values);
  });

  const words = [alwaysExpectations, eventuallyExpectations, sometimesExpectations, boundedMeasures].flatMap(
    Object.keys,
  );

  test.each(words)('names the expectation %s', (word) => {
    expect(README).toContain(`\`${word}\``);
  });

  test('names every key of the format', () => {
    const keys = keysOf(parse(FULL_SCENARIO)).filter((key) => !NAMED_BY_USERS_AND_KINDS.has(key));
    expect(keys.length).toBeGreaterThan(60);
    expect(keys.filter((key) => !new RegExp(`[\`.{ ]${key}[\`:, ]`).test(README))).toEqual([]);
  });
});

function keysOf(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  const own = Array.isArray(data) ? [] : Object.keys(data);
  return [...new Set([...own, ...Object.values(data).flatMap(keysOf)])];
}

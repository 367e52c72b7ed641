import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryScenario } from '../test/arbitrary-scenario.ts';
import { fakeKinds } from '../test/fake-kinds.ts';
import { FULL_SCENARIO } from '../test/full-scenario.ts';
import { parseScenario } from './parse.ts';
import { rateText } from './quantity-text.ts';
import { stringifyScenario } from './stringify.ts';

test('what is written reads back to the same scenario, whatever it is', () => {
  fc.assert(
    fc.property(arbitraryScenario, (scenario) => {
      const result = parseScenario(stringifyScenario(scenario), 'round.yaml', fakeKinds);
      expect(result).toEqual({ ok: true, scenario });
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('a file with every key survives being read, written and read', () => {
  const first = parseScenario(FULL_SCENARIO, 'full.yaml', fakeKinds);
  if (!first.ok) throw new Error('The full scenario does not parse.');
  const text = stringifyScenario(first.scenario);
  expect(parseScenario(text, 'again.yaml', fakeKinds)).toEqual(first);
  expect(stringifyScenario(first.scenario)).toBe(text);
});

test('a seed that looks like a number stays a text', () => {
  const first = parseScenario(FULL_SCENARIO.replace('seed: 7', "seed: '0017'"), 'full.yaml', fakeKinds);
  if (!first.ok) throw new Error('The full scenario does not parse.');
  const again = parseScenario(stringifyScenario(first.scenario), 'again.yaml', fakeKinds);
  expect(again.ok && again.scenario.seed).toBe('0017');
});

test('faults, lists and timings stand on one line each', () => {
  const first = parseScenario(FULL_SCENARIO, 'full.yaml', fakeKinds);
  const lines = first.ok ? stringifyScenario(first.scenario).split('\n') : [];
  expect(lines).toContain('  - { at: 3m, fail: orders.primary, cause: host-failure, silent: false, for: 10m }');
  expect(lines).toContain('  - { at: 4m, fail: orders.orders-2, cause: long-transaction, size: 2GB, for: 1m }');
  expect(lines).toContain('  - { at: 9m, request: failover, of: orders }');
  expect(lines).toContain('    us-east-1: [ use1-az1, use1-az2, use1-az3 ]');
});

test('a rate is written in the unit in which it is exact', () => {
  expect(rateText(200)).toBe('200/s');
  expect(rateText(0.2)).toBe('0.2/s');
  expect(rateText(20 / 60)).toBe('20/m');
  expect(rateText(1 / 3_600)).toBe('1/h');
});

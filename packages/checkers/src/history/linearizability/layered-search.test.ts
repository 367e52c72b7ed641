import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type NaiveStep,
  naiveLock,
  naivelyLinearizable,
  naiveRegister,
  naiveText,
} from '../../../test/naive-linearizability.ts';
import { type RandomCall, randomOperations } from '../../../test/random-history.ts';
import { pairOperations } from '../operations.ts';
import { parseHistory } from '../reading/history-reader.ts';
import { callsToPlace } from './calls.ts';
import { decide } from './decide.ts';
import { keyValue } from './key-value-model.ts';
import { LayeredSearch } from './layered-search.ts';
import { mutex } from './mutex-model.ts';
import { casRegister } from './register-model.ts';
import { LinearizationSearch } from './search.ts';
import type { SequentialModel } from './sequential-model.ts';

const LIMITS = { steps: 1_000_000, bytes: 1 << 26 };
const RUNS = 600;
const LONGEST = 8;

const asked = (f: string, value: fc.Arbitrary<RandomCall['input']>) =>
  value.map((input): RandomCall => ({ f, input, output: input }));
const answered = (f: string, value: fc.Arbitrary<RandomCall['input']>) =>
  value.map((output): RandomCall => ({ f, input: null, output }));
const small = fc.nat(2);

/** Histories of each object, with what it does. */
const CASES: readonly [string, SequentialModel<string>, NaiveStep, fc.Arbitrary<RandomCall>][] = [
  [
    'a register',
    casRegister,
    naiveRegister,
    fc.oneof(answered('read', small), asked('write', small), asked('cas', fc.tuple(small, small))),
  ],
  ['a lock', mutex, naiveLock, fc.oneof(asked('acquire', fc.constant(null)), asked('release', fc.constant(null)))],
  [
    'a text',
    keyValue,
    naiveText,
    fc.oneof(
      answered('get', fc.constantFrom('a', 'ab', 'ba', 'bb')),
      asked('append', fc.constantFrom('a', 'b')),
      asked('put', fc.constantFrom('a', 'b')),
    ),
  ],
];

describe('a search return by return', () => {
  it.each(CASES)('agrees with trying every order: %s', (_, model, step, call) => {
    let [valid, settledSoon] = [0, 0];
    const property = fc.property(randomOperations(call, LONGEST), (operations) => {
      const expected = naivelyLinearizable(operations, step) ? 'valid' : 'invalid';
      const toPlace = callsToPlace(operations, model);
      const exact = new LayeredSearch(toPlace, LIMITS).run();
      expect(exact.verdict).toBe(expected);
      if (expected === 'invalid') {
        // The other search leaves beginnings out that cannot be continued.
        expect(exact.reached).toBeGreaterThanOrEqual(new LinearizationSearch(toPlace, LIMITS).run().reached);
      }
      const hasReused = new LayeredSearch(toPlace, LIMITS, true).run().verdict;
      if (expected === 'valid') expect(hasReused).toBe('valid');
      valid += Number(expected === 'valid');
      settledSoon += Number(hasReused === 'invalid');
    });
    fc.assert(property, { numRuns: RUNS, seed: 7 });
    expect(valid).toBeGreaterThan(RUNS / 20);
    expect(settledSoon).toBeGreaterThan(RUNS / 20);
  });
});

/**
 * A lone client writes and reads in turns while others leave writes in doubt, each of which may have happened at any
 * time later; the last read then returns a value that was last written long before, and by nobody in doubt.
 */
function manyInDoubt(last: number): string {
  const lines: string[] = [];
  const by = (process: number, type: string, f: string, value: unknown) =>
    lines.push(JSON.stringify({ process, type, f, value }));
  const alone = (f: string, value: number): void => {
    by(0, 'invoke', f, f === 'read' ? null : value);
    by(0, 'ok', f, value);
  };
  alone('write', 7);
  for (let turn = 1; turn <= 90; turn++) {
    const [f, value] = turn % 2 === 0 ? ['write', turn % 6] : ['cas', [turn % 6, (turn * 5) % 6]];
    by(turn, 'invoke', f as string, value);
    by(turn, 'info', f as string, null);
    alone('write', turn === 30 ? 7 : turn % 6);
    if (turn % 10 === 0) alone('read', turn === 30 ? 7 : turn % 6);
  }
  alone('read', last);
  return lines.join('\n');
}

describe('a history with much in doubt', () => {
  it.each([
    [7, 'invalid'],
    [0, 'valid'],
  ])('is decided: at last %i is read', (last, verdict) => {
    const toPlace = callsToPlace(pairOperations(parseHistory(manyInDoubt(last))), casRegister);
    expect(decide(toPlace, { steps: 2_000_000, bytes: 1 << 26 }).verdict).toBe(verdict);
  });
});

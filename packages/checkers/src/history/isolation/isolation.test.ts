import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inNoOrder,
  inRealtimeOrder,
  type NaiveOrder,
  naivelySerializable,
} from '../../../test/naive-serializability.ts';
import { type RandomCall, randomOperations } from '../../../test/random-history.ts';
import { type StoreKind, TransactionStore } from '../../../test/transaction-store.ts';
import type { Verdict } from '../history.ts';
import type { Operation } from '../operations.ts';
import type { IsolationResult } from './isolation-check.ts';
import { checkListAppend } from './list-append.ts';
import { checkRwRegister } from './rw-register.ts';

fc.configureGlobal({ seed: 7 });

const budget = () => ({ left: 10_000_000 });
const lists = (operations: readonly Operation[], model: string): IsolationResult =>
  checkListAppend(operations, model, budget());

/** A stream of numbers from a seed: Lehmer's generator, good enough to vary histories. */
function numbers(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const history = (kind: StoreKind, seed: number, transactions = 30) =>
  new TransactionStore(kind, numbers(seed)).run(transactions);

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed * 7_919 + 1);

/** How often histories of a store have which verdict, and which anomalies were found. */
function survey(kind: StoreKind, model: string): { readonly verdicts: Set<Verdict>; readonly found: Set<string> } {
  const results = SEEDS.map((seed) => lists(history(kind, seed), model));
  return {
    verdicts: new Set(results.map(({ verdict }) => verdict)),
    found: new Set(results.flatMap(({ anomalies }) => anomalies.map(({ name }) => name))),
  };
}

describe('what a store promises is found to hold', () => {
  it.each<[StoreKind, string]>([
    ['serial', 'strict-serializable'],
    ['snapshot', 'strong-snapshot-isolation'],
    ['forked', 'parallel-snapshot-isolation'],
    ['stale', 'serializable'],
  ])('%s obeys %s', (kind, model) => {
    expect([...survey(kind, model).verdicts]).toEqual(['valid']);
  });
});

describe('what a store breaks is found by name', () => {
  it.each<[StoreKind, string, string]>([
    ['snapshot', 'serializable', 'G2-item'],
    ['lost-updates', 'cursor-stability', 'lost-update'],
    ['lost-updates', 'read-committed', 'incompatible-order'],
    ['dirty', 'read-committed', 'G1a'],
    ['dirty', 'read-committed', 'dirty-update'],
    ['stale', 'strict-serializable', 'G-single-realtime'],
    ['stale', 'strong-session-serializable', 'G-single-process'],
    ['stale', 'monotonic-reads', 'non-monotonic-reads'],
    ['stale', 'read-your-writes', 'not-read-your-writes'],
    ['forked', 'snapshot-isolation', 'long-fork'],
  ])('%s is not always %s: %s', (kind, model, anomaly) => {
    const { verdicts, found } = survey(kind, model);
    expect(verdicts).toContain('invalid');
    expect(found).toContain(anomaly);
  });
});

/** Values that are unique in each history, as the checkers ask for: the draw numbers them anew. */
function transactionsWith(write: 'append' | 'w') {
  const key = fc.constantFrom('x', 'y');
  const value = fc.option(fc.nat(3), { nil: null, freq: 3 });
  const seen = write === 'w' ? value : fc.array(fc.nat(3), { maxLength: 2 });
  const form = fc.oneof(fc.tuple(fc.constant('r'), key, seen), fc.tuple(fc.constant(write), key, fc.constant(null)));
  const call = fc.array(form, { minLength: 1, maxLength: 3 }).map((forms): RandomCall => {
    const asked = forms.map(([f, at, answer]) => [f, at, f === 'r' ? null : answer]);
    return { f: 'txn', input: asked, output: forms };
  });
  return randomOperations(call, 5).map(withUniqueWrites);
}

function withUniqueWrites(operations: readonly Operation[]): readonly Operation[] {
  let next = 0;
  return operations.map((operation) => {
    const first = next;
    const numbered = (forms: unknown) => {
      let value = first;
      const all = (forms as readonly (readonly [string, string, never])[]).map(([f, key, answer]) =>
        f === 'r' ? [f, key, answer] : [f, key, value++],
      );
      next = Math.max(next, value);
      return all;
    };
    return { ...operation, input: numbered(operation.input), output: operation.output && numbered(operation.output) };
  });
}

/** Lists that were never appended to may read as nil or as empty: the naive search knows nil. */
const emptyAsNil = (operations: readonly Operation[]): readonly Operation[] =>
  operations.map((operation) => ({
    ...operation,
    output: operation.output && JSON.parse(JSON.stringify(operation.output).replaceAll('[]', 'null')),
  }));

describe('verdicts agree with trying every order', () => {
  it.each<[string, NaiveOrder]>([
    ['strict-serializable', inRealtimeOrder],
    ['serializable', inNoOrder],
  ])('for lists and %s, both ways', (model, order) => {
    const counts = { valid: 0, invalid: 0, unknown: 0 };
    fc.assert(
      fc.property(transactionsWith('append'), (operations) => {
        const expected = naivelySerializable(emptyAsNil(operations), order) ? 'valid' : 'invalid';
        const { verdict } = lists(operations, model);
        counts[verdict]++;
        expect(verdict).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(50);
  });

  it.each<[string, NaiveOrder, boolean]>([
    ['strict-serializable', inRealtimeOrder, false],
    ['strict-serializable', inRealtimeOrder, true],
    ['serializable', inNoOrder, false],
  ])('for registers and %s: whatever is called invalid is', (model, order, linearizableKeys) => {
    let invalid = 0;
    fc.assert(
      fc.property(transactionsWith('w'), (operations) => {
        const { verdict } = checkRwRegister(operations, model, budget(), { linearizableKeys });
        // A read of what nobody wrote contradicts every order, and the checker takes it for older than the history.
        if (verdict !== 'invalid') return;
        invalid++;
        expect(naivelySerializable(operations, order)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
    expect(invalid).toBeGreaterThan(50);
  });

  it('for histories of a serial store: never invalid', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(lists(history('serial', seed, 12), 'strict-serializable').verdict).toBe('valid');
      }),
      { numRuns: 100 },
    );
  });
});

describe('a budget that is too small', () => {
  it('leaves the verdict open', () => {
    const result = checkListAppend(history('snapshot', 1, 60), 'serializable', { left: 3 });
    expect(result.verdict).not.toBe('valid');
    expect(result.doubts.join()).toMatch(result.verdict === 'unknown' ? 'ran out of its budget' : '');
  });
});

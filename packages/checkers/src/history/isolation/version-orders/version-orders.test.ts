import { describe, expect, it } from 'vitest';
import {
  inNoOrder,
  inProcessOrder,
  inRealtimeOrder,
  type NaiveOrder,
  naivelySerializable,
} from '../../../../test/naive-serializability.ts';
import { naivelySnapshotIsolated } from '../../../../test/naive-snapshot-isolation.ts';
import { timingOutRegisters } from '../../../../test/timing-out-registers.ts';
import { WeakStore } from '../../../../test/weak-store.ts';
import { type Operation, pairOperations } from '../../operations.ts';
import { parseHistory } from '../../reading/history-reader.ts';
import type { IsolationResult } from '../isolation-check.ts';
import { checkListAppend } from '../list-append.ts';
import { checkRwRegister } from '../rw-register.ts';

const HISTORIES = 600;

/** A stream of numbers from a seed: Lehmer's generator, good enough to vary histories. */
function numbers(seed: number): () => number {
  let state = ((seed * 7_919) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function check(write: 'append' | 'w', operations: readonly Operation[], model: string): IsolationResult {
  const budget = { left: 10_000_000 };
  if (write === 'append') return checkListAppend(operations, model, budget);
  return checkRwRegister(operations, model, budget, { linearizableKeys: false });
}

const ORACLES: readonly (readonly [model: string, oracle: typeof naivelySerializable, order: NaiveOrder])[] = [
  ['serializable', naivelySerializable, inNoOrder],
  ['strong-session-serializable', naivelySerializable, inProcessOrder],
  ['strict-serializable', naivelySerializable, inRealtimeOrder],
  ['snapshot-isolation', naivelySnapshotIsolated, inNoOrder],
  ['strong-session-snapshot-isolation', naivelySnapshotIsolated, inProcessOrder],
  ['strong-snapshot-isolation', naivelySnapshotIsolated, inRealtimeOrder],
];

describe('verdicts on a weak store agree with trying every order', () => {
  it.each(ORACLES)('of transactions, for %s', (model, oracle, order) => {
    const counts = { valid: 0, invalid: 0, unknown: 0 };
    for (let seed = 0; seed < HISTORIES; seed++) {
      const write = seed % 2 === 0 ? 'append' : 'w';
      const chance = numbers(seed);
      const operations = new WeakStore(write, chance).run(2 + (seed % 4));
      const { verdict } = check(write, operations, model);
      counts[verdict]++;
      expect({ seed, verdict }).toEqual({ seed, verdict: oracle(operations, order) ? 'valid' : 'invalid' });
    }
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(30);
  });
});

const history = (text: string): readonly Operation[] => pairOperations(parseHistory(text));

/** Two writers of both keys overlap, and whoever reads sees one of them in each. */
const SKEW = history(`
  {:process 0 :type :invoke :value [[:w x 1] [:w y 1]]}
  {:process 1 :type :invoke :value [[:w x 2] [:w y 2]]}
  {:process 0 :type :ok :value [[:w x 1] [:w y 1]]}
  {:process 1 :type :ok :value [[:w x 2] [:w y 2]]}
  {:process 2 :type :invoke :value [[:r x nil] [:r y nil]]}
  {:process 2 :type :ok :value [[:r x 1] [:r y 2]]}`);

describe('blind writes of which nobody saw the order', () => {
  it.each(['parallel-snapshot-isolation', 'snapshot-isolation', 'repeatable-read', 'serializable'])(
    'contradict %s if neither can have come first',
    (model) => expect(check('w', SKEW, model).verdict).toBe('invalid'),
  );

  it.each(['read-uncommitted', 'read-committed'])('obey %s if it allows what each order ends in', (model) =>
    expect(check('w', SKEW, model).verdict).toBe('valid'),
  );

  it('come with a proof: each order, and the cycle in which it ends', () => {
    const [anomaly] = check('w', SKEW, 'serializable').anomalies;
    expect(anomaly?.name).toBe('G2-item');
    expect(anomaly?.lines.filter((line) => line.startsWith('Suppose'))).toEqual([
      'Suppose that 1 came to x before 2.',
      'Suppose that 1 came to y before 2.',
      'Suppose that 2 came to y before 1.',
    ]);
    expect(anomaly?.lines.filter((line) => line.endsWith(': a contradiction.'))).toHaveLength(4);
  });

  it.each(ORACLES)('leave a long history of a right store valid, time-outs and all, for %s', (model) => {
    for (const seed of [1, 2]) {
      const operations = timingOutRegisters(3_000, numbers(seed));
      const { verdict } = checkRwRegister(operations, model, { left: 50_000_000 }, { linearizableKeys: false });
      expect({ seed, verdict }).toEqual({ seed, verdict: 'valid' });
    }
  });

  it('leave the verdict open if the budget ends first', () => {
    const result = checkRwRegister(SKEW, 'serializable', { left: 2 }, { linearizableKeys: false });
    expect(result.verdict).toBe('unknown');
    expect(result.doubts.join()).toContain('ran out of its budget');
  });
});

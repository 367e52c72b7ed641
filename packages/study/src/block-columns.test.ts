import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf, summariesOf } from './block-columns.ts';
import { fromJson, toJson } from './executors/block-json.ts';
import type { TrialSummary } from './trial-summary.ts';

const us = fc.oneof(fc.nat(2 ** 40), fc.double({ min: 0, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
const count = fc.nat(100_000);
// Few words, so that some trials say the same and others nearly the same.
const word = fc.constantFrom('detection', 'promotion', '', 'null', 'dba,');
const outcome = fc.record({
  recoveryUs: us,
  failed: count,
  indeterminate: count,
  lost: count,
  lossSpanUs: us,
  lostUpdates: count,
  phases: fc.array(fc.record({ phase: word, actor: fc.option(word), us }), { maxLength: 4 }),
  steps: fc.array(fc.record({ step: word, who: word, done: fc.boolean() }), { maxLength: 3 }),
});

it('columns give back every summary as it was, also through text and through another thread', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 40 }), fc.integer({ min: 1, max: 1e6 }), (outcomes, from) => {
      const summaries: readonly TrialSummary[] = outcomes.map((one, index) => ({ trial: from + index, ...one }));
      const columns = columnsOf(from, summaries);
      expect(summariesOf(columns)).toEqual(summaries);
      expect(fromJson(toJson(columns))).toEqual(columns);
      expect(structuredClone(columns)).toEqual(columns);
    }),
    { seed: 7 },
  );
});

it('say in words only once what many trials share', () => {
  const summary = {
    ...{ recoveryUs: 1, failed: 0, indeterminate: 0, lost: 0, lossSpanUs: 0, lostUpdates: 0 },
    phases: [{ phase: 'detection', actor: 'provider', us: 1 }],
    steps: [{ step: 'promote', who: 'dba', done: true }],
  };
  const columns = columnsOf(
    1,
    Array.from({ length: 1_000 }, (_, index) => ({ trial: index + 1, ...summary })),
  );
  expect([columns.courses.length, columns.calls.length]).toEqual([1, 1]);
  expect(toJson(columns).length).toBeLessThan(20_000);
});

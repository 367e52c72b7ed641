import { expect, it } from 'vitest';
import { measure } from './summary.ts';
import { TableMemory } from './table-memory.ts';
import { fault, fork, op, ops, seconds, state, traceOf } from './testing/trace-builder.ts';
import { TrialFold } from './trial-fold.ts';

const resolved = { faults: [{ atUs: seconds(100) }] };
const fail = { outcome: 'fail', error: 'connection-refused' } as const;
const written = Array.from({ length: 50 }, (_, n) => op(n, { op: n + 1, position: { timeline: 1, lsn: n + 1 } }));
const outage = [
  fault(100),
  state(105, 'promoting', 'promotion'),
  state(120, 'available'),
  fork(110, 1, 2, 45),
  ...ops(100, 125, 0.1, fail),
];
const trace = traceOf([...written, ...outage, ...ops(125, 590, 0.1)], { resolved });

it('measures the same as a whole run does', () => {
  const fold = new TrialFold();
  for (const record of trace) fold.add(record);
  const { recovery, waterfalls, dataLoss, operatorSteps, endedAtUs } = measure(trace);
  expect(fold.result()).toEqual({ recovery, waterfalls, dataLoss, operatorSteps, endedAtUs });
  expect(dataLoss[0]!.lost).toBe(5);
});

it('is settled long before the end, with the same recovery', () => {
  const fold = new TrialFold();
  let seen = 0;
  for (const record of trace) {
    fold.add(record);
    seen++;
    if (fold.settled) break;
  }
  expect(seen).toBeLessThan(trace.length / 4);
  const { recovery, waterfalls, dataLoss } = fold.result();
  expect(recovery[0]).toMatchObject({ recovered: true, recoveryTimeUs: seconds(25.005) });
  expect(waterfalls).toEqual(measure(trace).waterfalls);
  expect(dataLoss[0]!.lost).toBe(5);
});

it('takes over the memory of a trial before it, and nothing else of it', () => {
  const memory = new TableMemory();
  const calm = traceOf([...written, fault(100), ...ops(100, 200, 0.1)], { resolved });
  const results = [trace, calm, trace].map((one) => {
    const fold = new TrialFold({}, memory);
    for (const record of one) fold.add(record);
    return fold.result();
  });
  expect(results.map(({ dataLoss }) => dataLoss[0]!.lost)).toEqual([5, 0, 5]);
  const { recovery, waterfalls, dataLoss } = measure(calm);
  expect(results[1]).toMatchObject({ recovery, waterfalls, dataLoss });
  expect(results[2]).toEqual(results[0]);
});

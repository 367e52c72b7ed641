import type { TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fold } from './fold.ts';
import { RunFold } from './summary.ts';
import { connect, disconnect, fault, fork, node, op, repoint, resolve, traceOf } from './testing/trace-builder.ts';
import { TrialFold } from './trial-fold.ts';
import { ViewFold } from './view/view-fold.ts';

const at = fc.integer({ min: 0, max: 60_000 }).map((ms) => ms / 1_000);
const client = fc.integer({ min: 0, max: 3 });
const host = fc.constantFrom('orders-1', 'orders-2');

const operation = fc
  .record({
    at,
    took: fc.constantFrom(0.005, 0.4, 3),
    client,
    action: fc.constantFrom('write' as const, 'read' as const),
    node: fc.option(host, { nil: undefined }),
    via: fc.option(fc.constant('proxy-1'), { nil: undefined }),
    database: fc.constantFrom('orders', 'copy'),
    outcome: fc.constantFrom('ok' as const, 'ok' as const, 'fail' as const, 'indeterminate' as const),
    position: fc.option(fc.record({ timeline: fc.integer({ min: 1, max: 2 }), lsn: fc.nat(50) }), { nil: undefined }),
    staleUs: fc.option(fc.nat(5), { nil: undefined }),
  })
  .map(({ at, ...fields }) =>
    op(at, fields.outcome === 'ok' ? fields : { ...fields, error: 'socket-timeout', staleUs: undefined }),
  );
const record = fc.oneof(
  { arbitrary: operation, weight: 6 },
  fc.tuple(at, client, host).map(([time, who, name]) => connect(time, who, name)),
  fc.tuple(at, client, host).map(([time, who, name]) => disconnect(time, who, name)),
  fc.tuple(at, client, fc.option(host)).map(([time, who, name]) => resolve(time, who, name)),
);
const happened = [fault(20), node(20, 'orders-1', false), fork(24, 1, 2, 25), repoint(25, 'orders-2')];
const traces = fc
  .array(record, { minLength: 20, maxLength: 120 })
  .map((records) => traceOf([...records, ...happened], { endAt: 70, databases: ['orders', 'copy'] }));

const REUSED: ReadonlySet<string> = new Set(['op', 'connect', 'resolve', 'disconnect']);

/** Writes one record over another, down to the objects in it; what the new one does not have becomes undefined. */
function overwrite(target: Record<string, unknown>, source: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(target)) if (!(key in source)) target[key] = undefined;
  for (const [key, value] of Object.entries(source)) {
    const known = target[key];
    if (isObject(known) && isObject(value)) overwrite(known, value);
    else target[key] = isObject(value) ? { ...value } : value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shows a fold the trace through one object for each type of client record. */
function foldReused<Result>(fold: Pick<Fold<Result>, 'add' | 'result'>, trace: readonly TraceRecord[]): Result {
  const objects = new Map<string, Record<string, unknown>>();
  for (const one of trace) {
    if (!REUSED.has(one.type)) {
      fold.add(one);
      continue;
    }
    const object = objects.get(one.type) ?? {};
    objects.set(one.type, object);
    overwrite(object, { ...one });
    fold.add(object as unknown as TraceRecord);
  }
  return fold.result();
}

function foldFresh<Result>(fold: Pick<Fold<Result>, 'add' | 'result'>, trace: readonly TraceRecord[]): Result {
  for (const one of trace) fold.add(one);
  return fold.result();
}

const folds: readonly (readonly [string, () => Pick<Fold<unknown>, 'add' | 'result'>])[] = [
  ['a trial', () => new TrialFold()],
  ['a run', () => new RunFold()],
  ['the view', () => new ViewFold()],
];

it.each(folds)('the fold of %s keeps nothing of a record that is filled again', (_, make) => {
  fc.assert(
    fc.property(traces, (trace) => {
      expect(foldReused(make(), trace)).toEqual(foldFresh(make(), trace));
    }),
    { seed: 7, numRuns: 100 },
  );
});

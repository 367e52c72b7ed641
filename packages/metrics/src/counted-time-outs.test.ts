import type { ConnectRecord, OpRecord, TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connect, fault, op, resolve, seconds, traceOf } from './testing/trace-builder.ts';
import { TrialFold } from './trial-fold.ts';

const at = fc.integer({ min: 0, max: 60_000 }).map((ms) => ms / 1_000);
const client = fc.integer({ min: 0, max: 3 });
const action = fc.constantFrom('write' as const, 'read' as const);
const took = fc.constantFrom(0.005, 0.4, 3);
const succeeded = fc.record({ at, client, action, took }).map(({ at, ...fields }) => op(at, fields));
const refused = fc
  .record({ at, client, action, took })
  .map(({ at, ...fields }) => op(at, { ...fields, outcome: 'fail', error: 'read-only' }));
const timedOut = fc
  .record({ at, client, action, took: fc.constantFrom(2, 5) })
  .map(({ at, ...fields }) => op(at, { ...fields, outcome: 'fail', error: TIMED_OUT }));
const attempt = { type: 'connect', cohort: 'checkout', node: 'orders-1', outcome: 'timeout' } as const;
const other = fc.oneof(
  fc.tuple(at, client).map(([time, who]) => connect(time, who, 'orders-2')),
  fc.tuple(at, client).map(([time, who]): TraceRecord => {
    const startedAtUs = seconds(time) - seconds(2);
    return { ...attempt, atUs: seconds(time), client: who, startedAtUs };
  }),
  fc.tuple(at, client).map(([time, who]) => resolve(time, who, 'orders-2')),
);
const TIMED_OUT = 'connection-timeout';

const traces = fc
  .array(fc.oneof(succeeded, refused, { arbitrary: timedOut, weight: 4 }, other), { minLength: 20, maxLength: 120 })
  .map((records) =>
    traceOf([...records, fault(20), fault(40)], { endAt: 80, resolved: { faults: [{ atUs: seconds(20) }] } }),
  );

function isTimeOut(record: TraceRecord): record is OpRecord {
  return record.type === 'op' && record.error === TIMED_OUT;
}

/** The attempt to connect that ended as the operation did. */
function attemptOf({ atUs, client, invokedAtUs }: OpRecord): ConnectRecord {
  return { ...attempt, atUs, client, startedAtUs: invokedAtUs };
}

/** Shows a trial a trace up to where it is settled. Returns how many operations that was, and its result. */
function trialOf(trace: readonly TraceRecord[], show: (fold: TrialFold, record: TraceRecord) => void): unknown {
  const fold = new TrialFold();
  let operations = 0;
  for (const record of trace) {
    if (record.type === 'op') operations++;
    show(fold, record);
    if (fold.settled) break;
  }
  return { operations, result: fold.result() };
}

it('a trial that is told of time-outs finds what their records say', () => {
  fc.assert(
    fc.property(traces, (trace) => {
      const recorded = trialOf(trace, (fold, record) => {
        if (isTimeOut(record)) fold.add(attemptOf(record));
        fold.add(record);
      });
      expect(trialOf(trace, tell)).toEqual(recorded);
    }),
    { seed: 7, numRuns: 300 },
  );
});

/** Time-outs by calls, everything else by its record. */
function tell(fold: TrialFold, record: TraceRecord): void {
  if (record.type === 'connect' && record.outcome === 'timeout')
    fold.listenerTo(record.cohort).attemptTimedOut(record.client, record.atUs);
  else if (isTimeOut(record)) {
    const { client, op, action, invokedAtUs, atUs } = record;
    fold.listenerTo(record.cohort).connectTimedOut(client, op, action, invokedAtUs, atUs);
  } else fold.add(record);
}

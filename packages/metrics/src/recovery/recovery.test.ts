import type { TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connect,
  fault,
  header,
  type OpOptions,
  op,
  ops,
  seconds,
  type TraceOptions,
  traceOf,
} from '../testing/trace-builder.ts';
import { RecoveryFold } from './recovery.ts';
import type { RecoveryResult } from './recovery-result.ts';

const FAIL: OpOptions = { outcome: 'fail', error: 'connection-refused' };
const TIME_OUT: OpOptions = { outcome: 'indeterminate', error: 'socket-timeout' };

function recoveryOf(records: readonly TraceRecord[], options: TraceOptions = {}): RecoveryResult {
  const fold = new RecoveryFold();
  for (const record of traceOf(records, options)) fold.add(record);
  return fold.result()[0] as RecoveryResult;
}

const working = (from: number, to: number): readonly TraceRecord[] => ops(from, to, 0.1);
const failing = (from: number, to: number): readonly TraceRecord[] => ops(from, to, 0.1, FAIL);

describe('recovery time', () => {
  it('runs from the fault to the completion of the first success after the last failure', () => {
    const result = recoveryOf([...working(0, 100), fault(100), ...failing(100, 130), ...working(130, 300)]);
    expect(result).toMatchObject({ affected: true, recovered: true, faultAtUs: seconds(100) });
    expect(result.recoveryTimeUs).toBe(seconds(30.005));
    expect(result.timeToFirstSuccessUs).toBe(seconds(30.005));
    expect(result.interruptions).toEqual([{ faultAtUs: seconds(100), fromUs: seconds(100), toUs: seconds(130.005) }]);
    expect(result.outage).toEqual({ ok: 0, failed: 300, indeterminate: 0 });
    expect(result.overall).toEqual({ ok: 2_700, failed: 300, indeterminate: 0 });
  });

  it('is 0 when nothing went wrong', () => {
    const result = recoveryOf([...working(0, 100), fault(100), ...working(100, 200)]);
    expect(result).toMatchObject({
      affected: false,
      recovered: true,
      recoveryTimeUs: 0,
      timeToFirstSuccessUs: 0,
      clientsP99Us: 0,
    });
  });

  it('does not wait for transactions that a database at work refuses to keep them apart', () => {
    const refused: OpOptions = { outcome: 'fail', error: 'serialization-failure' };
    const mixed = [...working(130, 300), ...ops(130, 300, 5, refused)].sort((a, b) => a.atUs - b.atUs);
    const result = recoveryOf([...working(0, 100), fault(100), ...failing(100, 130), ...mixed]);
    expect(result.recoveryTimeUs).toBe(seconds(30.005));
    expect(result.overall.failed).toBe(300 + 34);
  });

  it('is null when service never came back', () => {
    const result = recoveryOf([...working(0, 100), fault(100), ...failing(100, 600)]);
    expect(result).toMatchObject({
      affected: true,
      recovered: false,
      recoveryTimeUs: null,
      timeToFirstSuccessUs: null,
      clientsP99Us: null,
    });
    expect(result.interruptions[0]?.toUs).toBeNull();
  });

  it('is unconfirmed when the run ended before it was stable', () => {
    const records = [fault(100), ...failing(100, 130), ...working(130, 139)];
    expect(recoveryOf(records, { endAt: 139 })).toMatchObject({
      recovered: 'unconfirmed',
      recoveryTimeUs: seconds(30.005),
    });
    expect(recoveryOf(records, { endAt: 141 }).recovered).toBe(true);
  });

  it('goes on through successes that did not last', () => {
    const result = recoveryOf([
      fault(100),
      ...failing(100, 110),
      ...working(110, 119),
      ...failing(119, 125),
      ...working(125, 200),
    ]);
    expect(result.interruptions).toHaveLength(1);
    expect(result.recoveryTimeUs).toBe(seconds(25.005));
    expect(result.timeToFirstSuccessUs).toBe(seconds(10.005));
    // Successes in between belong to the outage.
    expect(result.outage.ok).toBe(90);
  });

  it('judges an operation by its invocation: an old time-out that expires late interrupts nothing', () => {
    const hanging = [1, 2, 3].map((client) => op(99.99, { ...TIME_OUT, client, took: 60 }));
    const result = recoveryOf([...hanging, fault(100), ...failing(100, 120), ...working(120, 300)]);
    expect(result.recoveryTimeUs).toBe(seconds(20.005));
    expect(result.interruptions).toHaveLength(1);
    expect(result.outage.indeterminate).toBe(3);
  });

  it('learns late of an operation that went wrong after service seemed back', () => {
    const late = op(125, { ...TIME_OUT, client: 3, took: 30 });
    const result = recoveryOf([fault(100), ...failing(100, 120), ...working(120, 300), late]);
    expect(result.recoveryTimeUs).toBe(seconds(25.105));
    expect(result.timeToFirstSuccessUs).toBe(seconds(20.005));
  });

  it('finds an interruption between two others, and joins what was never stable', () => {
    const late = op(150, { ...TIME_OUT, client: 3, took: 100 });
    const apart = recoveryOf([
      fault(100),
      ...failing(100, 105),
      ...working(105, 200),
      ...failing(200, 205),
      ...working(205, 300),
      late,
    ]);
    expect(apart.interruptions.map(({ fromUs }) => fromUs / 1e6)).toEqual([100, 150, 200]);
    const bridge = op(112, { ...TIME_OUT, client: 3, took: 100 });
    const joined = recoveryOf([
      fault(100),
      ...failing(100, 105),
      ...working(105, 120),
      ...failing(120, 125),
      ...working(125, 300),
      bridge,
    ]);
    expect(joined.interruptions).toEqual([{ faultAtUs: seconds(100), fromUs: seconds(100), toUs: seconds(125.005) }]);
  });

  it('counts an operation in flight at the fault from the fault on', () => {
    const result = recoveryOf([op(99.998, { ...FAIL, took: 0.01 }), fault(100), ...working(100.02, 200)]);
    expect(result.interruptions[0]).toMatchObject({ faultAtUs: seconds(100), fromUs: seconds(100) });
    expect(result.recoveryTimeUs).toBe(seconds(0.025));
  });

  it('takes an operation that succeeds only after a stall for an interruption', () => {
    const held = ops(100, 139, 0.1).map((each) => ({ ...each, atUs: seconds(140) }));
    const result = recoveryOf([...working(0, 100), fault(100), ...held, ...working(140, 300)]);
    expect(result).toMatchObject({ affected: true, recovered: true, recoveryTimeUs: seconds(40) });
    expect(result.overall.failed).toBe(0);
  });

  it('is never for clients whose operations hang to the end of the run', () => {
    const hanging = [0, 1, 2, 3].map((client) =>
      op(100.1, { outcome: 'indeterminate', error: 'run-ended', client, took: 499.9 }),
    );
    const result = recoveryOf([...working(0, 100), fault(100), ...hanging]);
    expect(result).toMatchObject({ affected: true, recovered: false, recoveryTimeUs: null, unfinished: 4 });
    expect(result.overall).toEqual({ ok: 1_000, failed: 0, indeterminate: 0 });
  });

  it('ignores operations that were merely in flight when the run ended, and failures before any fault', () => {
    const last = op(599.99, { outcome: 'indeterminate', error: 'run-ended', took: 0.01 });
    const result = recoveryOf([...failing(0, 5), ...working(5, 599.9), fault(100), last]);
    expect(result).toMatchObject({
      affected: false,
      unfinished: 1,
      outage: { ok: 0, failed: 0 },
      overall: { failed: 50 },
    });
  });
});

describe('recovery from several faults', () => {
  it('runs from the first fault that had an effect to the last recovery', () => {
    const first = [fault(50), ...working(50, 100), fault(100), ...working(100, 102), ...failing(102, 130)];
    const second = [fault(200, { index: 1 }), ...working(200, 201), ...failing(201, 220), ...working(220, 300)];
    const result = recoveryOf([...first, ...working(130, 200), ...second]);
    expect(result.faultAtUs).toBe(seconds(100));
    expect(result.recoveryTimeUs).toBe(seconds(120.005));
    expect(result.interruptions).toEqual([
      { faultAtUs: seconds(100), fromUs: seconds(102), toUs: seconds(130.005) },
      { faultAtUs: seconds(200), fromUs: seconds(201), toUs: seconds(220.005) },
    ]);
    // From each fault to the end of its interruption: the seconds before the first failure had 20 and 10 successes.
    expect(result.outage.ok).toBe(30);
  });

  it('leaves out faults that had nothing to act on', () => {
    const result = recoveryOf([
      fault(90, { effective: false }),
      fault(100),
      ...failing(100, 110),
      ...working(110, 200),
    ]);
    expect(result.faultAtUs).toBe(seconds(100));
  });
});

describe('time until 99 % of the clients work', () => {
  it('waits for the last of four clients, however early the cohort recovered', () => {
    const slow = op(105, { ...TIME_OUT, client: 2, took: 60 });
    const others = working(120, 165).filter((record) => record.type === 'op' && record.client !== 2);
    const result = recoveryOf([
      fault(100),
      ...failing(100, 105),
      slow,
      ...failing(105, 120),
      ...others,
      ...working(170, 300),
    ]);
    expect(result.recoveryTimeUs).toBe(seconds(20.005));
    expect(result.clientsP99Us).toBe(seconds(70.205));
  });

  it('needs 99 of a hundred', () => {
    const records = [
      fault(100),
      ...ops(100, 110, 0.1, { ...FAIL, clients: 100 }),
      ...ops(110, 120, 0.1, { clients: 100 }),
    ];
    expect(recoveryOf(records, { clients: 100 }).clientsP99Us).toBe(seconds(19.805));
    const few = records.slice(0, -2);
    expect(recoveryOf(few, { clients: 100 }).clientsP99Us).toBeNull();
  });
});

describe('settled', () => {
  const resolved = {
    faults: [{ atUs: seconds(100), forUs: seconds(400) }],
    topology: {
      clients: {
        checkout: {
          driver: { connectTimeoutUs: seconds(2), socketTimeoutUs: seconds(5) },
          pool: { borrowTimeoutUs: 0 },
        },
      },
    },
  };

  function settledAt(records: readonly TraceRecord[], scenario: unknown, options = {}): number | null {
    const fold = new RecoveryFold(options);
    for (const record of traceOf(records, { resolved: scenario })) {
      fold.add(record);
      if (fold.settled) return record.atUs / 1e6;
    }
    return null;
  }

  const outage = [...working(0, 100), fault(100), ...failing(100, 130), ...working(130, 590)];

  it('comes once service was stable and everything that began before was heard of', () => {
    // Back at 130.005 s, stable for 10 s, and with the first that begins later and succeeds.
    expect(settledAt(outage, resolved)).toBeCloseTo(140.105, 3);
  });

  it('waits for an operation that is silent, as long as its time-outs allow', () => {
    const silent = (tookS: number) => op(131, { took: tookS, outcome: 'fail', error: 'connection-timeout' });
    expect(settledAt([...outage, silent(12)], resolved)).toBeCloseTo(143, 3);
    // 5 s after service was stable it would have been heard of.
    expect(settledAt([...outage, silent(60)], resolved)).toBeCloseTo(145.005, 3);
  });

  it('waits for a client that has not worked since, for as long as a time-out', () => {
    const three = [...ops(0, 100, 0.1), fault(100), ...ops(100, 130, 0.1, FAIL), ...ops(130, 590, 0.1, { clients: 3 })];
    const back = (at: number) => op(at, { client: 3 });
    expect(settledAt([...three, back(142)], resolved)).toBeCloseTo(142.005, 3);
    expect(settledAt([...three, back(150)], resolved)).toBeCloseTo(145.005, 3);
  });

  it('comes for a cohort that was not affected', () => {
    expect(settledAt([...working(0, 100), fault(100), ...working(100, 590)], resolved)).toBeCloseTo(110.105, 3);
  });

  it('waits for faults that are still to come, and for healing if asked to', () => {
    const later = { ...resolved, faults: [...resolved.faults, { atUs: seconds(300), forUs: null }] };
    expect(settledAt(outage, later)).toBeCloseTo(310.105, 3);
    expect(settledAt(outage, resolved, { awaitHealing: true })).toBeCloseTo(510.105, 3);
  });

  it('does not come while operations go wrong, nor without a fault', () => {
    expect(settledAt([...working(0, 100), fault(100), ...failing(100, 590)], resolved)).toBeNull();
    expect(settledAt(working(0, 590), { faults: [] })).toBeNull();
  });

  it('does not depend on how often it is asked for', () => {
    fc.assert(
      fc.property(outages(), (spans) => {
        const records = traceOf(recordsOf(spans), { resolved });
        const asked = new RecoveryFold();
        const settledWith = records.findIndex((record) => {
          asked.add(record);
          return asked.settled;
        });
        const places = settledWith < 0 ? [records.length - 1] : [settledWith - 1, settledWith];
        const once = places.map((last) => {
          const fold = new RecoveryFold();
          for (const record of records.slice(0, last + 1)) fold.add(record);
          return fold.settled;
        });
        expect(once).toEqual(settledWith < 0 ? [false] : [false, true]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('leaves out nothing that began before service was stable', () => {
    fc.assert(
      fc.property(outages(), (spans) => {
        const records = recordsOf(spans);
        const fold = new RecoveryFold();
        for (const record of traceOf(records, { resolved })) {
          fold.add(record);
          if (fold.settled) break;
        }
        const early = fold.result()[0]!.interruptions;
        const whole = recoveryOf(records, { resolved }).interruptions;
        expect(early).toEqual(whole.slice(0, early.length));
        const stableSinceUs = early.at(-1)?.toUs ?? seconds(100);
        expect(whole[early.length]?.fromUs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(stableSinceUs + seconds(10));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('the definition', () => {
  it('is what a slow reading of all operations finds', () => {
    fc.assert(
      fc.property(outages(), (spans) => {
        const records = recordsOf(spans);
        const result = recoveryOf(records);
        const slow = slowInterruptions(records);
        expect(result.interruptions.map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual(slow);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

it('refuses operations of a cohort that the header does not name', () => {
  const fold = new RecoveryFold();
  fold.add(header());
  fold.add(connect(1, 0, 'orders-1'));
  expect(() => fold.add(op(1, { cohort: 'nobody' }))).toThrow('cohort nobody');
});

/** Outcome by tenth of a second after the fault: succeeds, fails at once, or hangs for up to 4 seconds. */
function outages() {
  const kind = fc.constantFrom('ok', 'fail', 'hang');
  return fc.array(fc.record({ kind, count: fc.integer({ min: 1, max: 150 }), hang: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 8,
  });
}

function recordsOf(
  spans: readonly { readonly kind: string; readonly count: number; readonly hang: number }[],
): readonly TraceRecord[] {
  const records: TraceRecord[] = [...working(90, 100), fault(100)];
  let at = 100.003;
  let n = 0;
  for (const { kind, count, hang } of spans) {
    for (let k = 0; k < count; k++, n++, at += 0.1) {
      const fields = kind === 'ok' ? {} : kind === 'fail' ? FAIL : { ...TIME_OUT, took: hang / 10 };
      records.push(op(at, { client: n % 4, ...fields }));
    }
  }
  return [...records, ...ops(at, at + 40, 0.1)];
}

/** The same definition over sorted lists instead of a stream. */
function slowInterruptions(records: readonly TraceRecord[]): readonly (readonly number[])[] {
  const all = records.filter((record) => record.type === 'op').filter((each) => each.atUs >= seconds(100));
  const wrong = all.filter(({ outcome }) => outcome !== 'ok').map((each) => each.invokedAtUs);
  const endAfter = (atUs: number): number =>
    Math.min(...all.filter((each) => each.outcome === 'ok' && each.invokedAtUs > atUs).map((each) => each.atUs));
  const found: number[][] = [];
  for (const atUs of wrong.sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && atUs <= (last[1] as number) + seconds(10)) last[1] = endAfter(atUs);
    else found.push([atUs, endAfter(atUs)]);
  }
  return found;
}

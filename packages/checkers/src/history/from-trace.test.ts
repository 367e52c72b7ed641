import type { HeaderRecord, OpRecord } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceHistory } from './from-trace.ts';
import type { HistoryEvent } from './history.ts';

const plain: OpRecord = {
  type: 'op',
  atUs: 20,
  cohort: 'checkout',
  client: 0,
  op: 1,
  action: 'write',
  key: 4,
  invokedAtUs: 10,
  outcome: 'ok',
  database: 'orders',
  attempts: 1,
};

function historyOf(
  records: readonly (OpRecord | HeaderRecord)[],
  subject: 'operations' | 'transactions' = 'operations',
): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const history = new TraceHistory(subject, (event) => events.push(event));
  for (const record of records) history.add(record);
  history.end();
  return events;
}

const shortly = (events: readonly HistoryEvent[]) =>
  events.map(({ process, type, f, value }) => `${process} ${type} ${f} ${JSON.stringify(value)}`);

describe('single operations', () => {
  it('are registers, one for each key, that hold the number of the operation that wrote them', () => {
    const write: OpRecord = plain;
    const read: OpRecord = { ...plain, op: 2, action: 'read', invokedAtUs: 30, atUs: 40, value: 1 };
    const missed: OpRecord = { ...plain, op: 3, action: 'read', key: 5, invokedAtUs: 50, atUs: 60, value: 0 };
    const events = historyOf([write, read, missed]);
    expect(shortly(events)).toEqual([
      '0 invoke write [4,1]',
      '0 ok write [4,1]',
      '0 invoke read [4,null]',
      '0 ok read [4,1]',
      '0 invoke read [5,null]',
      '0 ok read [5,null]',
    ]);
    expect(events.map(({ index, time }) => [index, time])).toEqual(
      [10, 20, 30, 40, 50, 60].map((us, at) => [at, us * 1000]),
    );
  });

  it('that end in doubt are info, and their client goes on as another process', () => {
    const events = historyOf([
      { ...plain, outcome: 'indeterminate', error: 'no-answer' },
      { ...plain, op: 2, invokedAtUs: 30, atUs: 40, outcome: 'fail', error: 'read-only' },
      { ...plain, op: 3, invokedAtUs: 50, atUs: 60 },
    ]);
    expect(shortly(events)).toEqual([
      '0 invoke write [4,1]',
      '0 info write [4,1]',
      '1 invoke write [4,2]',
      '1 fail write [4,2]',
      '1 invoke write [4,3]',
      '1 ok write [4,3]',
    ]);
    expect(events[1]?.error).toBe('no-answer');
  });

  it('at one instant begin before others end', () => {
    const events = historyOf([
      { ...plain, op: 1, atUs: 30 },
      { ...plain, op: 2, client: 1, invokedAtUs: 30, atUs: 40 },
    ]);
    expect(shortly(events).map((event) => event.slice(0, 8))).toEqual(['0 invoke', '1 invoke', '0 ok wri', '1 ok wri']);
  });
});

describe('transactions', () => {
  it('carry what was asked, and what came back once it did', () => {
    const asked: OpRecord = {
      ...plain,
      key: 0,
      transaction: [
        ['r', 7, [1, 2]],
        ['append', 8, 3],
      ],
    };
    const refused: OpRecord = {
      ...asked,
      op: 2,
      invokedAtUs: 30,
      atUs: 40,
      outcome: 'fail',
      transaction: [['r', 7, null]],
    };
    expect(
      shortly(historyOf([asked, refused, { ...plain, op: 3, invokedAtUs: 50, atUs: 60 }], 'transactions')),
    ).toEqual([
      '0 invoke txn [["r",7,null],["append",8,3]]',
      '0 ok txn [["r",7,[1,2]],["append",8,3]]',
      '0 invoke txn [["r",7,null]]',
      '0 fail txn [["r",7,null]]',
    ]);
  });
});

describe('keys', () => {
  const header = (databases: Readonly<Record<string, object>>): HeaderRecord => ({
    type: 'header',
    atUs: 0,
    format: 'faultline-trace/1',
    scenario: 's',
    summary: '',
    seed: '7',
    horizonUs: 100,
    databases: Object.keys(databases).map((database) => ({
      database,
      model: 'm',
      title: '',
      engine: 'postgres',
      nodes: [],
      endpoints: [],
      timings: [],
      acts: {},
    })),
    cohorts: [],
    resolved: {
      topology: {
        databases: Object.fromEntries(Object.entries(databases).map(([name, parameters]) => [name, { parameters }])),
      },
    },
  });
  const elsewhere: OpRecord = { ...plain, op: 2, database: 'replica', invokedAtUs: 30, atUs: 40 };

  it('of a replica are those of its source', () => {
    const events = historyOf([header({ orders: {}, replica: { source: 'orders' } }), plain, elsewhere]);
    expect(events.map(({ value }) => (value as readonly unknown[])[0])).toEqual([4, 4, 4, 4]);
  });

  it('of two databases are different ones', () => {
    const events = historyOf([header({ orders: {}, replica: {} }), plain, elsewhere]);
    expect(events.map(({ value }) => (value as readonly unknown[])[0])).toEqual([
      'orders/4',
      'orders/4',
      'replica/4',
      'replica/4',
    ]);
  });
});

describe('whatever the order in which operations end', () => {
  /** Operations in the order of their invocation, with how long each takes. */
  const operations = fc.array(
    fc.record({
      gapUs: fc.nat(3),
      tookUs: fc.integer({ min: 1, max: 40 }),
      client: fc.nat(2),
      outcome: fc.constantFrom('ok', 'fail', 'indeterminate'),
    }),
    { maxLength: 60 },
  );

  it('time never goes back, a process does one thing at a time, and each invocation is answered once', () => {
    fc.assert(
      fc.property(operations, fc.nat(3), (drawn, missingOp) => {
        let nowUs = 0;
        const records = drawn
          .map(({ gapUs, tookUs, client, outcome }, index): OpRecord => {
            nowUs += gapUs;
            return { ...plain, op: index + 1, client, outcome, invokedAtUs: nowUs, atUs: nowUs + tookUs } as OpRecord;
          })
          // A number that no client has used.
          .filter(({ op }) => op !== missingOp)
          .sort((a, b) => a.atUs - b.atUs);
        const events = historyOf(records);
        expect(events.length).toBe(2 * records.length);
        const open = new Map<number | string, HistoryEvent>();
        const dead = new Set<number | string>();
        let lastTime = 0;
        for (const event of events) {
          const { process, type, time = 0 } = event;
          expect(time).toBeGreaterThanOrEqual(lastTime);
          lastTime = time;
          expect(dead.has(process)).toBe(false);
          if (type === 'invoke') {
            expect(open.has(process)).toBe(false);
            open.set(process, event);
          } else {
            expect(open.get(process)?.value).toEqual(event.value);
            open.delete(process);
            if (type === 'info') dead.add(process);
          }
        }
        expect(open.size).toBe(0);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('is written as soon as it is known, not at the end', () => {
    const events: HistoryEvent[] = [];
    const history = new TraceHistory('operations', (event) => events.push(event));
    for (let op = 1; op <= 1_000; op++) history.add({ ...plain, op, invokedAtUs: op * 10, atUs: op * 10 + 5 });
    expect(events.length).toBeGreaterThan(1_990);
  });
});

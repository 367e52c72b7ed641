import type { TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import type { Invariant, Violation } from '../invariant.ts';
import { invariants } from '../registry.ts';
import { examplesOfEdges } from '../testing/examples-of-edges.ts';
import { examplesOfExceptions } from '../testing/examples-of-exceptions.ts';
import { examplesOfLogs } from '../testing/examples-of-logs.ts';
import { examplesOfService } from '../testing/examples-of-service.ts';
import { breachesOf, end, fault, header, pending, state } from '../testing/hand-made-trace.ts';

const examples = [...examplesOfLogs, ...examplesOfService, ...examplesOfEdges, ...examplesOfExceptions];
const instance = header('rds.multi-az-instance');

const named = (name: string) => invariants.find((invariant) => invariant.name === name) as Invariant;

describe.each(examples.map((example, index) => [`${example.name} (${index + 1})`, example] as const))(
  '%s',
  (_, example) => {
    const invariant = named(example.name);

    it('holds', () => expect(breachesOf(invariant, example.head, example.holds)).toEqual([]));

    it('is broken, and says so in a sentence with evidence of this run', () => {
      const [first] = breachesOf(invariant, example.head, example.breaks);
      expect(first?.invariant).toBe(example.name);
      expect(first?.what).toMatch(/^[\w].*\.$/);
      for (const record of first?.evidence ?? []) expect(example.breaks).toContain(record);
    });
  },
);

/** Beside each record one that says the same of a database of which no invariant speaks. */
function withStrangers(records: readonly TraceRecord[]): readonly TraceRecord[] {
  return records.flatMap((record) =>
    'database' in record ? [record, { ...record, database: 'elsewhere' } as TraceRecord] : [record],
  );
}

const told = ({ what, atUs, database, evidence }: Violation, records: readonly TraceRecord[]) =>
  `${atUs} ${database}: ${what} (${evidence.map((record) => records.indexOf(record) + 1).join(', ')})`;

describe('what is said', () => {
  it('of each trace that breaks an invariant is as recorded', async () => {
    const lines = examples.flatMap(({ name, head, breaks }) => [
      `${name}:`,
      ...breachesOf(named(name), head, breaks).map((breach) => `  ${told(breach, breaks)}`),
    ]);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./invariants.expected.txt');
  });

  it.each(examples.map((example, index) => [`${example.name} (${index + 1})`, example] as const))(
    'of %s does not depend on databases of which it does not speak',
    (_, { name, head, holds, breaks }) => {
      const whole = {
        ...head,
        databases: [...head.databases, { ...head.databases[0], database: 'elsewhere', model: 'none' }],
      };
      const sentences = (of: typeof head, records: readonly TraceRecord[]) =>
        breachesOf(named(name), of, records).flatMap(({ database, what }) => (database === 'elsewhere' ? [] : [what]));
      expect(sentences(whole as typeof head, withStrangers(holds))).toEqual([]);
      expect(sentences(whole as typeof head, withStrangers(breaks))).toEqual(sentences(head, breaks));
    },
  );
});

/** Before each operation one that came to nothing. */
function withFailures(records: readonly TraceRecord[]): readonly TraceRecord[] {
  return records.flatMap((record): readonly TraceRecord[] => {
    if (record.type !== 'op') return [record];
    const failed = { ...record, op: record.op + 1_000, node: 'z', position: { timeline: 1, lsn: 5_000 } } as const;
    const { position: _, ...unplaced } = {
      ...record,
      op: record.op + 2_000,
      action: 'read',
      value: record.op,
    } as const;
    return [{ ...failed, outcome: 'fail' }, { ...unplaced, cohort: 'nobody' }, record];
  });
}

describe('what came to nothing', () => {
  // Every write that was tried may have to be copied to all Regions.
  const judged = examples.filter(({ name }) => name !== 'regions-converge' && name !== 'monotone-time');

  it.each(judged.map((example, index) => [`${example.name} (${index + 1})`, example] as const))(
    'makes no difference to %s',
    (_, { name, head, holds, breaks }) => {
      const sentences = (records: readonly TraceRecord[]) =>
        breachesOf(named(name), head, records).map(({ what }) => what);
      expect(sentences(withFailures(holds))).toEqual([]);
      expect(sentences(withFailures(breaks))).toEqual(sentences(breaks));
    },
  );
});

describe('invariants', () => {
  it('speak of no run without what they are about', () => {
    const empty = { ...instance, databases: [] };
    const speaking = invariants.filter((invariant) => invariant.applies(empty)).map(({ name }) => name);
    expect(speaking).toEqual(['monotone-time']);
    const strong = named('strong-read-is-latest');
    const workload = [{ client: 'shop', action: 'read', consistency: 'strong' }];
    expect(strong.applies(header('dynamodb.global-table', { mode: 'mrsc' }))).toBe(false);
    expect(strong.applies(header('dynamodb.global-table', { mode: 'mrec' }, { workload }))).toBe(false);
    expect(strong.applies(header('dynamodb.global-table', { mode: 'mrsc' }, { workload: 'none' }))).toBe(false);
    expect(named('faults-leave-records').applies(header('rds.single-az', {}, { faults: 'none' }))).toBe(false);
    expect(named('returns-to-service').applies(header('none'))).toBe(false);
  });

  it('forgive a write that was cut off from its standby, and nobody else', () => {
    const off = header('postgresql.streaming-pair', { synchronousCommit: 'off' });
    expect(named('acknowledged-writes-survive').applies(off)).toBe(false);
  });

  it('each have a trace that breaks them', () => {
    const shown = new Set(examples.map(({ name }) => name));
    expect(invariants.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('do not judge what was lost while a fault still holds', () => {
    const open = [fault('started', 10, 'az-outage'), state(30, 'blocked', []), pending(40), end(40)];
    expect(breachesOf(named('returns-to-service'), instance, open)).toEqual([]);
  });
});

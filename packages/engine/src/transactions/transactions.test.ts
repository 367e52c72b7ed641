import type { OpRecord, TransactionStep } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { transactionRun, transactionsOf } from '../testing/transaction-run.ts';

const single = (engine = 'postgres') => `orders: { model: rds.single-az, az: use1-az1, engine: ${engine} }`;
const work = (what: string) => `  - { client: checkout, op: transaction, arrivals: { poisson: 300/s }, ${what} }`;

const succeeded = (all: readonly OpRecord[]) => all.filter(({ outcome }) => outcome === 'ok');
const steps = ({ transaction = [] }: OpRecord): readonly TransactionStep[] => transaction;
const errors = (all: readonly OpRecord[], error: string) => all.filter((one) => one.error === error).length;

/** Acknowledged elements that a transaction which began later did not find, as `key:element`. */
function missing(all: readonly OpRecord[]): readonly string[] {
  const acknowledged = new Map<number, { readonly element: number; readonly atUs: number }[]>();
  for (const one of succeeded(all))
    for (const [kind, key, element] of steps(one)) {
      if (kind !== 'append') continue;
      const known = acknowledged.get(key) ?? [];
      known.push({ element, atUs: one.atUs });
      acknowledged.set(key, known);
    }
  return succeeded(all).flatMap((one) =>
    steps(one).flatMap(([kind, key, list]) => {
      if (kind !== 'r' || !Array.isArray(list)) return [];
      const due = (acknowledged.get(key) ?? []).filter(({ atUs }) => atUs < one.invokedAtUs);
      return due.filter(({ element }) => !list.includes(element)).map(({ element }) => `${key}:${element}`);
    }),
  );
}

/** The longest list that anybody read, by key. */
function longest(all: readonly OpRecord[]): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, readonly number[]>();
  for (const one of succeeded(all))
    for (const [kind, key, list] of steps(one))
      if (kind === 'r' && Array.isArray(list) && list.length >= (lists.get(key)?.length ?? 0)) lists.set(key, list);
  return lists;
}

describe('transactions over lists', () => {
  const all = transactionsOf(
    transactionRun({
      databases: single(),
      workload: work('keys: 4, reads: 2, appends: 2, isolation: repeatable-read'),
    }),
  );

  it('every read returns the beginning of the same list, and no element twice', () => {
    const lists = longest(all);
    expect(lists.size).toBeGreaterThan(10);
    for (const list of lists.values()) expect(new Set(list).size).toBe(list.length);
    for (const one of succeeded(all))
      for (const [kind, key, list] of steps(one))
        if (kind === 'r' && Array.isArray(list)) {
          const own = steps(one).filter(
            ([f, row, element]) => f === 'append' && row === key && list.includes(element as number),
          );
          const others = list.slice(0, list.length - own.length);
          expect(lists.get(key)?.slice(0, others.length)).toEqual(others);
        }
  });

  it('what was acknowledged is found by all who begin later', () => {
    expect(succeeded(all).length).toBeGreaterThan(1_000);
    expect(missing(all)).toEqual([]);
  });

  it('a list is replaced when it has been written often enough', () => {
    const elements = all.flatMap((one) => steps(one).flatMap(([kind, , element]) => (kind === 'r' ? [] : [element])));
    expect(Math.max(...elements)).toBe(32);
  });

  it('a transaction sees what it wrote itself', () => {
    const seen = succeeded(all).flatMap((one) =>
      steps(one).flatMap(([kind, key, element], place) => {
        const later =
          kind === 'append'
            ? steps(one)
                .slice(place)
                .find(([f, row]) => f === 'r' && row === key)
            : undefined;
        return later && Array.isArray(later[2]) ? [later[2].at(-1) === element] : [];
      }),
    );
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.every((one) => one)).toBe(true);
  });
});

describe('isolation', () => {
  const updates = 'keys: 2, reads: 1, writes: 1';
  const run = (engine: string, isolation: string) =>
    transactionsOf(
      transactionRun({ databases: single(engine), workload: work(`${updates}, isolation: ${isolation}`) }),
    );

  it('PostgreSQL refuses a second updater in repeatable read, and only there', () => {
    expect(errors(run('postgres', 'repeatable-read'), 'serialization-failure')).toBeGreaterThan(50);
    expect(errors(run('postgres', 'read-committed'), 'serialization-failure')).toBe(0);
    expect(errors(run('mysql', 'repeatable-read'), 'serialization-failure')).toBe(0);
  });

  /** Pairs of transactions that read one version of a register and both replaced it. */
  function lostUpdates(all: readonly OpRecord[]): number {
    const replaced = new Set<string>();
    let lost = 0;
    for (const one of succeeded(all)) {
      const [first, second] = steps(one);
      if (first?.[0] !== 'r' || second?.[0] !== 'w' || first[1] !== second[1]) continue;
      const version = `${first[1]}=${first[2]}`;
      if (replaced.has(version)) lost++;
      replaced.add(version);
    }
    return lost;
  }

  it('so no update is lost in its repeatable read; in read committed, and in MySQL, some are', () => {
    expect(lostUpdates(run('postgres', 'repeatable-read'))).toBe(0);
    expect(lostUpdates(run('postgres', 'read-committed'))).toBeGreaterThan(0);
    expect(lostUpdates(run('mysql', 'repeatable-read'))).toBeGreaterThan(0);
  });

  it('reads of one key repeat in repeatable read', () => {
    const reading = `${work('keys: 2, writes: 2, isolation: read-committed')}
  - { client: reports, op: transaction, arrivals: { poisson: 300/s }, keys: 2, reads: 2, isolation: ISOLATION }`;
    // Both registers are always written together, so a snapshot shows the same number of writes to both.
    const uneven = (isolation: string) =>
      succeeded(
        transactionsOf(transactionRun({ databases: single(), workload: reading.replace('ISOLATION', isolation) })),
      )
        .filter(({ action }) => action === 'read')
        .filter((one) => {
          const [a, b] = steps(one);
          return a && b && Math.ceil(a[1] / 2) === Math.ceil(b[1] / 2) && a[2] !== b[2];
        }).length;
    expect(uneven('repeatable-read')).toBe(0);
    expect(uneven('read-committed')).toBeGreaterThan(0);
  });
});

describe('what clients learn', () => {
  it('a transaction that writes is refused at a reader', () => {
    const all = transactionsOf(
      transactionRun({
        databases: 'orders: { model: rds.multi-az-cluster, writer: use1-az1, readers: [use1-az2, use1-az3] }',
        reports: 'orders.reader',
        workload: '  - { client: reports, op: transaction, arrivals: { every: 100ms }, appends: 1 }',
      }),
    );
    expect(errors(all, 'read-only')).toBeGreaterThan(50);
    expect(succeeded(all)).toEqual([]);
  });

  it('a failover leaves some in doubt, and loses none that was acknowledged', () => {
    const records = transactionRun({
      databases: 'orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }',
      workload: work('keys: 4, reads: 4, appends: 1, isolation: repeatable-read'),
      faults: 'faults: [{ at: 5s, fail: orders.primary, cause: host-failure }]',
      horizon: '4m',
    });
    const all = transactionsOf(records);
    const doubtful = all.filter(({ outcome, error }) => outcome === 'indeterminate' && error !== 'run-ended');
    expect(doubtful.length).toBeGreaterThan(0);
    expect(records.some(({ type }) => type === 'timeline')).toBe(true);
    expect(missing(all)).toEqual([]);
    expect(succeeded(all).some(({ atUs }) => atUs > 200_000_000)).toBe(true);
  });

  it('reads of a copy are as stale as what they miss', () => {
    const all = transactionsOf(
      transactionRun({
        databases: `orders: { model: rds.single-az, az: use1-az1 }
    replica: { model: rds.read-replica, source: orders, az: use1-az2 }`,
        reports: 'replica',
        workload: `${work('keys: 2, appends: 1, writesPerKey: 100000')}
  - { client: reports, op: transaction, arrivals: { poisson: 300/s }, keys: 2, reads: 2 }`,
        faults: 'faults: [{ at: 5s, fail: replica.replica-1, cause: apply-stall }]',
      }),
    ).filter(({ action, atUs, outcome }) => action === 'read' && atUs > 9_000_000 && outcome === 'ok');
    expect(all.length).toBeGreaterThan(100);
    expect(all.every(({ staleUs = 0 }) => staleUs > 3_000_000)).toBe(true);
  });
});

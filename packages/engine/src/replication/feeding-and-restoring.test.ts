import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulate } from '../simulate.ts';

/** Databases and faults on a small stage; a few clients write to `orders` all the time. */
function run(
  databases: string,
  faults: string,
  more = '',
  horizon = '90m',
  options: SimulationOptions = {},
): readonly TraceRecord[] {
  const text = `
scenario: feeding
seed: 7
horizon: ${horizon}
sample: 10s
topology:
  regions: { us-east-1: [az1, az2, az3] }
  databases:
${databases}
  clients:
    checkout: { connectsTo: orders, from: az3, count: 2, retry: none, driver: { connectTimeout: 2s, socketTimeout: 5s } }
${more}
workload:
  - { client: checkout, op: write, arrivals: { every: 1s } }
faults:
${faults}
`;
  const parsed = parseScenario(text, 'test.yaml', kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return [...simulate(parsed.scenario, kinds, options)];
}

const of = <Type extends TraceRecord['type']>(records: readonly TraceRecord[], type: Type) =>
  records.filter((record): record is Extract<TraceRecord, { type: Type }> => record.type === type);
const CLUSTER =
  '    orders: { model: rds.multi-az-cluster, writer: az1, readers: [az2, az3] }\n    copy: { model: rds.read-replica, source: orders, az: az3 }';
const SINGLE = '    orders: { model: rds.single-az, az: az1 }';
const OPERATOR =
  '  operators:\n    oncall: { database: orders, reactions: { restore-to-point-in-time: 1m, rename-instance: 1m } }';

/** The greatest lag of the read replica `copy` within a span, in seconds. */
function lagS(records: readonly TraceRecord[], fromS: number, toS: number): number {
  const within = of(records, 'sample').filter(
    ({ database, atUs }) => database === 'copy' && atUs >= fromS * 1e6 && atUs <= toS * 1e6,
  );
  expect(within.length).toBeGreaterThan(0);
  return Math.max(...within.map(({ lagUs }) => lagUs)) / 1e6;
}

describe('a replica of a cluster', () => {
  it('is fed by a reader: the way to the writer does not matter to it', () => {
    const records = run(CLUSTER, '  - { at: 1m, fail: "orders.writer <-> copy.replica", cause: link-cut }', '', '5m');
    expect(lagS(records, 60, 300)).toBeLessThan(1);
  });

  it('goes on at the other reader when its own dies, and waits when neither is left', () => {
    const records = run(
      CLUSTER,
      '  - { at: 1m, fail: orders.orders-2, cause: host-failure }\n  - { at: 2m, fail: orders.orders-3, cause: process-crash }',
      '',
      '2m30s',
    );
    expect(lagS(records, 60, 115)).toBeLessThan(1);
    expect(
      of(records, 'replication')
        .filter(({ database }) => database === 'copy')
        .map(({ state }) => state),
    ).toContain('broken');
  });

  it.each(['storage-failure', 'replication-paused'])(
    'keeps what it has when only a reader is left that is behind it after a %s, and goes on when there is more',
    (cause) => {
      const faults = `  - { at: 1m, fail: orders.orders-3, cause: ${cause}, for: 5m }\n  - { at: 2m, fail: orders.orders-2, cause: host-failure, for: 30m }`;
      const held = of(run(CLUSTER, faults, '', '30m', { observed: true }), 'position')
        .filter(({ database }) => database === 'copy')
        .map(({ atUs, receivedLsn, appliedLsn }) => ({ atUs, receivedLsn, appliedLsn }));
      const sorted = (key: 'receivedLsn' | 'appliedLsn') => held.map((each) => each[key]).sort((a, b) => a - b);
      expect(held.map(({ receivedLsn }) => receivedLsn)).toEqual(sorted('receivedLsn'));
      expect(held.map(({ appliedLsn }) => appliedLsn)).toEqual(sorted('appliedLsn'));
      const before = held.findLast(({ atUs }) => atUs <= 120e6)!;
      expect(before.receivedLsn).toBeGreaterThan(0);
      expect(held.at(-1)!.receivedLsn).toBeGreaterThan(before.receivedLsn);
    },
  );

  it('goes back to its own reader when the other one cannot be read from', () => {
    const records = run(
      CLUSTER,
      '  - { at: 1m, fail: orders.orders-3, cause: storage-failure, for: 30m }\n  - { at: 2m, fail: orders.orders-2, cause: process-crash }',
      '',
      '10m',
    );
    expect(lagS(records, 300, 600)).toBeLessThan(1);
  });
});

describe('a restore', () => {
  const OUTAGE = '  - { at: 20m, fail: az1, cause: az-outage }';

  it('brings back what was uploaded, and loses what came after', () => {
    let lost = 0;
    // At two times, two minutes apart: an upload may have come right before one of them, and then nothing is lost.
    for (const atMinute of [20, 22]) {
      const outage = `  - { at: ${atMinute}m, fail: az1, cause: az-outage }`;
      const records = run(`${SINGLE.slice(0, -2)}, timings: { patience: 1m, restore: 5m } }`, outage, OPERATOR);
      const [fork] = of(records, 'timeline');
      for (const { outcome, position, committedAtUs } of of(records, 'op')) {
        if (outcome !== 'ok' || position?.timeline !== 1 || position.lsn <= fork!.forkLsn) continue;
        lost++;
        expect(committedAtUs).toBeGreaterThanOrEqual((atMinute - 5) * 60e6 - 1e6);
      }
      expect(of(records, 'op').findLast(({ outcome }) => outcome === 'ok')?.node).toBe('orders-2');
    }
    expect(lost).toBeGreaterThan(0);
  });

  it('makes an instance that did not exist, and the lost one exists no more', () => {
    const records = run(`${SINGLE.slice(0, -2)}, timings: { patience: 1m, restore: 5m } }`, OUTAGE, OPERATOR);
    const statuses = (node: string) =>
      of(records, 'node')
        .filter((record) => record.node === node)
        .map(({ status }) => status);
    expect(statuses('orders-2')[0]).toBe('absent');
    expect(statuses('orders-2').at(-1)).toBe('running');
    expect(statuses('orders-1').at(-1)).toBe('absent');
  });

  it('leaves read replicas with the lost instance', () => {
    const databases = `${SINGLE.slice(0, -2)}, timings: { patience: 1m, restore: 5m } }\n    copy: { model: rds.read-replica, source: orders, az: az2 }`;
    const records = run(databases, OUTAGE, OPERATOR);
    expect(lagS(records, 80 * 60, 90 * 60)).toBeGreaterThan(1_800);
  });

  it('is not made by somebody who was sent home', () => {
    const slow = OPERATOR.replace('restore-to-point-in-time: 1m', 'restore-to-point-in-time: 30m');
    const records = run(
      `${SINGLE.slice(0, -2)}, timings: { patience: 1m } }`,
      '  - { at: 20m, fail: az1, cause: az-outage, for: 10m }',
      slow,
    );
    expect(of(records, 'operator').map(({ edge }) => edge)).toEqual(['called', 'dismissed']);
    expect(of(records, 'timeline')).toEqual([]);
  });
});

it('does not replace a host that turns out to be well', () => {
  const timed = `${SINGLE.slice(0, -2)}, timings: { hostReplacement: 4m, patience: 30m } }`;
  const records = run(timed, '  - { at: 2m, fail: az1, cause: az-isolated, for: 14m }', '', '20m');
  expect(of(records, 'command').map(({ command }) => command)).toContain('REPLACE_HOST');
  expect(of(records, 'node').filter(({ status }) => status === 'stopped')).toEqual([]);
});

import { kinds } from '@faultline/models';
import { formatProblem, parseScenario } from '@faultline/scenario';
import type { DisconnectRecord, DnsRecord, OpRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';

interface Setting {
  readonly fault: string;
  readonly proxy?: string;
  readonly arrivals?: string;
  readonly driver?: string;
  readonly pool?: string;
}

const FAILOVER = '{ at: 1m, request: reboot-with-failover, of: orders }';

/** Ten clients in the third AZ, behind a proxy in the second and third; the failover takes some ten seconds. */
function run({
  fault,
  proxy = '',
  arrivals = '{ every: 100ms }',
  driver = 'socketTimeout: none',
  pool = 'size: 2',
}: Setting): readonly TraceRecord[] {
  const text = `
scenario: proxied
summary: Clients behind a proxy.
seed: 7
horizon: 6m
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders:
      model: rds.multi-az-instance
      primary: use1-az1
      standby: use1-az2
      logRate: 0B/s
      timings: { fencing: 0s, promotion: 6s, engineStart: 1s, endpointUpdate: 30s }
      proxy: { azs: [use1-az2, use1-az3], watch: 2s, ${proxy} }
  clients:
    app: { connectsTo: orders.proxy, from: use1-az3, count: 10, retry: none, pool: { ${pool} }, driver: { ${driver} } }
workload:
  - { client: app, op: write, arrivals: ${arrivals} }
faults:
  - ${fault}
expect: {}
`;
  const parsed = parseScenario(text, 'proxied.yaml', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return [...simulate(parsed.scenario, kinds)];
}

/** What was under way when the run ended does not count. */
const isOp = (record: TraceRecord): record is OpRecord => record.type === 'op' && record.error !== 'run-ended';
const unsuccessful = (records: readonly TraceRecord[]) =>
  records.filter(isOp).filter(({ outcome }) => outcome !== 'ok');
const disconnects = (records: readonly TraceRecord[]) =>
  records.filter((record): record is DisconnectRecord => record.type === 'disconnect');

describe('a proxy through a failover', () => {
  it('holds statements while there is no writer, and keeps the connections that are idle', () => {
    const records = run({ fault: FAILOVER });
    const ops = records.filter(isOp);
    // One statement every 100 ms, each of under 2 ms: none was at the database when it was fenced.
    expect(unsuccessful(records)).toEqual([]);
    expect(disconnects(records)).toEqual([]);
    const longestUs = Math.max(...ops.map(({ atUs, invokedAtUs }) => atUs - invokedAtUs));
    // From the fence: 6 s of promotion, 1 s of start, 2 s until the proxy sees it.
    expect(longestUs / 1e6).toBeGreaterThan(8);
    expect(longestUs / 1e6).toBeLessThan(12);
    expect(new Set(ops.map(({ via }) => via))).toEqual(new Set(['orders-proxy-1', 'orders-proxy-2']));
    expect(new Set(ops.map(({ node }) => node))).toEqual(new Set(['orders-1', 'orders-2']));
  });

  it('does not wait for the DNS name of the database', () => {
    const records = run({ fault: `{ at: 30s, fail: orders, cause: dns-frozen }\n  - ${FAILOVER}` });
    expect(unsuccessful(records)).toEqual([]);
  });

  it('drops connections that are in the middle of a statement, and no others', () => {
    // The primary's storage hangs: what is at the database stays there; what needs another connection waits at the proxy.
    const stall = '{ at: 59s, fail: orders.primary, cause: storage-stall }';
    const records = run({ fault: `${stall}\n  - ${FAILOVER}`, arrivals: '{ poisson: 500/s }', pool: 'size: 20' });
    // At this rate clients may run out of connections of their own while they wait: those ops never reached the proxy.
    const dropped = unsuccessful(records).filter(({ error }) => error !== 'pool-timeout');
    expect(dropped.length).toBeGreaterThanOrEqual(2);
    expect(dropped.length).toBeLessThan(20);
    expect(dropped.every(({ outcome, error }) => outcome === 'indeterminate' && error === 'connection-reset')).toBe(
      true,
    );
    expect(disconnects(records)).toHaveLength(dropped.length);
  });

  it('drops pinned connections although they are idle', () => {
    const records = run({ fault: FAILOVER, proxy: 'pinned: 1' });
    const reasons = disconnects(records).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThanOrEqual(10);
    expect(reasons.every((reason) => reason === 'closed-by-server' || reason === 'connection-reset')).toBe(true);
    expect(records.filter(isOp).at(-1)?.outcome).toBe('ok');
  });

  it('answers with an error when no writer is found within the borrow timeout', () => {
    const records = run({ fault: FAILOVER, proxy: 'borrowTimeout: 3s', pool: 'size: 5' });
    const refused = unsuccessful(records);
    expect(refused.length).toBeGreaterThan(20);
    for (const { outcome, error, atUs, invokedAtUs } of refused) {
      expect([outcome, error]).toEqual(['fail', 'proxy-borrow-timeout']);
      expect((atUs - invokedAtUs) / 1e6).toBeCloseTo(3, 1);
    }
    expect(disconnects(records)).toEqual([]);
  });

  it('leaves clients their own time-outs', () => {
    const records = run({ fault: FAILOVER, driver: 'socketTimeout: 4s', pool: 'size: 20' });
    const given = unsuccessful(records);
    expect(given.length).toBeGreaterThan(10);
    for (const { outcome, error, atUs, invokedAtUs } of given) {
      expect([outcome, error]).toEqual(['indeterminate', 'no-answer']);
      expect((atUs - invokedAtUs) / 1e6).toBeCloseTo(4, 1);
    }
  });
});

describe('a proxy by itself', () => {
  it('goes on in its other AZs when it loses one, and the name follows', () => {
    const records = run({
      fault: '{ at: 1m, fail: use1-az3, cause: az-isolated, for: 3m }',
      driver: 'connectTimeout: 1s, socketTimeout: 2s',
    });
    const names = records
      .filter((record): record is DnsRecord => record.type === 'dns' && record.endpoint === 'proxy')
      .map(({ atUs, nodes }) => [Math.round(atUs / 1e6), nodes]);
    expect(names).toEqual([
      [0, ['orders-proxy-1', 'orders-proxy-2']],
      [90, ['orders-proxy-1']],
      [270, ['orders-proxy-1', 'orders-proxy-2']],
    ]);
  });

  it('starts a host again that was lost', () => {
    const records = run({
      fault: '{ at: 1m, fail: orders.orders-proxy-2, cause: host-failure }',
      driver: 'connectTimeout: 1s, socketTimeout: 2s',
    });
    const states = records.flatMap((record) =>
      record.type === 'node' && record.node === 'orders-proxy-2'
        ? [[Math.round(record.atUs / 1e6), record.status]]
        : [],
    );
    expect(states).toEqual([
      [0, 'running'],
      [60, 'host-down'],
      [90, 'running'],
    ]);
    const late = records.filter(isOp).filter(({ invokedAtUs }) => invokedAtUs > 200e6);
    expect(late.every(({ outcome }) => outcome === 'ok')).toBe(true);
  });

  it('closes connections that their clients do not use', () => {
    const records = run({
      fault: '{ at: 1m, fail: orders, cause: dns-frozen }',
      proxy: 'idleClientTimeout: 5s',
      arrivals: '{ every: 1s }',
    });
    // Ten clients in turn: each uses its connection every 10 s.
    expect(disconnects(records).length).toBeGreaterThan(300);
    expect(unsuccessful(records)).toEqual([]);
  });

  it('lends no more connections than it has', () => {
    const stall = '{ at: 1m, fail: orders.primary, cause: storage-stall, for: 5s }';
    const records = run({
      fault: stall,
      proxy: 'connections: 1, borrowTimeout: 1s',
      pool: 'size: 10',
      arrivals: '{ every: 10ms }',
    });
    const errors = new Set(unsuccessful(records).map(({ error }) => error));
    expect(errors).toEqual(new Set(['proxy-borrow-timeout']));
  });
});

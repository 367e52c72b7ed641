import { readFileSync } from 'node:fs';
import { historyModels, historyText, pairOperations, parseHistory, TraceHistory } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { formatProblem, parseScenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';

const LONG_FORK = readFileSync(
  new URL('../../../simulations/rds-multi-az-cluster/long-fork.yaml', import.meta.url),
  'utf8',
);

/** Runs a scenario, writes the history of its clients, reads it back and holds it against a model. */
function judge(text: string, model: string, consistencyModel: string, format: 'edn' | 'json') {
  const parsed = parseScenario(text, 'scenario.yaml', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  const { head, line, tail } = historyText(format);
  const subject = parsed.scenario.workload[0]?.action === 'transaction' ? 'transactions' : 'operations';
  let written = head;
  const history = new TraceHistory(subject, (event) => {
    written += line(event);
  });
  for (const record of simulate(parsed.scenario, kinds)) history.add(record);
  history.end();
  const operations = pairOperations(parseHistory(written + tail));
  expect(operations.length).toBeGreaterThan(1_000);
  const budget = { steps: 50_000_000, bytes: 2 ** 28, linearizableKeys: false, allowNegativeBalances: false };
  const { verdict, details } = historyModels.get(model)!.check(operations, { ...budget, consistencyModel });
  const anomalies = (details.anomalies ?? []) as readonly { readonly name: string; readonly forbidden: boolean }[];
  return { verdict, forbidden: anomalies.filter(({ forbidden }) => forbidden).map(({ name }) => name) };
}

interface Setting {
  readonly orders: string;
  readonly workload: string;
  readonly more?: string;
  readonly reports?: string;
  readonly fault?: string;
  readonly horizon?: string;
}

/** `checkout` connects to `orders`, and `reports` to what is named; both are three and a half minutes at work, or less. */
function scenario({ orders, workload, more = '', reports = 'orders', fault = '', horizon = '210s' }: Setting): string {
  return `scenario: judged
seed: 7
horizon: ${horizon}
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
    us-east-2: [use2-az1, use2-az2, use2-az3]
    us-west-2: [usw2-az1, usw2-az2, usw2-az3]
  databases:
    orders: { ${orders} }
    ${more}
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 5, driver: { connectTimeout: 2s, socketTimeout: 5s } }
    reports: { connectsTo: ${reports}, from: use1-az2, count: 5 }
workload: [${workload}]
faults: [${fault}]
`;
}

const INSTANCE = 'model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2';
const SINGLE = 'model: rds.single-az, az: use1-az1';
const CLUSTER = 'model: rds.multi-az-cluster, writer: use1-az1, readers: [use1-az2, use1-az3]';
const AURORA =
  'model: aurora.cluster, instances: { a: { az: use1-az1, tier: 0 }, b: { az: use1-az2, tier: 1 } }, writer: a';
const table = (mode: string) =>
  `model: dynamodb.global-table, mode: ${mode}, regions: [us-east-1, us-east-2, us-west-2]`;

const op = (client: string, what: string, rate: string, more = 'keys: 10') =>
  `{ client: ${client}, op: ${what}, arrivals: { poisson: ${rate} }, ${more} }`;

describe('single operations, each key a register', () => {
  const OWN = [op('checkout', 'write', '10/s'), op('checkout', 'read', '20/s')].join(', ');
  const ASIDE = [op('checkout', 'write', '200/s', 'keys: 2'), op('reports', 'read', '200/s', 'keys: 2')].join(', ');
  const BOTH = ['checkout', 'reports']
    .flatMap((client) => [op(client, 'write', '20/s'), op(client, 'read', '20/s', 'keys: 10, consistency: strong')])
    .join(', ');

  it.each([
    ['valid', 'a Multi-AZ instance that is well', { orders: INSTANCE, workload: OWN }],
    [
      'valid',
      'a Multi-AZ instance that fails over',
      { orders: INSTANCE, workload: OWN, fault: '{ at: 30s, fail: orders.primary, cause: host-failure }' },
    ],
    [
      'valid',
      'the writer endpoint of a cluster that fails over',
      { orders: CLUSTER, workload: OWN, fault: '{ at: 30s, fail: orders.writer, cause: host-failure }' },
    ],
    [
      'invalid',
      'reads from a read replica',
      {
        orders: SINGLE,
        workload: ASIDE,
        more: 'replica: { model: rds.read-replica, source: orders, az: use1-az2 }',
        reports: 'replica',
        horizon: '20s',
      },
    ],
    [
      'invalid',
      'reads from the readers of a cluster',
      { orders: CLUSTER, workload: ASIDE, reports: 'orders.reader', horizon: '20s' },
    ],
    [
      'invalid',
      'a global table with two writers, eventually consistent between Regions',
      { orders: table('mrec'), workload: BOTH, reports: 'orders.us-west-2', horizon: '30s' },
    ],
    [
      'valid',
      'a global table with two writers, strongly consistent',
      { orders: table('mrsc'), workload: BOTH, reports: 'orders.us-west-2', horizon: '30s' },
    ],
    [
      'valid',
      'the same while a Region is cut off',
      {
        orders: table('mrsc'),
        workload: BOTH,
        reports: 'orders.us-west-2',
        fault: '{ at: 20s, fail: us-west-2, cause: region-isolated, for: 10s }',
        horizon: '1m',
      },
    ],
  ] as const)('%s: %s', (verdict, _name, setting) => {
    expect(judge(scenario(setting), 'register', '', 'json').verdict).toBe(verdict);
  });
});

describe('transactions', () => {
  const mixed = (what: string, isolation: string, rate = '100/s') =>
    `{ client: checkout, op: transaction, arrivals: { poisson: ${rate} }, keys: 6, reads: 2, ${what}, isolation: ${isolation} }`;
  const STRONG = 'strong-session-snapshot-isolation';

  it.each([
    ['a single instance', { orders: SINGLE }],
    [
      'a single instance that crashes',
      { orders: SINGLE, fault: '{ at: 10s, fail: orders.instance, cause: process-crash }' },
    ],
    [
      'a Multi-AZ instance that fails over',
      { orders: INSTANCE, fault: '{ at: 10s, fail: orders.primary, cause: host-failure }' },
    ],
    ['a cluster that fails over', { orders: CLUSTER, fault: '{ at: 10s, fail: orders.writer, cause: host-failure }' }],
    ['Aurora that fails over', { orders: AURORA, fault: '{ at: 10s, fail: orders.writer, cause: host-failure }' }],
  ])('repeatable read of PostgreSQL is snapshot isolation: %s', (_name, setting) => {
    const workload = mixed('appends: 2', 'repeatable-read', '15/s');
    expect(judge(scenario({ workload, ...setting }), 'list-append', STRONG, 'edn')).toEqual({
      verdict: 'valid',
      forbidden: [],
    });
  });

  it('and not serializable: two transactions may each miss what the other wrote', () => {
    const text = scenario({ orders: SINGLE, workload: mixed('appends: 1', 'repeatable-read'), horizon: '20s' });
    expect(judge(text, 'list-append', 'serializable', 'edn')).toEqual({ verdict: 'invalid', forbidden: ['G2-item'] });
  });

  it.each([
    ['PostgreSQL, read committed', 'postgres', 'read-committed'],
    ['MySQL, repeatable read', 'mysql', 'repeatable-read'],
  ])('%s is weaker than snapshot isolation, and is read committed', (_name, engine, isolation) => {
    const orders = `${SINGLE}, engine: ${engine}`;
    const text = scenario({ orders, workload: mixed('appends: 2', isolation), horizon: '20s' });
    expect(judge(text, 'list-append', 'read-committed', 'json').verdict).toBe('valid');
    expect(judge(text, 'list-append', 'snapshot-isolation', 'json').verdict).toBe('invalid');
  });

  it('over registers are snapshot isolation too', () => {
    const text = scenario({ orders: SINGLE, workload: mixed('writes: 2', 'repeatable-read'), horizon: '20s' });
    expect(judge(text, 'rw-register', 'snapshot-isolation', 'edn').verdict).toBe('valid');
  });
});

describe('Long Fork, which Jepsen found in Amazon RDS for PostgreSQL 17.4', () => {
  const judged = (text: string) => judge(text, 'list-append', 'snapshot-isolation', 'edn');

  it('is found in a healthy cluster', () => {
    const { verdict, forbidden } = judged(LONG_FORK);
    expect(verdict).toBe('invalid');
    expect(forbidden).toContain('long-fork');
  });

  const toWriter = (text: string) => text.replace('connectsTo: orders.reader', 'connectsTo: orders.writer');
  const onInstance = (text: string) =>
    text
      .replace(/model: rds[^#]+?readers: .*/, 'model: rds.single-az\n      az: use1-az1')
      .replaceAll(/connectsTo: orders\.\w+/g, 'connectsTo: orders');

  it.each([
    ['where all ask the writer', toWriter(LONG_FORK)],
    ['with MySQL', LONG_FORK.replace('engine: postgres', 'engine: mysql')],
    ['on a single instance', onInstance(LONG_FORK)],
  ])('and not %s', (_name, text) => {
    expect(text).not.toBe(LONG_FORK);
    expect(judged(text)).toEqual({ verdict: 'valid', forbidden: [] });
  });
});

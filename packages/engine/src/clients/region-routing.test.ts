import { kinds } from '@faultline/models';
import { formatProblem, parseScenario } from '@faultline/scenario';
import type { OperatorRecord, OpRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';

interface Setting {
  readonly fault: string;
  readonly routing?: string;
  readonly workload?: string;
  readonly mode?: string;
  readonly more?: string;
}

/** An application in Europe that prefers the Region us-east-1; seven minutes, the fault after one. */
function run({
  fault,
  routing = 'returnAfter: 20s',
  workload = '',
  mode = 'mrec',
  more = '',
}: Setting): readonly TraceRecord[] {
  const text = `
scenario: routing
summary: An application chooses among Regions.
seed: 7
horizon: 7m
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
    us-east-2: [use2-az1, use2-az2, use2-az3]
    us-west-2: [usw2-az1, usw2-az2, usw2-az3]
  databases:
    orders: { model: dynamodb.global-table, mode: ${mode}, regions: [us-east-1, us-east-2, us-west-2] }
  clients:
    app:
      connectsTo: orders
      from: usw2-az1
      count: 5
      driver: { connectTimeout: 1s, socketTimeout: 1s }
      retry: none
      routing: { regions: [us-east-1, us-east-2, us-west-2], failures: 3, switchAfter: 30s, ${routing} }
${more}
workload:
  - { client: app, op: write, arrivals: { every: 100ms } }
${workload}
faults:
  - ${fault}
`;
  const parsed = parseScenario(text, 'routing.yaml', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return [...simulate(parsed.scenario, kinds)];
}

const seconds = ({ atUs }: TraceRecord) => Math.round(atUs / 1e6);
const steps = (records: readonly TraceRecord[]) =>
  records
    .filter((record): record is OperatorRecord => record.type === 'operator')
    .map((record) => `${seconds(record)} ${record.edge} ${record.step} ${record.who}`);
const opsAt = (records: readonly TraceRecord[], from: number, to: number) =>
  records.filter(
    (record): record is OpRecord =>
      record.type === 'op' && record.invokedAtUs >= from * 1e6 && record.invokedAtUs < to * 1e6,
  );
const nodesAt = (records: readonly TraceRecord[], from: number, to: number) => [
  ...new Set(opsAt(records, from, to).map(({ node }) => node)),
];

describe('an application that routes', () => {
  it('leaves a Region that does not answer, and comes back when its probes say so', () => {
    const records = run({ fault: '{ at: 1m, fail: us-east-1, cause: region-isolated, for: 2m }' });
    expect(steps(records)).toEqual([
      '61 called route-to-us-east-2 app',
      '91 done route-to-us-east-2 app',
      // Healed at 180 s; probes every 30 s since 91 s, three good ones in a row.
      '242 called return-to-us-east-1 app',
      '262 done return-to-us-east-1 app',
    ]);
    expect(nodesAt(records, 10, 50)).toEqual(['orders-us-east-1']);
    expect(nodesAt(records, 95, 255)).toEqual(['orders-us-east-2']);
    expect(nodesAt(records, 265, 400)).toEqual(['orders-us-east-1']);
    expect(opsAt(records, 95, 419).every(({ outcome }) => outcome === 'ok')).toBe(true);
  });

  it('stays where it went when it is not to return', () => {
    const records = run({
      fault: '{ at: 1m, fail: us-east-1, cause: region-isolated, for: 2m }',
      routing: 'returnAfter: never',
    });
    expect(steps(records)).toHaveLength(2);
    expect(nodesAt(records, 95, 419)).toEqual(['orders-us-east-2']);
  });

  it('stays at home when the Region works again before the decision', () => {
    const records = run({ fault: '{ at: 1m, fail: us-east-1, cause: region-isolated, for: 10s }' });
    const [called, dismissed, ...others] = steps(records);
    expect(called).toBe('61 called route-to-us-east-2 app');
    expect(dismissed).toMatch(/^7\d dismissed route-to-us-east-2 app$/);
    expect(others).toEqual([]);
    expect(nodesAt(records, 90, 419)).toEqual(['orders-us-east-1']);
  });

  it('goes on to the third Region when the second does not work either', () => {
    const records = run({
      fault:
        '{ at: 1m, fail: us-west-2 <-> us-east-1, cause: link-cut }\n  - { at: 1m, fail: us-west-2 <-> us-east-2, cause: link-cut }',
    });
    expect(steps(records).filter((step) => step.includes('done'))).toEqual([
      '91 done route-to-us-east-2 app',
      '122 done route-to-us-west-2 app',
    ]);
    expect(nodesAt(records, 130, 419)).toEqual(['orders-us-west-2']);
  });

  it('counts writes and reads apart: a Region may serve reads only', () => {
    const workload = '  - { client: app, op: read, arrivals: { every: 10ms } }';
    const fault =
      '{ at: 1m, fail: us-east-1 <-> us-east-2, cause: link-cut, for: 2m }\n  - { at: 1m, fail: orders.orders-us-east-1, cause: replication-paused, for: 2m }';
    const records = run({ fault, workload, mode: 'mrsc' });
    expect(steps(records).slice(0, 2)).toEqual(['60 called route-to-us-east-2 app', '90 done route-to-us-east-2 app']);
  });

  it('takes a rejected conflict for the answer of a healthy Region', () => {
    const other = `    busy: { connectsTo: orders.us-east-2, from: use2-az1, count: 5 }`;
    const workload =
      '  - { client: busy, op: write, arrivals: { every: 10ms }, keys: 1 }\n  - { client: app, op: write, arrivals: { every: 100ms }, keys: 1 }';
    const records = run({
      fault: '{ at: 1m, fail: us-east-1 <-> us-west-2, cause: link-slow, factor: 2, for: 1m }',
      workload,
      mode: 'mrsc',
      more: other,
    });
    const refused = opsAt(records, 0, 419).filter(
      ({ cohort, error }) => cohort === 'app' && error === 'replicated-write-conflict',
    );
    expect(refused.length).toBeGreaterThan(1_000);
    expect(steps(records)).toEqual([]);
  });

  it('leaves clients where a person has put them', () => {
    const more = `  operators:
    oncall: { database: orders, reactions: { evacuate-region: 30s }, repoint: [{ after: evacuate-region, client: app, to: orders.us-west-2 }] }`;
    const records = run({ fault: '{ at: 1m, request: evacuate, of: orders.orders-us-east-1 }', more });
    expect(steps(records)).toEqual(['60 called evacuate-region oncall', '90 done evacuate-region oncall']);
    expect(nodesAt(records, 95, 419)).toEqual(['orders-us-west-2']);
    expect(opsAt(records, 0, 419).every(({ outcome }) => outcome === 'ok')).toBe(true);
  });
});

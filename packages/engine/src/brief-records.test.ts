import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { expect, it } from 'vitest';
import { followSimulation, type SimulationOptions } from './simulate.ts';

const CLUSTER = `
scenario: brief-records
summary: Two hosts of an Aurora cluster are lost, one after the other.
seed: 7
horizon: 10m
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders:
      model: aurora.cluster
      writer: orders-a
      instances: { orders-a: { az: use1-az1 }, orders-b: { az: use1-az2 }, orders-c: { az: use1-az3 } }
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 2 }
workload:
  - { client: checkout, op: write, arrivals: { every: 1s } }
faults:
  - { at: 1m, fail: orders.writer, cause: host-failure }
  - { at: 3m, fail: orders.writer, cause: host-failure }
`;

function follow(records: NonNullable<SimulationOptions['records']>): readonly TraceRecord[] {
  const parsed = parseScenario(CLUSTER, 'brief-records.yaml', kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const seen: TraceRecord[] = [];
  const follower = { add: (record: TraceRecord) => void seen.push(structuredClone(record)), settled: false };
  followSimulation(parsed.scenario, kinds, follower, { charts: 'compiled', records });
  return seen;
}

const withoutMessage = (record: TraceRecord) => (record.type === 'event' ? { ...record, message: '' } : record);

it('brief records leave out draws, details, what messages are about and look-ups that change nothing, and are the same in all else', () => {
  const complete = follow('complete');
  const brief = follow('brief');
  expect(complete.some((record) => record.type === 'fact' && record.drawnUs !== undefined)).toBe(true);
  expect(brief.some((record) => record.type === 'fact' && record.drawnUs !== undefined)).toBe(false);
  const answers = new Map<number, string | null>();
  const isRenewal = (record: TraceRecord): boolean => {
    if (record.type !== 'resolve') return false;
    const isSame = answers.get(record.client) === record.node;
    answers.set(record.client, record.node);
    return isSame;
  };
  const renewals = complete.filter(isRenewal);
  expect(renewals.length).toBeGreaterThan(0);
  const told = complete.filter((record) => !renewals.includes(record));
  const shortened = told.map((record) => {
    if (record.type === 'fact') return { ...record, drawnUs: undefined };
    return record.type === 'command' ? { ...record, detail: {} } : record;
  });
  expect(brief.map(withoutMessage)).toEqual(shortened.map(withoutMessage));
  expect(complete.some((record) => record.type === 'event' && record.message.includes('{node}'))).toBe(false);
});

import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { expect, it } from 'vitest';
import { startWorkload } from './clients/workload.ts';
import { World } from './world.ts';

/** Agenda events of two simulated seconds of writes to a source with so many read replicas. */
function events(replicas: number): { readonly events: number; readonly lag: readonly number[] } {
  const names = Array.from({ length: replicas }, (_, index) => `replica-${index + 1}`);
  const text = `
scenario: agenda-cost
summary: Steady writes to a source with read replicas.
seed: 7
horizon: 2s
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders: { model: rds.single-az, az: use1-az1 }
${names.map((name) => `    ${name}: { model: rds.read-replica, source: orders, az: use1-az2 }`).join('\n')}
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 4 }
workload:
  - { client: checkout, op: write, arrivals: { every: 2ms } }
faults: []
`;
  const parsed = parseScenario(text, 'agenda-cost.yaml', kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const world = new World(parsed.scenario, kinds);
  for (const database of world.databases()) database.start();
  const [workload] = parsed.scenario.workload;
  startWorkload(world, world.cohorts.get('checkout')!, workload!, 0);
  world.agenda.runUntil(2_000_000);
  const lag = names.map(
    (name) => world.database(name).plane.sample(world.database(name).node(`${name}-1`))!.lagEntries,
  );
  return { events: world.agenda.executed, lag };
}

it('a write costs as many events with fifteen replicas as with none, and the replicas have it', () => {
  const alone = events(0);
  const many = events(15);
  expect(alone.events).toBeGreaterThan(2_000);
  expect(many.events).toBe(alone.events);
  expect(many.lag).toHaveLength(15);
  for (const entries of many.lag) expect(entries).toBeLessThan(20);
});

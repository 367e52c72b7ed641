import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import type { ClientSpec, Scenario } from '@faultline/scenario';
import { canonicalLine } from '@faultline/trace';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';

const SCENARIOS = 20;
const SCENARIOS_OF_EACH_SORT = 3;
const HERE = [...kinds.values()].map((kind) => [kind.id, kind] as const);

/** Clients that live through a failover each in a way of their own. */
const SORTS: Readonly<Record<string, (client: ClientSpec) => Partial<ClientSpec>>> = {
  'that try again, whatever may have happened': ({ retry }) => ({
    retry: { ...retry, attempts: 4, indeterminate: true },
  }),
  'with a single connection': ({ pool }) => ({ pool: { ...pool, size: 1, borrowTimeoutUs: 3_000_000 } }),
  'without a pool or a cache': ({ pool }) => ({ pool: { ...pool, size: 0 }, dnsCache: { mode: 'none' } }),
  'that wait as long as TCP does, with keepalive': ({ driver }) => ({
    driver: {
      ...driver,
      connectTimeoutUs: null,
      socketTimeoutUs: null,
      keepalive: { idleUs: 5_000_000, intervalUs: 1_000_000, probes: 3 },
    },
  }),
  'that know the topology, and let no connection grow old': ({ driver, pool }) => ({
    driver: { ...driver, failover: 'topology' },
    pool: { ...pool, maxLifetimeUs: 20_000_000 },
  }),
};

function withClients(scenario: Scenario, change: (client: ClientSpec) => Partial<ClientSpec>): Scenario {
  const { topology } = scenario;
  const clients = Object.entries(topology.clients).map(([name, client]) => [name, { ...client, ...change(client) }]);
  return { ...scenario, topology: { ...topology, clients: Object.fromEntries(clients) } };
}

function recordsOf(scenario: Scenario, operations: 'event-by-event' | 'straight'): readonly string[] {
  return Array.from(simulate(scenario, kinds, { charts: 'compiled', operations }), (record) => canonicalLine(record));
}

describe('operations that go straight on leave the records that they leave event by event', () => {
  it.each(HERE)('in random scenarios of %s', (_, kind) => {
    let operations = 0;
    for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 31, numRuns: SCENARIOS })) {
      const records = recordsOf(scenario, 'straight');
      expect(records).toEqual(recordsOf(scenario, 'event-by-event'));
      operations += records.filter((record) => record.includes('"type":"op"')).length;
    }
    expect(operations).toBeGreaterThan(SCENARIOS);
  });

  it.each(Object.entries(SORTS))('at clients %s', (_, change) => {
    for (const kind of kinds.values()) {
      for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 37, numRuns: SCENARIOS_OF_EACH_SORT })) {
        const sort = withClients(scenario, change);
        expect(recordsOf(sort, 'straight')).toEqual(recordsOf(sort, 'event-by-event'));
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { Placement } from '../kind.ts';
import { multiAzCluster } from './index.ts';

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
  'us-west-2': ['usw2-az1'],
};

function placement(engine = 'postgres'): Placement {
  return {
    name: 'orders',
    engine,
    regions: REGIONS,
    databases: {},
    regionOf: (az) => Object.keys(REGIONS).find((region) => REGIONS[region]?.includes(az)),
  };
}

const foundIn = (writer: string, readers: [string, string]) =>
  multiAzCluster.check({ writer, readers }, placement()).map(({ found, write }) => ({ found, write }));

describe('a Multi-AZ DB cluster', () => {
  it('wants three different AZs of one Region', () => {
    expect(foundIn('use1-az1', ['use1-az2', 'use1-az3'])).toEqual([]);
    expect(foundIn('use1-az1', ['use1-az1', 'use1-az3'])).toEqual([
      { found: "a reader in the writer's AZ, use1-az1", write: 'readers: [use1-az2, use1-az3]' },
    ]);
    expect(foundIn('use1-az2', ['use1-az3', 'use1-az3'])).toEqual([
      { found: 'both readers in use1-az3', write: 'readers: [use1-az1, use1-az3]' },
    ]);
    expect(foundIn('use1-az1', ['use1-az2', 'usw2-az1'])).toEqual([
      { found: 'a reader in usw2-az1, in another Region than the writer', write: 'readers: [use1-az2, use1-az3]' },
    ]);
    expect(foundIn('use1-az9', ['use1-az2', 'use1-az3'])).toEqual([
      { found: 'the AZ use1-az9, which is not in topology.regions', write: 'writer: use1-az1' },
    ]);
  });

  it('lays out a writer, two readers that count for a commit, and all endpoints', () => {
    const layout = multiAzCluster.layout({ writer: 'use1-az1', readers: ['use1-az2', 'use1-az3'] }, placement('mysql'));
    expect(layout.nodes.map(({ id, az, role, writable }) => [id, az, role, writable])).toEqual([
      ['orders-1', 'use1-az1', 'writer', true],
      ['orders-2', 'use1-az2', 'reader', false],
      ['orders-3', 'use1-az3', 'reader', false],
    ]);
    expect(layout.replication).toMatchObject({
      acks: 1,
      volume: 'own',
      streams: [
        { to: 'orders-2', durable: true, replays: true },
        { to: 'orders-3', durable: true, replays: true },
      ],
    });
    expect(layout.endpoints.map(({ id, nodes }) => [id, nodes])).toEqual([
      ['writer', ['orders-1']],
      ['reader', ['orders-2', 'orders-3']],
      ['orders-1', ['orders-1']],
      ['orders-2', ['orders-2']],
      ['orders-3', ['orders-3']],
    ]);
    expect(layout.charts[0]?.input).toEqual({ engine: 'mysql', writer: 'orders-1', readers: ['orders-2', 'orders-3'] });
  });

  it('gives every timing, promise and operator step its origin', () => {
    const cited = [
      ...Object.values(multiAzCluster.timings),
      ...multiAzCluster.promises,
      ...Object.values(multiAzCluster.operatorSteps),
    ];
    for (const { source, date } of cited) {
      expect(source).not.toBe('');
      expect(date).toMatch(/^\d{4}-\d{2}/);
    }
  });
});

import { SECOND_US } from '@faultline/clock';
import type { EndpointLayout, Layout, NodeLayout, Placement } from '../kind.ts';
import { quantity } from '../quantity.ts';
import { applyWork, RDS_DNS_TTL_US, rdsRecovery } from '../rds/rds-data.ts';
import type { StreamLayout } from '../replication.ts';
import { transactionsOf } from '../transactions.ts';
import type { AuroraClusterInput } from './aurora-cluster.contract.ts';
import { type AuroraClusterParameters, volumeAzs } from './aurora-cluster.parameters.ts';
import { customAnswers, firstContext } from './aurora-cluster.views.ts';
import { sizeRank } from './instance-class.ts';

/** TTL of the reader endpoint. Amazon Aurora User Guide, AuroraPostgreSQL.BestPractices.FastFailover, read 2026-04. */
const READER_TTL_US = SECOND_US;

/** One full segment and one tail in each AZ. Verbitski et al., SIGMOD 2018, section 4.2. */
const COPIES_IN_AZ = { a: {}, b: { tail: true } } as const;
const WRITE_QUORUM = 4;
const READ_QUORUM = 3;

const segmentWrite = quantity(
  600,
  'µs',
  'a storage node takes a log record in, persists it and answers, median',
  'assumed',
  'not published; of the storage node’s steps only receiving and persisting are in the latency path (Verbitski et al., SIGMOD 2017, section 3.3)',
  '2017-05',
);
const noRebuild = quantity(
  1,
  'times',
  'write latency while a copy is made again',
  'documented',
  'Verbitski et al., SIGMOD 2017, section 2: the other copies of a quorum go on as they are',
  '2017-05',
);

/** Instances, the volume's segments, and the endpoints of one cluster. */
export function auroraClusterLayout(given: AuroraClusterParameters, placement: Placement): Layout {
  const { name } = placement;
  const idOf = (key: string): string => `${name}-${key}`;
  const azs = volumeAzs(given, placement);
  const region = placement.regionOf(azs[0] ?? '') as string;
  const input: AuroraClusterInput = {
    writer: idOf(given.writer),
    instances: Object.entries(given.instances).map(([key, { az, tier, size }]) => ({
      id: idOf(key),
      az,
      tier,
      size: sizeRank(size),
    })),
    customEndpoints: Object.entries(given.customEndpoints).map(([id, { members, type }]) => ({
      id,
      members: members.map(idOf),
      type,
    })),
    azs,
    readersSurvive: given.readersSurvive,
  };
  const readers = input.instances.filter(({ id }) => id !== input.writer);
  return {
    nodes: instances(input, region),
    replication: {
      rule: 'log',
      writer: input.writer,
      volume: 'shared',
      streams: [
        ...readers.map(({ id, az }) => ({ to: id, az, region, durable: false, replays: true })),
        ...segments(given.protectionGroups, azs, region),
      ],
      acks: WRITE_QUORUM,
      readQuorum: READ_QUORUM,
      shards: given.protectionGroups,
      flush: segmentWrite,
      apply: applyWork,
      rebuildSlowdown: noRebuild,
      recovery: rdsRecovery,
      ...transactionsOf(placement.engine),
    },
    endpoints: endpoints(input),
    charts: [{ id: name, nodes: input.instances.map(({ id }) => id), input: { ...input } }],
  };
}

function instances(input: AuroraClusterInput, region: string): readonly NodeLayout[] {
  return input.instances.map(({ id, az }) => ({
    id,
    az,
    region,
    role: id === input.writer ? 'writer' : 'reader',
    readable: true,
    writable: id === input.writer,
  }));
}

/** Six segments for each protection group, two in each AZ: `pg1-az1-a` is the full copy of the first group in the Region's first AZ, `pg1-az1-b` its tail. */
function segments(groups: number, azs: readonly string[], region: string): readonly StreamLayout[] {
  return Array.from({ length: groups }, (_, shard) =>
    azs.flatMap((az, place) =>
      Object.entries(COPIES_IN_AZ).map(([copy, kind]) => ({
        to: `pg${shard + 1}-az${place + 1}-${copy}`,
        az,
        region,
        durable: true,
        replays: false,
        shard,
        ...kind,
      })),
    ),
  ).flat();
}

function endpoints(input: AuroraClusterInput): readonly EndpointLayout[] {
  return [
    { id: 'writer', nodes: [input.writer], ttlUs: RDS_DNS_TTL_US, serves: 'both' },
    { id: 'reader', nodes: firstContext(input).endpointReaders, ttlUs: READER_TTL_US, serves: 'read' },
    ...input.customEndpoints.map((custom) => ({
      id: custom.id,
      nodes: customAnswers(input.writer, custom),
      ttlUs: RDS_DNS_TTL_US,
      serves: 'read' as const,
    })),
    ...input.instances.map(({ id }) => ({ id, nodes: [id], ttlUs: RDS_DNS_TTL_US, serves: 'both' as const })),
  ];
}

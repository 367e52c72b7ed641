import type {
  DeploymentKind,
  EndpointLayout,
  Layout,
  NodeLayout,
  Placement,
  PlacementProblem,
} from '@faultline/models';
import { z } from 'zod';

/**
 * Deployment kinds that exist only to be parsed: a pair in two AZs with storage segments, and a follower of
 * another database. Small, and independent of what the real kinds will document next.
 */

const assumed = { source: 'this test', date: '2026-04', grade: 'assumed' } as const;
const second = { kind: 'constant', us: 1_000_000 } as const;

const pairParameters = z.strictObject({
  primary: z.string().min(1),
  standby: z.string().min(1),
  readers: z.number().int().min(0).max(3).default(0),
  mode: z.enum(['sync', 'async']).default('sync'),
  volume: z
    .union([z.literal('default'), z.strictObject({ iops: z.number().positive(), tier: z.string().optional() })])
    .default('default'),
  zones: z.array(z.string()).max(2).optional(),
  tags: z.record(z.string().regex(/^[a-z]+$/), z.string()).optional(),
  even: z
    .number()
    .refine((value) => value % 2 === 0, 'an even number')
    .optional(),
});
type PairParameters = z.infer<typeof pairParameters>;

function checkPair(parameters: PairParameters, placement: Placement): readonly PlacementProblem[] {
  const problems: PlacementProblem[] = [];
  for (const key of ['primary', 'standby'] as const) {
    if (placement.regionOf(parameters[key]) !== undefined) continue;
    problems.push({
      path: [key],
      found: `\`${parameters[key]}\`, which is no AZ`,
      expected: 'an AZ of the topology',
      write: `${key}: use1-az1`,
    });
  }
  if (problems.length === 0 && parameters.primary === parameters.standby) {
    problems.push({
      path: ['standby'],
      found: `a standby in ${parameters.standby}, the AZ of its primary`,
      expected: 'another AZ of the same Region',
      write: 'standby: use1-az2',
    });
  }
  return problems;
}

function node(id: string, az: string, role: string, placement: Placement): NodeLayout {
  const region = placement.regionOf(az) ?? 'nowhere';
  return { id, az, region, role, readable: role !== 'standby', writable: role === 'primary' };
}

function pairLayout(parameters: PairParameters, placement: Placement): Layout {
  const { name } = placement;
  const quantity = { ...assumed, value: 1, unit: 'µs', meaning: 'a number' };
  const [primary, standby] = [`${name}-1`, `${name}-2`];
  const endpoint = (id: string, serves: 'write' | 'read'): EndpointLayout => ({
    id,
    nodes: [primary],
    ttlUs: 5_000_000,
    serves,
  });
  const stream = (to: string, az: string) => {
    return { to, az, region: placement.regionOf(az) ?? 'nowhere', durable: true, replays: false };
  };
  return {
    nodes: [
      node(primary, parameters.primary, 'primary', placement),
      node(standby, parameters.standby, 'standby', placement),
    ],
    endpoints: [endpoint('writer', 'write'), endpoint('reader', 'read')],
    charts: [],
    replication: {
      rule: 'log',
      writer: primary,
      volume: 'own',
      streams: [
        stream(standby, parameters.standby),
        stream('segment-a', parameters.primary),
        stream('segment-b', parameters.standby),
      ],
      acks: 1,
      flush: quantity,
      apply: quantity,
      rebuildSlowdown: quantity,
      recovery: { checkpointInterval: quantity, redoRate: quantity, bytesPerWrite: quantity, backgroundLog: quantity },
      transactions: { isolation: 'read-committed', changedRow: 'refused', visibility: null },
    },
  };
}

const common = {
  summary: 'A kind for tests.',
  promises: [],
  comparison: () => ({ deployed: 'nothing', databases: {}, writer: 'orders.primary' }),
  machine: {} as never,
  metricNames: {},
  acts: {},
  billing: () => ({ instances: 2, storageCopies: 2, crossAzTransfers: 1, crossRegionTransfers: 0, note: '' }),
};

const pair: DeploymentKind<PairParameters> = {
  ...common,
  id: 'fake.pair',
  title: 'A pair',
  engines: ['postgres', 'mysql', 'oracle'],
  proxy: { ...assumed, engines: ['postgres', 'mysql'] },
  parameters: pairParameters,
  example: 'primary: use1-az1\nstandby: use1-az2\nvolume: { iops: 3000 }',
  check: checkPair,
  layout: pairLayout,
  roles: ['primary', 'standby'],
  requests: ['failover', 'reboot'],
  timings: {
    detection: { ...assumed, distribution: second, meaning: 'noticing' },
    promotion: { ...assumed, distribution: second, meaning: 'promoting' },
  },
  operatorSteps: {},
  events: { 'FAKE-0013': { category: 'failover', message: 'started', subject: 'instance' } },
};

const followerParameters = z.strictObject({ source: z.string(), az: z.string() });

const follower: DeploymentKind<z.infer<typeof followerParameters>> = {
  ...common,
  id: 'fake.follower',
  title: 'A follower',
  engines: ['postgres'],
  parameters: followerParameters,
  example: 'source: orders\naz: use1-az3',
  check: ({ source }, { databases }) =>
    Object.hasOwn(databases, source)
      ? []
      : [
          {
            path: ['source'],
            found: `a follower of ${source}`,
            expected: 'a database to follow',
            write: 'source: orders',
          },
        ],
  layout(parameters, placement) {
    const id = `${placement.name}-1`;
    const quantity = { ...assumed, value: 1, unit: 'µs', meaning: 'a number' };
    return {
      nodes: [{ ...node(id, parameters.az, 'replica', placement), writable: false }],
      endpoints: [{ id: 'reader', nodes: [id], ttlUs: 5_000_000, serves: 'both' }],
      charts: [],
      replication: {
        rule: 'follower',
        source: parameters.source,
        node: id,
        apply: quantity,
        flush: quantity,
        recovery: {
          checkpointInterval: quantity,
          redoRate: quantity,
          bytesPerWrite: quantity,
          backgroundLog: quantity,
        },
      },
    };
  },
  roles: ['replica'],
  requests: ['promote'],
  timings: {},
  operatorSteps: { 'promote-replica': { ...assumed, meaning: 'promoting it', reaction: second } },
  events: { 'FAKE-0045': { category: 'notification', message: 'stopped', subject: 'instance' } },
};

/** The registry that the tests parse against. */
export const fakeKinds: ReadonlyMap<string, DeploymentKind> = new Map<string, DeploymentKind>(
  [pair as unknown as DeploymentKind, follower as unknown as DeploymentKind].map((kind) => [kind.id, kind]),
);

import { lognormal } from '@faultline/clock';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind, OperatorStep } from '../kind.ts';
import { applyWork } from '../rds/rds-data.ts';
import type { AcknowledgedWhen } from '../replication.ts';
import { transactionsOf } from '../transactions.ts';
import {
  isSynchronous,
  type StreamingPairInput,
  type StreamingPairStep,
  type SynchronousCommit,
} from './streaming-pair.contract.ts';
import { NAME_TTL_US, noSlowdown, pairRecovery, walFlush, walWriterRounds } from './streaming-pair.data.ts';
import { streamingPairMachine } from './streaming-pair.machine.ts';
import {
  checkStreamingPair,
  type StreamingPairParameters,
  streamingPairParameters,
} from './streaming-pair.parameters.ts';
import { streamingPairTimings } from './streaming-pair.timings.ts';

const MODES = 'PostgreSQL 15 documentation, synchronous_commit';
const STANDBY = 'PostgreSQL 15 documentation, Log-Shipping Standby Servers';
const DATE = '2026-11';

/** PostgreSQL's own default. Here it means that the standby is named in `synchronous_standby_names`. */
const DEFAULT_MODE: SynchronousCommit = 'on';

/** What a commit waits to hear from the standby. */
const answers: Readonly<Record<SynchronousCommit, AcknowledgedWhen>> = {
  off: 'flushed',
  local: 'flushed',
  remote_write: 'written',
  on: 'flushed',
  remote_apply: 'applied',
};

/** A PostgreSQL primary and one streaming standby that nobody but their owner looks after. */
export const streamingPair: DeploymentKind<StreamingPairParameters> = {
  id: 'postgresql.streaming-pair',
  title: 'PostgreSQL streaming pair',
  summary:
    'A self-managed primary and one streaming standby; synchronous_commit says what is safe, a person fails over.',
  promises: [
    {
      claim:
        'off: a commit is acknowledged before it is flushed; a crash may lose the last ones, up to three rounds of the WAL writer.',
      source: MODES,
      date: DATE,
      grade: 'documented',
    },
    {
      claim: "local: a commit is on the primary's disk; the standby follows asynchronously.",
      source: MODES,
      date: DATE,
      grade: 'documented',
    },
    {
      claim: 'remote_write, on, remote_apply: a commit is also written, flushed, applied at the standby.',
      source: MODES,
      date: DATE,
      grade: 'documented',
    },
    {
      claim: 'While its synchronous standby is away, the primary acknowledges nothing.',
      source: STANDBY,
      date: DATE,
      grade: 'documented',
    },
    {
      claim: 'Nothing fails over by itself, and nothing keeps an old primary from coming back.',
      source: 'PostgreSQL 15 documentation, Failover',
      date: DATE,
      grade: 'documented',
    },
  ],
  engines: ['postgres'],
  parameters: streamingPairParameters,
  example: 'primary: use1-az1\nstandby: use1-az2\nsynchronousCommit: on',
  check: checkStreamingPair,
  layout(given, placement) {
    const { name } = placement;
    const [primary, standby] = [`${name}-1`, `${name}-2`];
    const mode = given.synchronousCommit ?? DEFAULT_MODE;
    const synchronous = isSynchronous(mode);
    const regionOf = (az: string) => placement.regionOf(az) as string;
    const input: StreamingPairInput = { primary, standby, synchronous };
    return {
      nodes: [
        {
          id: primary,
          az: given.primary,
          region: regionOf(given.primary),
          role: 'primary',
          readable: true,
          writable: true,
        },
        {
          id: standby,
          az: given.standby,
          region: regionOf(given.standby),
          role: 'standby',
          readable: true,
          writable: false,
        },
      ],
      replication: {
        rule: 'log',
        writer: primary,
        volume: 'own',
        streams: [
          { to: standby, az: given.standby, region: regionOf(given.standby), durable: synchronous, replays: true },
        ],
        acks: synchronous ? 1 : 0,
        acknowledgedWhen: answers[mode],
        copiesFlush: 'in-batches',
        ...(mode === 'off' ? { flushRounds: walWriterRounds } : {}),
        flush: walFlush,
        apply: applyWork,
        rebuildSlowdown: noSlowdown,
        recovery: pairRecovery(given.logRate),
        ...transactionsOf(placement.engine),
      },
      endpoints: [
        { id: 'writer', nodes: [primary], ttlUs: NAME_TTL_US, serves: 'both' },
        ...[primary, standby].map((id) => ({ id, nodes: [id], ttlUs: NAME_TTL_US, serves: 'both' as const })),
      ],
      charts: [{ id: name, nodes: [primary, standby], input: { ...input } }],
    };
  },
  comparison(regions) {
    const [[primary, standby] = []] = Object.values(regions);
    return {
      deployed: 'a primary, and a standby in another AZ that a person promotes',
      databases: { orders: { model: 'postgresql.streaming-pair', primary, standby } },
      writer: 'orders.primary',
      operators: { dba: { database: 'orders' } },
      plannedFailover: { request: 'promote', of: 'orders' },
    };
  },
  roles: ['primary', 'standby'],
  requests: ['promote', 'restart'],
  machine: streamingPairMachine,
  timings: streamingPairTimings,
  operatorSteps: {
    'promote-standby': step('shut the old primary out, promote the standby and move the clients', '10m', '40m'),
    'drop-synchronous-standby': step(
      'take the lost standby out of synchronous_standby_names, so that commits go on without it',
      '10m',
      '40m',
    ),
    'rebuild-standby': step('make the former primary a standby of the new one', '1h', '8h'),
  } satisfies Record<StreamingPairStep, OperatorStep>,
  events: {},
  metricNames: { replicaLagMs: 'pg_stat_replication.replay_lag', connections: 'pg_stat_database.numbackends' },
  acts: {
    detection: 'customer',
    decision: 'customer',
    promotion: 'customer',
    recovery: 'customer',
    'endpoint-change': 'customer',
    ...clientActs,
  },
  billing: () => ({
    instances: 2,
    storageCopies: 2,
    crossAzTransfers: 1,
    crossRegionTransfers: 0,
    note: 'traffic between your own servers in two AZs is billed',
  }),
};

function step(meaning: string, median: string, p95: string): OperatorStep {
  return {
    meaning,
    reaction: lognormal({ median, p95 }),
    source: 'a person is called, looks and decides; no figure is published',
    date: DATE,
    grade: 'assumed',
  };
}

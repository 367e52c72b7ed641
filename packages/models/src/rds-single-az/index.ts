import { lognormal } from '@faultline/clock';
import { z } from 'zod';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind } from '../kind.ts';
import { azProblems } from '../rds/az-problems.ts';
import { logRate } from '../rds/log-rate.ts';
import {
  applyWork,
  logUploadInterval,
  noSlowdown,
  RDS_DNS_TTL_US,
  recoveryWith,
  volumeFlush,
} from '../rds/rds-data.ts';
import { rdsInstanceEvents } from '../rds/rds-events.ts';
import { rdsProxy } from '../rds/rds-proxy.ts';
import { restoreSteps } from '../rds/restore.ts';
import { transactionsOf } from '../transactions.ts';
import { singleAzMachine } from './single-az.machine.ts';
import { singleAzTimings } from './single-az.timings.ts';

const parameters = z.strictObject({
  az: z.string(),
  logRate: logRate.optional(),
});

type Parameters = z.output<typeof parameters>;

const PITR = 'Amazon RDS User Guide, USER_PIT';

/** One instance in one AZ: Amazon RDS Single-AZ DB instance deployment. */
export const singleAz: DeploymentKind<Parameters> = {
  id: 'rds.single-az',
  title: 'RDS Single-AZ DB instance',
  summary: 'One instance with one volume in one AZ; when the AZ is lost, somebody waits or restores a backup.',
  promises: [
    {
      claim: 'The log is uploaded every 5 minutes; the latest restorable time is typically within the last 5 minutes.',
      source: PITR,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A restore makes a new instance with an endpoint of its own.',
      source: PITR,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'An instance that takes over a name takes over its endpoint.',
      source: 'Amazon RDS User Guide, USER_RenameInstance',
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'The volume outlives the host: what was acknowledged survives a host failure.',
      source: 'Amazon EBS User Guide, ebs-volumes: data persists independently of the life of an instance',
      date: '2026-04',
      grade: 'documented',
    },
  ],
  engines: ['postgres', 'mysql', 'mariadb', 'oracle', 'sqlserver', 'db2'],
  parameters,
  example: 'az: use1-az1',
  check: (given, placement) => azProblems(given.az, 'az', placement),
  layout(given, placement) {
    const { name } = placement;
    const [instance, restored] = [`${name}-1`, `${name}-2`];
    const region = placement.regionOf(given.az) as string;
    const restoreAz = placement.regions[region]?.find((az) => az !== given.az) ?? given.az;
    return {
      nodes: [
        { id: instance, az: given.az, region, role: 'instance', readable: true, writable: true },
        { id: restored, az: restoreAz, region, role: 'restored', readable: false, writable: false, absent: true },
      ],
      replication: {
        rule: 'log',
        writer: instance,
        volume: 'own',
        streams: [],
        acks: 0,
        flush: volumeFlush,
        apply: applyWork,
        rebuildSlowdown: noSlowdown,
        recovery: recoveryWith(given.logRate),
        logUploadInterval,
        ...transactionsOf(placement.engine),
      },
      endpoints: [{ id: 'instance', nodes: [instance], ttlUs: RDS_DNS_TTL_US, serves: 'both' }],
      charts: [{ id: name, nodes: [instance, restored], input: { instance, restored, az: given.az, restoreAz } }],
    };
  },
  comparison(regions) {
    const [[az] = []] = Object.values(regions);
    return {
      deployed: 'one instance in one AZ',
      databases: { orders: { model: 'rds.single-az', az } },
      writer: 'orders.instance',
      operators: { oncall: { database: 'orders' } },
      plannedFailover: { request: 'reboot', of: 'orders' },
    };
  },
  roles: ['instance'],
  requests: ['reboot', 'delete'],
  machine: singleAzMachine,
  timings: singleAzTimings,
  operatorSteps: {
    'reboot-instance': {
      meaning: 'reboot an instance that is busy and unresponsive',
      reaction: lognormal({ median: '10m', p95: '30m' }),
      source: 'an alarm over a few periods of a minute, a person who looks, a decision; nobody publishes this',
      date: '2026-11',
      grade: 'assumed',
    },
    ...restoreSteps,
  },
  events: rdsInstanceEvents,
  metricNames: { writeLatencyMs: 'WriteLatency', connections: 'DatabaseConnections' },
  acts: {
    detection: 'provider',
    decision: 'customer',
    recovery: 'provider',
    'endpoint-change': 'customer',
    ...clientActs,
  },
  proxy: rdsProxy,
  billing: () => ({
    instances: 1,
    storageCopies: 1,
    crossAzTransfers: 0,
    crossRegionTransfers: 0,
    note: 'backup storage up to the size of the database is included',
  }),
};

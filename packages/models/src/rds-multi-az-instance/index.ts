import { MINUTE_US, SECOND_US } from '@faultline/clock';
import { z } from 'zod';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind, Placement, PlacementProblem } from '../kind.ts';
import { azProblems } from '../rds/az-problems.ts';
import { logRate } from '../rds/log-rate.ts';
import {
  applyWork,
  logUploadInterval,
  RDS_DNS_TTL_US,
  rebuildSlowdown,
  recoveryWith,
  volumeFlush,
} from '../rds/rds-data.ts';
import { rdsInstanceEvents } from '../rds/rds-events.ts';
import { rdsProxy } from '../rds/rds-proxy.ts';
import { restoreSteps } from '../rds/restore.ts';
import { transactionsOf } from '../transactions.ts';
import { multiAzInstanceMachine } from './multi-az-instance.machine.ts';
import { multiAzInstanceTimings } from './multi-az-instance.timings.ts';

const parameters = z.strictObject({
  primary: z.string(),
  standby: z.string(),
  logRate: logRate.optional(),
});

type Parameters = z.output<typeof parameters>;

const GUIDE = 'Amazon RDS User Guide, Concepts.MultiAZSingleStandby';

/** A primary and a synchronous standby that serves nothing: Amazon RDS Multi-AZ DB instance deployment. */
export const multiAzInstance: DeploymentKind<Parameters> = {
  id: 'rds.multi-az-instance',
  title: 'RDS Multi-AZ DB instance',
  summary: 'A primary and one synchronous standby in another AZ; the standby serves nothing and takes over.',
  promises: [
    {
      claim: 'A commit is on both volumes before it is acknowledged.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A failover loses no acknowledged write, as long as the standby was in sync.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A standby that is out of sync is not promoted.',
      source: 'AWS, Summary of the October 22, 2012 AWS Service Event in the US-East Region',
      date: '2012-10',
      grade: 'documented',
    },
    {
      claim:
        'When no volume is left that has all the data, its customer restores the backup: the log is uploaded every 5 minutes.',
      source: 'Amazon RDS User Guide, USER_PIT',
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A failover typically takes 60 to 120 seconds; large transactions or a lengthy recovery make it longer.',
      source: 'Amazon RDS User Guide, Concepts.MultiAZ.Failover',
      date: '2026-04',
      grade: 'documented',
    },
  ],
  engines: ['postgres', 'mysql', 'mariadb', 'oracle', 'db2'],
  parameters,
  example: 'primary: use1-az1\nstandby: use1-az2',
  check(given, placement) {
    return [
      ...azProblems(given.primary, 'primary', placement),
      ...azProblems(given.standby, 'standby', placement, 1),
      ...checkPair(given, placement),
    ];
  },
  layout(given, placement) {
    const { name } = placement;
    const [primary, standby] = [`${name}-1`, `${name}-2`];
    const region = placement.regionOf(given.primary) as string;
    const third = placement.regions[region]?.find((az) => az !== given.primary && az !== given.standby);
    return {
      nodes: [
        { id: primary, az: given.primary, region, role: 'primary', readable: true, writable: true },
        { id: standby, az: given.standby, region, role: 'standby', readable: false, writable: false, idle: true },
      ],
      replication: {
        rule: 'log',
        writer: primary,
        volume: 'own',
        streams: [{ to: standby, az: given.standby, region, durable: true, replays: false }],
        acks: 1,
        flush: volumeFlush,
        apply: applyWork,
        rebuildSlowdown,
        recovery: recoveryWith(given.logRate),
        logUploadInterval,
        ...transactionsOf(placement.engine),
      },
      endpoints: [{ id: 'instance', nodes: [primary], ttlUs: RDS_DNS_TTL_US, serves: 'both' }],
      charts: [{ id: name, nodes: [primary, standby], input: { primary, standby, restoreAz: third ?? given.standby } }],
    };
  },
  comparison(regions) {
    const [[primary, standby] = []] = Object.values(regions);
    return {
      deployed: 'a primary, and a standby in another AZ',
      databases: { orders: { model: 'rds.multi-az-instance', primary, standby } },
      writer: 'orders.primary',
      operators: { oncall: { database: 'orders' } },
      plannedFailover: { request: 'reboot-with-failover', of: 'orders' },
    };
  },
  roles: ['primary', 'standby'],
  requests: ['reboot', 'reboot-with-failover', 'delete'],
  machine: multiAzInstanceMachine,
  timings: multiAzInstanceTimings,
  operatorSteps: restoreSteps,
  events: rdsInstanceEvents,
  metricNames: { writeLatencyMs: 'WriteLatency', connections: 'DatabaseConnections' },
  acts: {
    detection: 'provider',
    decision: 'customer',
    promotion: 'provider',
    recovery: 'provider',
    'endpoint-change': 'provider',
    ...clientActs,
  },
  proxy: rdsProxy,
  billing: () => ({
    instances: 2,
    storageCopies: 2,
    crossAzTransfers: 0,
    crossRegionTransfers: 0,
    note: 'replication between the AZs of a Multi-AZ instance is not billed',
  }),
  documentedOutage: {
    meaning: 'failover, from the detection of the failure to the resumption of transactions; typical',
    lowUs: MINUTE_US,
    highUs: 120 * SECOND_US,
    source: 'Amazon RDS User Guide, Concepts.MultiAZ.Failover',
    date: '2026-04',
    grade: 'documented',
  },
};

function checkPair({ primary, standby }: Parameters, placement: Placement): readonly PlacementProblem[] {
  const region = placement.regionOf(primary);
  const others = (placement.regions[region ?? ''] ?? []).filter((az) => az !== primary);
  const write = `standby: ${others[0] ?? 'another-az'}`;
  if (primary === standby) {
    return [
      {
        path: ['standby'],
        found: `the standby in the primary's AZ, ${standby}`,
        expected: 'another AZ of the same Region, so that losing one AZ leaves the other copy',
        write,
      },
    ];
  }
  if (region === undefined || placement.regionOf(standby) === undefined || placement.regionOf(standby) === region)
    return [];
  return [
    {
      path: ['standby'],
      found: `a standby in ${standby}, in another Region than the primary`,
      expected: `an AZ of ${region}`,
      write,
    },
  ];
}

import type { CalibrationCase } from '../calibration-case.ts';
import { between } from '../watches/between.ts';
import { after, event, failure, since, success } from '../watches/instants.ts';
import { gapDifference, probeGap } from '../watches/probe-gap.ts';

const GROUP = 'RDS Multi-AZ DB instance';
const SOURCE = 'public log of forced failovers of an idle RDS PostgreSQL 16.13 db.t3.micro in us-west-2';
const DATE = '2026-10';

const REQUESTED_US = 60_000_000;
const REQUESTED_AGAIN_US = 900_000_000;

/** A new connection every 250 ms: 300 ms to connect and to read, which covers the 200 ms of a write. */
const PROBE = {
  connectsTo: 'probed',
  from: 'usw2-az3',
  count: 1,
  pool: 'none',
  dnsCache: 'none',
  retry: 'none',
  driver: { connectTimeout: '300ms', socketTimeout: '300ms' },
};

/** The probes need not run long before the failover that they are to see. */
const scenario = (requests: readonly string[], probesFrom: string, timings: Readonly<Record<string, string>> = {}) => ({
  horizon: '30m',
  sample: 'none',
  topology: {
    regions: { 'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'] },
    databases: {
      probed: {
        model: 'rds.multi-az-instance',
        engine: 'postgres',
        primary: 'usw2-az1',
        standby: 'usw2-az2',
        logRate: '0B/s',
        timings,
      },
    },
    clients: { writer: PROBE, reader: PROBE },
  },
  workload: [
    { client: 'writer', op: 'write', arrivals: { every: '250ms' }, from: probesFrom },
    { client: 'reader', op: 'read', arrivals: { every: '250ms' }, from: probesFrom },
  ],
  faults: requests.map((at) => ({ at, request: 'reboot-with-failover', of: 'probed' })),
});

const started = event('RDS-EVENT-0013');

/** C1 and C1a: the best described failovers of a Multi-AZ instance that anybody has published. */
export const multiAzInstanceFailover: readonly CalibrationCase[] = [
  {
    id: 'C1-cold',
    group: GROUP,
    title: 'reboot with failover, the first of an instance',
    source: SOURCE,
    date: DATE,
    note: 'where the prober ran is not known: here in the third AZ of the Region',
    scenario: () => scenario(['60s'], '30s'),
    measures: [
      {
        id: 'write-gap',
        title: 'write gap',
        seenBy: 'client',
        unit: 's',
        measured: { values: [37.0, 33.7, 35.2, 34.5, 34.8, 29.0, 20.5, 39.1] },
        usedFor: 'fencing, promotion, engineStart, endpointUpdate',
        watch: () => probeGap({ cohort: 'writer', sinceUs: REQUESTED_US }),
      },
      {
        id: 'read-gap',
        title: 'read gap, shorter by',
        seenBy: 'client',
        unit: 's',
        measured: { from: 0, to: 5 },
        usedFor: 'fencing',
        watch: () =>
          gapDifference({ cohort: 'writer', sinceUs: REQUESTED_US }, { cohort: 'reader', sinceUs: REQUESTED_US }),
      },
    ],
  },
  {
    id: 'C1-warm',
    group: GROUP,
    title: 'the same, repeated soon after',
    source: SOURCE,
    date: DATE,
    note: 'the small idle volume is taken to be in sync again within 2 min',
    scenario: () => scenario(['60s', '15m'], '14m', { standbyRebuild: '2m' }),
    measures: [
      {
        id: 'write-gap',
        title: 'write gap',
        seenBy: 'client',
        unit: 's',
        measured: { values: [16.8, 17.9, 18.0, 20.7] },
        usedFor: 'promotionWarm',
        watch: () => probeGap({ cohort: 'writer', sinceUs: REQUESTED_AGAIN_US }),
      },
    ],
  },
  {
    id: 'C1a',
    group: GROUP,
    title: 'the same, probe against events',
    source: SOURCE,
    date: DATE,
    note: 'the AZ that the console shows is not modelled',
    scenario: () => scenario(['60s'], '30s'),
    measures: [
      {
        id: 'writes-fail-before-started',
        title: 'writes fail before 0013 by',
        seenBy: 'both',
        unit: 's',
        measured: { from: 0, to: 5.01 },
        usedFor: 'fencing',
        watch: () => between(since(REQUESTED_US, failure('writer')), started),
      },
      {
        id: 'reads-fail-around-started',
        title: 'reads fail after 0013 by',
        seenBy: 'both',
        unit: 's',
        measured: { from: -0.15, to: 0.15 },
        usedFor: 'fencing',
        watch: () => between(started, since(REQUESTED_US, failure('reader'))),
      },
      {
        id: 'completed-after-usable',
        title: '0049 after it is usable by',
        seenBy: 'both',
        unit: 's',
        measured: { from: 3, to: 42 },
        usedFor: 'completionNotice',
        watch: () => between(after(started, success('writer')), event('RDS-EVENT-0049')),
      },
    ],
  },
];

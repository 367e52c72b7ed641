import type { CalibrationCase } from '../calibration-case.ts';
import { fromTo } from '../watches/between.ts';
import { either, event, nth } from '../watches/instants.ts';
import { probeGap } from '../watches/probe-gap.ts';

const GROUP = 'Aurora DB cluster';
const PROBES = 'zatoima.github.io';

const REQUESTED_US = 60_000_000;

/** A shell loop: connect through the cluster endpoint, INSERT, wait a second; without time-outs of its own. */
const scenario = () => ({
  horizon: '20m',
  sample: 'none',
  topology: {
    regions: { 'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'] },
    databases: {
      probed: {
        model: 'aurora.cluster',
        engine: 'postgres',
        instances: { a: { az: 'apne1-az1' }, b: { az: 'apne1-az2' } },
        writer: 'a',
      },
    },
    clients: {
      probe: {
        connectsTo: 'probed.writer',
        from: 'apne1-az1',
        count: 1,
        pool: 'none',
        dnsCache: 'none',
        retry: 'none',
        driver: { connectTimeout: 'none', socketTimeout: 'none' },
      },
    },
  },
  workload: [{ client: 'probe', op: 'write', arrivals: { closed: { think: '1s' } } }],
  faults: [{ at: '60s', request: 'failover', of: 'probed' }],
});

const started = () => either(event('RDS-EVENT-0072'), event('RDS-EVENT-0073'));
const restarted = event('RDS-EVENT-0006');
const completed = event('RDS-EVENT-0071');

/** C7 to C9: requested failovers of idle clusters. */
export const auroraFailover: readonly CalibrationCase[] = [
  {
    id: 'C7',
    group: GROUP,
    title: 'requested failover of Aurora PostgreSQL, 2021',
    source: PROBES,
    date: '2021',
    scenario,
    measures: [
      {
        id: 'write-gap',
        title: 'write gap, probed every second',
        seenBy: 'client',
        unit: 's',
        measured: { values: [13, 11, 16, 10, 12] },
        usedFor: 'endpointUpdate (one of two bounds)',
        watch: () => probeGap({ cohort: 'probe', sinceUs: REQUESTED_US }),
      },
    ],
  },
  {
    id: 'C8',
    group: GROUP,
    title: 'requested failover of Aurora PostgreSQL, 2020',
    source: PROBES,
    date: '2020',
    scenario,
    measures: [
      {
        id: 'write-gap',
        title: 'write gap, probed every second',
        seenBy: 'client',
        unit: 's',
        measured: { values: [12.0] },
        usedFor: 'engineStart, readerStart',
        watch: () => probeGap({ cohort: 'probe', sinceUs: REQUESTED_US }),
      },
      {
        id: 'read-only',
        title: 'of it refused as read-only',
        seenBy: 'client',
        unit: 's',
        measured: { values: [5] },
        usedFor: 'readerStart',
        watch: () => probeGap({ cohort: 'probe', sinceUs: REQUESTED_US, error: 'read-only' }),
      },
      {
        id: 'completed',
        title: 'started to completed',
        seenBy: 'events',
        unit: 's',
        measured: { values: [25] },
        usedFor: 'completionNotice',
        watch: () => fromTo(started(), completed),
      },
    ],
  },
  {
    id: 'C9',
    group: GROUP,
    title: 'failover of Amazon DocumentDB, example of the AWS CLI',
    source: 'AWS CLI Command Reference, docdb describe-events',
    date: '2026-04',
    note: 'not the same service: the same storage design and family of events',
    scenario,
    measures: [
      {
        id: 'first-restart',
        title: 'started to first restart',
        seenBy: 'events',
        unit: 's',
        measured: { values: [11.0] },
        caveat: 'another service, whose engine starts more slowly',
        watch: () => fromTo(started(), restarted),
      },
      {
        id: 'second-restart',
        title: 'started to second restart',
        seenBy: 'events',
        unit: 's',
        measured: { values: [21.5] },
        caveat: 'another service, whose engine starts more slowly',
        watch: () => fromTo(started(), nth(2, restarted)),
      },
      {
        id: 'completed',
        title: 'started to completed',
        seenBy: 'events',
        unit: 's',
        measured: { values: [23.7] },
        usedFor: 'completionNotice',
        watch: () => fromTo(started(), completed),
      },
    ],
  },
];

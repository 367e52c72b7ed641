import type { CalibrationCase } from '../calibration-case.ts';
import { fromTo } from '../watches/between.ts';
import { event } from '../watches/instants.ts';
import { probeGap } from '../watches/probe-gap.ts';
import { classChange } from './class-change.ts';

const GROUP = 'RDS Multi-AZ DB instance';
const REPOST = 'AWS re:Post, rds-connections-reboot-failover';

const REQUESTED_US = 60_000_000;

interface Setup {
  readonly engine: string;
  readonly request: string;
  readonly clients?: Readonly<Record<string, unknown>>;
  readonly arrivals?: Readonly<Record<string, unknown>>;
}

const scenario = ({ engine, request, clients = {}, arrivals = { every: '1s' } }: Setup) => ({
  horizon: '30m',
  sample: 'none',
  topology: {
    regions: { 'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'] },
    databases: { probed: { model: 'rds.multi-az-instance', engine, primary: 'use1-az1', standby: 'use1-az2' } },
    clients: {
      app: {
        connectsTo: 'probed',
        from: 'use1-az3',
        count: 1,
        pool: 'none',
        dnsCache: 'ttl',
        retry: 'none',
        driver: { connectTimeout: '5s', socketTimeout: '5s' },
        ...clients,
      },
    },
  },
  workload: [{ client: 'app', op: 'write', arrivals }],
  faults: [{ at: '60s', request, of: 'probed' }],
});

const started = event('RDS-EVENT-0013');
const restarted = event('RDS-EVENT-0006');
const completed = event('RDS-EVENT-0049');

/** C2 to C6: single measurements by different people, none of whom says how busy the instance was. */
export const rdsInstanceFailovers: readonly CalibrationCase[] = [
  {
    id: 'C2',
    group: GROUP,
    title: 'reboot with failover, example in the documentation',
    source: REPOST,
    date: '2026-04',
    note: "engine and load are not given: the kind's defaults",
    scenario: () => scenario({ engine: 'postgres', request: 'reboot-with-failover' }),
    measures: [
      {
        id: 'completed',
        title: 'started to completed',
        seenBy: 'events',
        unit: 's',
        measured: { values: [120] },
        caveat: 'an instance of unknown size and load; the same events spanned 25 s in C5',
        watch: () => fromTo(started, completed),
      },
      {
        id: 'restarted',
        title: 'started to restarted',
        seenBy: 'events',
        unit: 's',
        measured: { values: [135] },
        caveat: 'here the restart is told before the failover is complete, as in C1a and C5',
        watch: () => fromTo(started, restarted),
      },
    ],
  },
  {
    id: 'C3',
    group: GROUP,
    title: 'reboot without failover, example in the documentation',
    source: REPOST,
    date: '2026-04',
    note: "engine and load are not given: the kind's defaults",
    scenario: () => scenario({ engine: 'postgres', request: 'reboot' }),
    measures: [
      {
        id: 'restarted',
        title: 'shutdown to restarted',
        seenBy: 'events',
        unit: 's',
        measured: { values: [11] },
        usedFor: 'reboot',
        watch: () => fromTo(event('RDS-EVENT-0004'), restarted),
      },
    ],
  },
  ...classChange,
  {
    id: 'C5',
    group: GROUP,
    title: 'forced failover of a MySQL 8.0.41 db.t3.small at 97-98 % CPU',
    source: 'github.com/aws-samples/fis-template-library, notes',
    date: '2025',
    note: 'the load is 25 connections that write; a CPU at its limit is not modelled',
    scenario: () =>
      scenario({
        engine: 'mysql',
        request: 'reboot-with-failover',
        clients: { count: 25, pool: { size: 1 } },
        arrivals: { closed: { think: '1s' } },
      }),
    measures: [
      {
        id: 'completed',
        title: 'started to completed',
        seenBy: 'events',
        unit: 's',
        measured: { values: [25] },
        caveat: 'the notice of completion alone is 3 to 42 s in C1a, and the log to redo is set as for a busy instance',
        watch: () => fromTo(started, completed),
      },
      {
        id: 'restarted',
        title: 'started to restarted',
        seenBy: 'events',
        unit: 's',
        measured: { values: [14, 18] },
        caveat: 'two restarts were told; the chart restarts once',
        watch: () => fromTo(started, restarted),
      },
    ],
  },
  {
    id: 'C6',
    group: GROUP,
    title: 'resize of a MySQL instance in 2015 (mean of about ten: slightly over 120 s)',
    source: 'giuppo.github.io',
    date: '2015',
    note: 'its Single-AZ half, a resize in place, is left out: there is no such request',
    scenario: () => scenario({ engine: 'mysql', request: 'reboot-with-failover', arrivals: { every: '5s' } }),
    measures: [
      {
        id: 'write-gap',
        title: 'write gap, probed every 5 s',
        seenBy: 'client',
        unit: 's',
        measured: { values: [138] },
        caveat: 'eleven years older than the failovers behind the defaults',
        watch: () => probeGap({ cohort: 'app', sinceUs: REQUESTED_US }),
      },
    ],
  },
];

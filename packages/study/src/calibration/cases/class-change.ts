import type { CalibrationCase } from '../calibration-case.ts';
import { longestSilence } from '../watches/longest-silence.ts';
import { probeGap } from '../watches/probe-gap.ts';

const GROUP = 'RDS Multi-AZ DB instance';
const SOURCE = 'github.com/o7g8/test-rds-mysql-failover';
const DATE = '2022';

const REQUESTED_US = 60_000_000;

/** One query a second on one connection, opened again after an error; MySqlConnector gives up on a connection after 15 s and on a command after 30 s. */
const scenario = (connectsTo: string) => ({
  horizon: '8m',
  sample: 'none',
  topology: {
    regions: { 'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'] },
    databases: {
      probed: { model: 'rds.multi-az-instance', engine: 'mysql', primary: 'use1-az1', standby: 'use1-az2', proxy: {} },
    },
    clients: {
      app: {
        connectsTo,
        from: 'use1-az3',
        count: 1,
        pool: { size: 1, validateOnBorrow: false },
        dnsCache: 'ttl',
        retry: 'none',
        driver: { connectTimeout: '15s', socketTimeout: '30s' },
      },
    },
  },
  workload: [{ client: 'app', op: 'read', arrivals: { closed: { think: '1s' } } }],
  faults: [{ at: '60s', request: 'reboot-with-failover', of: 'probed' }],
});

/** C4: the same class change seen directly and through RDS Proxy. */
export const classChange: readonly CalibrationCase[] = [
  {
    id: 'C4',
    group: GROUP,
    title: 'class change of a MySQL 8.0.28 instance, direct connections',
    source: SOURCE,
    date: DATE,
    note: 'a class change is set up as a failover on request; the load is not given',
    scenario: () => scenario('probed'),
    measures: [
      {
        id: 'errors',
        title: 'errors for',
        seenBy: 'client',
        unit: 's',
        measured: { values: [65] },
        caveat: 'a class change ends in a failover to a host that was never warm',
        watch: () => probeGap({ cohort: 'app', sinceUs: REQUESTED_US }),
      },
    ],
  },
  {
    id: 'C4-proxy',
    group: GROUP,
    title: 'the same, through RDS Proxy',
    source: SOURCE,
    date: DATE,
    note: 'as above; statements that the proxy holds end with the command timeout of the client',
    scenario: () => scenario('probed.proxy'),
    measures: [
      {
        id: 'errors',
        title: 'errors for, from the first one told',
        seenBy: 'client',
        unit: 's',
        measured: { values: [33] },
        caveat: 'the first error comes when a statement that was held is given up, so the two figures hang together',
        watch: () => probeGap({ cohort: 'app', sinceUs: REQUESTED_US, fromTold: true }),
      },
      {
        id: 'no-data',
        title: 'no data for',
        seenBy: 'client',
        unit: 's',
        measured: { values: [66] },
        caveat: 'a class change ends in a failover to a host that was never warm',
        watch: () => longestSilence('app', REQUESTED_US),
      },
    ],
  },
];

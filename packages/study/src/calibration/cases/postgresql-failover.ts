import type { CalibrationCase } from '../calibration-case.ts';
import { between, fromTo } from '../watches/between.ts';
import { faultNumber, promotion, success } from '../watches/instants.ts';
import { lostWrites, outcomes } from '../watches/lost-writes.ts';
import { LAB_CLIENTS, LAB_DATE, LAB_GROUP, LAB_SOURCE, labTopology } from './postgresql-lab.ts';

const lab = { group: LAB_GROUP, source: LAB_SOURCE, date: LAB_DATE } as const;

const KILLED_US = 10_000_000;

/** The primary and, 5 ms later, its link are killed under load; the standby is promoted, the primary stays down. */
const killed = (mode: string, oneWayMs: number, every: string) => ({
  horizon: '25s',
  sample: 'none',
  topology: labTopology({ mode, oneWayMs, timings: { restartNotice: '1h' }, clients: { app: LAB_CLIENTS } }),
  workload: [{ client: 'app', op: 'write', arrivals: { every }, until: '12s' }],
  faults: [
    { at: '10s', fail: 'pair.primary', cause: 'process-crash' },
    { at: '10005ms', fail: 'lab-primary <-> lab-standby', cause: 'link-cut' },
    { at: '12s', request: 'promote', of: 'pair' },
  ],
});

/** A crash with so much log since the last checkpoint, and a client that tries to write until it can. */
const redo = (megabytes: number) => ({
  horizon: '1m',
  sample: 'none',
  topology: labTopology({
    mode: 'local',
    oneWayMs: 0,
    timings: { restartNotice: '0s' },
    clients: { app: { ...LAB_CLIENTS, count: 1, pool: 'none', dnsCache: 'none' } },
  }),
  workload: [{ client: 'app', op: 'write', arrivals: { closed: { think: '5ms' } }, from: '10s' }],
  faults: [
    { at: '10s', fail: 'pair.primary', cause: 'process-crash' },
    ...(megabytes === 0 ? [] : [{ at: '1s', fail: 'pair.primary', cause: 'long-transaction', size: `${megabytes}MB` }]),
  ],
});

const redoCase = (megabytes: number, firstWriteMs: number): CalibrationCase => ({
  ...lab,
  id: `PG-redo-${megabytes}MB`,
  title: `crash with ${megabytes} MB of log since the checkpoint, started at once`,
  scenario: () => redo(megabytes),
  measures: [
    {
      id: 'first-write',
      title: 'crash to first write',
      seenBy: 'client',
      unit: 'ms',
      measured: { values: [firstWriteMs] },
      usedFor: megabytes === 0 ? 'engineStart' : 'redoRate, endCheckpointRate',
      watch: () => fromTo(faultNumber(0), success('app')),
    },
  ],
});

/** What a failover of the pair loses, how long a promotion takes, and a restart. */
export const postgresqlFailover: readonly CalibrationCase[] = [
  {
    ...lab,
    id: 'PG-lost-async',
    title: 'kill of primary and link, asynchronous, 35 ms one way, 500 writes/s asked',
    note: 'the kill takes about 5 ms to reach the link',
    trialsAtMost: 200,
    scenario: () => killed('local', 35, '2ms'),
    measures: [
      {
        id: 'lost',
        title: 'acknowledged writes lost',
        seenBy: 'client',
        unit: 'writes',
        measured: { values: [10, 12, 11, 2, 6] },
        caveat:
          '500/s were asked, fewer may have been written; the reported span of 25-30 ms holds 13 to 15 at that rate',
        watch: lostWrites,
      },
    ],
  },
  {
    ...lab,
    id: 'PG-lost-sync',
    title: 'the same, synchronous (on), 10 ms one way, 100 writes/s',
    trialsAtMost: 200,
    scenario: () => killed('on', 10, '10ms'),
    measures: [
      {
        id: 'lost',
        title: 'acknowledged writes lost',
        seenBy: 'client',
        unit: 'writes',
        measured: { values: [0, 0, 0] },
        watch: lostWrites,
      },
      {
        id: 'unsure',
        title: 'indeterminate writes',
        seenBy: 'client',
        unit: 'writes',
        measured: { from: 0, to: 2 },
        watch: () => outcomes('app', 'indeterminate', KILLED_US),
      },
    ],
  },
  {
    ...lab,
    id: 'PG-promotion',
    title: 'pg_promote of the standby after the kill',
    scenario: () => killed('local', 35, '100ms'),
    measures: [
      {
        id: 'promotion',
        title: 'request to promotion',
        seenBy: 'server',
        unit: 's',
        measured: { values: [0.1, 5.1] },
        usedFor: 'promotion',
        watch: () => between(faultNumber(2), promotion),
      },
    ],
  },
  redoCase(0, 177),
  redoCase(24, 318),
  redoCase(97, 724),
  redoCase(388, 2236),
];

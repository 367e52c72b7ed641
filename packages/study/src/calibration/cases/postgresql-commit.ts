import type { CalibrationCase } from '../calibration-case.ts';
import { latencyQuantile, throughput } from '../watches/commits.ts';
import { meanLag } from '../watches/lag.ts';
import { LAB_CLIENTS, LAB_DATE, LAB_GROUP, LAB_SOURCE, labTopology, linkMs } from './postgresql-lab.ts';

interface Cell {
  readonly mode: string;
  readonly oneWayMs: number;
  /** Commit latency in milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
}

const cell = (oneWayMs: number, mode: string, p50: number, p95: number, p99: number, perSecond: number): Cell => ({
  oneWayMs,
  mode,
  p50,
  p95,
  p99,
  perSecond,
});

const cells: readonly Cell[] = [
  cell(0, 'off', 0.27, 0.57, 1.15, 12_558),
  cell(0, 'local', 0.77, 1.43, 2.41, 4_678),
  cell(0, 'remote_write', 3.74, 6.1, 8.26, 1_022),
  cell(0, 'on', 4.03, 5.64, 7.53, 967),
  cell(0, 'remote_apply', 5.09, 9.35, 11.99, 720),
  cell(10, 'off', 0.25, 0.5, 0.85, 14_216),
  cell(10, 'local', 0.73, 1.31, 2.31, 4_476),
  cell(10, 'remote_write', 21.99, 23.71, 37.12, 179),
  cell(10, 'on', 22.99, 41.47, 292.77, 119),
  cell(10, 'remote_apply', 23.04, 27.01, 64.3, 162),
];

/** Connections are open by then; 5 s of load follow. */
const FROM_US = 100_000;
const UNTIL_US = 5_100_000;

const scenario = (mode: string, oneWayMs: number, sample: string) => ({
  horizon: '5100ms',
  sample,
  topology: labTopology({ mode, oneWayMs, clients: { app: LAB_CLIENTS } }),
  workload: [{ client: 'app', op: 'write', arrivals: { closed: { think: '1us' } } }],
});

const TAIL = 'one noisy run; two cores run both servers, the link and the clients';

/** Why a median may be off: nothing here is fitted to the cells. */
function medianCaveat(mode: string, oneWayMs: number): string {
  if (mode === 'off' || mode === 'local') return 'a statement is assumed to take 0.3 ms in any server; these took less';
  if (oneWayMs > 0) return 'the link cannot have added 1 ms each way at this delay';
  return 'sender, receiver, link and clients wait for one another on two shared cores; here each has its own';
}

const commitCase = ({ mode, oneWayMs, p50, p95, p99, perSecond }: Cell): CalibrationCase => ({
  id: `PG-commit-${mode.replace('_', '-')}-${oneWayMs}ms`,
  group: LAB_GROUP,
  title: `commit, synchronous_commit = ${mode}, ${oneWayMs} ms one way, 4 clients`,
  source: LAB_SOURCE,
  date: LAB_DATE,
  trialsAtMost: 50,
  scenario: () => scenario(mode, oneWayMs, 'none'),
  measures: [
    {
      id: 'p50',
      title: 'latency p50',
      seenBy: 'client',
      unit: 'ms',
      measured: { values: [p50] },
      ...(oneWayMs === 0 && (mode === 'local' || mode === 'off') ? { usedFor: 'walFlush (local less off)' } : {}),
      caveat: medianCaveat(mode, oneWayMs),
      watch: () => latencyQuantile('app', 0.5, FROM_US),
    },
    {
      id: 'p95',
      title: 'latency p95',
      seenBy: 'client',
      unit: 'ms',
      measured: { values: [p95] },
      caveat: TAIL,
      watch: () => latencyQuantile('app', 0.95, FROM_US),
    },
    {
      id: 'p99',
      title: 'latency p99',
      seenBy: 'client',
      unit: 'ms',
      measured: { values: [p99] },
      caveat: TAIL,
      watch: () => latencyQuantile('app', 0.99, FROM_US),
    },
    {
      id: 'throughput',
      title: 'throughput',
      seenBy: 'client',
      unit: 'commits/s',
      measured: { values: [perSecond] },
      caveat: 'follows from the latency',
      watch: () => throughput('app', FROM_US, UNTIL_US),
    },
  ],
});

const LAG_LINK_MS = 10;

/** Commit latency by mode and distance, and the lag of an asynchronous standby. */
export const postgresqlCommit: readonly CalibrationCase[] = [
  ...cells.map(commitCase),
  {
    id: 'PG-lag',
    group: LAB_GROUP,
    title: 'asynchronous standby, 10 ms one way',
    source: LAB_SOURCE,
    date: LAB_DATE,
    trialsAtMost: 50,
    note: 'the report of the standby has to come back over the same link: its way is added to the sampled lag',
    scenario: () => scenario('local', LAG_LINK_MS, '7ms'),
    measures: [
      {
        id: 'lag',
        title: 'lag in pg_stat_replication',
        seenBy: 'server',
        unit: 'ms',
        measured: { values: [19.7] },
        caveat:
          'less than two ways over the link as it was set: here its timers cannot have added the 1 ms that they are said to',
        watch: () => meanLag('pair-2', FROM_US, linkMs(LAG_LINK_MS) * 1_000),
      },
    ],
  },
];

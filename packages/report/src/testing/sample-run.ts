import type { RecoveryResult, RunMetrics, Verdict, Waterfall } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';

const S = 1_000_000;

/** A failover as a person would write it down: fault at 180 s, recovered 48.2 s later. */
export const sampleHeader: HeaderRecord = {
  type: 'header',
  atUs: 0,
  format: 'faultline-trace/1',
  scenario: 'rds-multi-az-host-failure',
  summary: "The primary's host dies under steady writes; the standby takes over and no acknowledged write is lost.",
  seed: '7',
  horizonUs: 1_200 * S,
  databases: [
    {
      database: 'orders',
      model: 'rds.multi-az-instance',
      title: 'RDS Multi-AZ DB instance',
      engine: 'postgres',
      nodes: [],
      endpoints: ['writer'],
      timings: [{ timing: 'detection', distribution: 'constant(10s)', grade: 'assumed', source: 'not published' }],
      acts: {},
    },
  ],
  cohorts: [{ cohort: 'checkout', database: 'orders', from: 'use1-az1', clients: 40 }],
  resolved: {},
};

export const sampleWaterfall: Waterfall = {
  cohort: 'checkout',
  action: 'write',
  faultAtUs: 180 * S,
  toUs: 228.2 * S,
  recovered: true,
  segments: [
    { phase: 'detection', fromUs: 180 * S, toUs: 190 * S, actor: 'provider' },
    { phase: 'promotion', fromUs: 190 * S, toUs: 205 * S, actor: 'provider' },
    { phase: 'endpoint-change', fromUs: 205 * S, toUs: 210 * S, actor: 'provider' },
    { phase: 'dns-cache', fromUs: 210 * S, toUs: 226 * S, actor: 'customer' },
    { phase: 'reconnect', fromUs: 226 * S, toUs: 228.1 * S, actor: 'customer' },
    { phase: 'first-success', fromUs: 228.1 * S, toUs: 228.2 * S, actor: 'customer' },
  ],
};

export const sampleRecovery: RecoveryResult = {
  cohort: 'checkout',
  database: 'orders',
  action: 'write',
  clients: 40,
  affected: true,
  recovered: true,
  faultAtUs: 180 * S,
  recoveryTimeUs: 48.2 * S,
  timeToFirstSuccessUs: 33 * S,
  clientsP99Us: 48.2 * S,
  interruptions: [{ faultAtUs: 180 * S, fromUs: 180 * S, toUs: 228.2 * S }],
  outage: { ok: 1_200, failed: 6_000, indeterminate: 40 },
  overall: { ok: 231_560, failed: 6_000, indeterminate: 40 },
  unfinished: 0,
};

const unaffectedReads: RecoveryResult = {
  ...sampleRecovery,
  action: 'read',
  affected: false,
  recoveryTimeUs: 0,
  timeToFirstSuccessUs: 0,
  clientsP99Us: 0,
  interruptions: [],
  outage: { ok: 0, failed: 0, indeterminate: 0 },
  overall: { ok: 4_000, failed: 0, indeterminate: 0 },
};

export const sampleMetrics: RunMetrics = {
  scenario: 'rds-multi-az-host-failure',
  seed: '7',
  endedAtUs: 1_200 * S,
  records: 245_000,
  timeWentBack: 0,
  stableForUs: 10 * S,
  recovery: [sampleRecovery, unaffectedReads],
  waterfalls: [sampleWaterfall],
  availability: [],
  latency: [
    { cohort: 'checkout', action: 'write', count: 231_560, p50Us: 3_100, p95Us: 6_000, p99Us: 9_400, maxUs: 20_000 },
  ],
  staleness: [{ cohort: 'checkout', reads: 4_000, stale: 12, p50Us: 40_000, p99Us: 2 * S, maxUs: 2.4 * S }],
  dataLoss: [
    {
      database: 'orders',
      acknowledged: 236_000,
      survivor: 'orders',
      lost: 0,
      lostOps: [],
      spanUs: 0,
      firstLostAtUs: null,
      lastLostAtUs: null,
      lostUpdates: 0,
      lostUpdateOps: [],
      indeterminateInEffect: 3,
    },
  ],
  splitBrain: [],
  lag: { nodes: [], atRisk: [] },
  finally: [],
  operatorSteps: [],
  eventLog: {
    entries: [
      { atUs: 180 * S, kind: 'fault', database: null, id: null, text: 'host-failure on orders.primary (orders-1)' },
      { atUs: 190 * S, kind: 'state', database: 'orders', id: null, text: 'failingOver.promoting (promotion)' },
      {
        atUs: 190 * S,
        kind: 'event',
        database: 'orders',
        id: 'RDS-EVENT-0013',
        text: 'Multi-AZ instance failover started.',
      },
      { atUs: 210 * S, kind: 'dns', database: 'orders', id: null, text: 'endpoint writer now names orders-2' },
      {
        atUs: 215 * S,
        kind: 'event',
        database: 'orders',
        id: 'RDS-EVENT-0049',
        text: 'Multi-AZ instance failover completed.',
      },
    ],
    omitted: 0,
  },
  serviceEvents: ['RDS-EVENT-0013', 'RDS-EVENT-0049'],
  signs: { failover: 200 * S },
};

export const sampleVerdicts: readonly Verdict[] = [
  {
    name: 'rto',
    kind: 'objective',
    held: true,
    unit: 'duration',
    found: 48.2 * S,
    expected: { min: null, max: 120 * S },
  },
  { name: 'rpo', kind: 'objective', held: true, unit: 'duration', found: 0, expected: { min: null, max: 0 } },
  {
    name: 'acknowledged-writes-survive',
    kind: 'always',
    held: true,
    unit: 'text',
    found: 'all are there',
    expected: 'every acknowledged write is there at the end',
  },
  {
    name: 'redundant',
    kind: 'eventually',
    held: false,
    unit: 'text',
    found: 'not redundant at the end: orders (rebuildingStandby)',
    expected: 'every database redundant at the end',
  },
];

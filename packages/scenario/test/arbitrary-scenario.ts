import type { Distribution } from '@faultline/clock';
import fc from 'fast-check';
import { requestCause } from '../src/cause.ts';
import { causes } from '../src/causes.ts';
import {
  alwaysExpectations,
  boundedMeasures,
  eventuallyExpectations,
  sometimesExpectations,
} from '../src/expectations.ts';
import type { ProxySpec } from '../src/proxy-spec.ts';
import type { ClientSpec, ExpectSpec, FaultSpec, Scenario, TargetSpec } from '../src/scenario.ts';
import type { ArrivalSpec, WorkloadSpec } from '../src/workload-spec.ts';

/** Scenarios on a fixed pair of fake databases, with everything else about them arbitrary. */

const HORIZON_US = 3_600_000_000;
const us = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }),
  fc.integer({ min: 0, max: 10_000_000 }),
  fc.integer({ min: 0, max: 31_622_400_000_000 }),
);
const positiveUs = us.map((duration) => Math.max(1, duration));
const slowUs = us.map((duration) => Math.max(1_000, duration));
const shape = fc.double({ min: 0.01, max: 10_000, noNaN: true });

const distribution: fc.Arbitrary<Distribution> = fc.letrec<{ any: Distribution }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    us.map((value): Distribution => ({ kind: 'constant', us: value })),
    fc.tuple(us, us).map(([a, b]): Distribution => ({ kind: 'uniform', minUs: Math.min(a, b), maxUs: Math.max(a, b) })),
    positiveUs.map((meanUs): Distribution => ({ kind: 'exponential', meanUs })),
    fc
      .tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }))
      .map(([medianUs, more]): Distribution => ({ kind: 'lognormal', medianUs, p95Us: medianUs + more })),
    fc.record({ kind: fc.constant('gamma' as const), shape, meanUs: positiveUs }),
    fc.record({ kind: fc.constant('weibull' as const), shape, scaleUs: positiveUs }),
    fc.record({ kind: fc.constant('empirical' as const), samplesUs: fc.array(us, { minLength: 1, maxLength: 5 }) }),
    fc.record({
      kind: fc.constant('mixture' as const),
      parts: fc.array(fc.record({ weight: fc.double({ min: 0.001, max: 1_000, noNaN: true }), of: tie('any') }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    fc.record({ kind: fc.constant('shifted' as const), byUs: us, of: tie('any') }),
  ),
})).any;

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const client = (name: string): fc.Arbitrary<ClientSpec> =>
  fc.record({
    name: fc.constant(name),
    database: fc.constant('orders'),
    endpoint: fc.constantFrom(null, 'writer', 'reader'),
    from: fc.constantFrom('use1-az1', 'euw1-az1'),
    count: fc.integer({ min: 1, max: 500 }),
    dnsCache: fc.oneof(
      fc.constantFrom({ mode: 'ttl' as const }, { mode: 'none' as const }, { mode: 'forever' as const }),
      positiveUs.map((value) => ({ mode: 'fixed' as const, us: value })),
    ),
    pool: fc.record({
      size: fc.integer({ min: 0, max: 10_000 }),
      borrowTimeoutUs: us,
      validateOnBorrow: fc.boolean(),
      maxLifetimeUs: orNull(positiveUs),
    }),
    driver: fc.record({
      connectTimeoutUs: orNull(positiveUs),
      socketTimeoutUs: orNull(positiveUs),
      keepalive: orNull(
        fc.record({ idleUs: positiveUs, intervalUs: slowUs, probes: fc.integer({ min: 1, max: 100 }) }),
      ),
      retransmitTimeoutUs: positiveUs,
      failover: fc.constantFrom('none', 'topology'),
      topologyRefreshUs: slowUs,
      discardReadOnly: fc.boolean(),
    }),
    retry: fc.tuple(us, us, fc.integer({ min: 1, max: 9 }), fc.boolean()).map(([a, b, attempts, flag]) => ({
      attempts,
      backoffUs: Math.min(a, b),
      backoffMaxUs: Math.max(a, b),
      jitter: flag ? ('full' as const) : ('none' as const),
      indeterminate: flag,
    })),
    routing: orNull(
      fc.record({
        regions: fc.constant(['us-east-1']),
        failuresToSwitch: fc.integer({ min: 1, max: 9 }),
        switchDelay: distribution,
        returnDelay: orNull(distribution),
      }),
    ),
  });

const proxy: fc.Arbitrary<ProxySpec> = fc.record({
  azs: fc.constant(['use1-az1', 'use1-az2']),
  connections: fc.integer({ min: 1, max: 10_000 }),
  borrowTimeoutUs: fc.integer({ min: 0, max: 300_000_000 }),
  idleClientTimeoutUs: fc.integer({ min: 1, max: 28_800_000_000 }),
  pinnedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  watch: distribution,
});

const rate = fc.oneof(
  fc.integer({ min: 1, max: 5_000 }),
  fc.integer({ min: 1, max: 5_000 }).map((perMinute) => (perMinute * 1e6) / 6e7),
  fc.integer({ min: 1, max: 5_000 }).map((perHour) => (perHour * 1e6) / 3.6e9),
);

const arrivals: fc.Arbitrary<ArrivalSpec> = fc.oneof(
  fc.record({ process: fc.constant('poisson' as const), perSecond: rate }),
  fc.record({ process: fc.constant('every' as const), everyUs: slowUs }),
  fc.record({
    process: fc.constant('closed' as const),
    think: positiveUs.map((value): Distribution => ({ kind: 'constant', us: Math.max(value, 1_000_000) })),
  }),
);

const times = {
  arrivals,
  fromUs: fc.integer({ min: 0, max: 1_000_000 }),
  untilUs: orNull(fc.integer({ min: 2_000_000, max: HORIZON_US })),
};

const operations: fc.Arbitrary<WorkloadSpec> = fc.record({
  client: fc.constantFrom('checkout', 'reports'),
  action: fc.constantFrom('write', 'read'),
  keys: fc.integer({ min: 1, max: 1e6 }),
  keyChoice: fc.constantFrom('uniform', 'sequential'),
  consistency: fc.constantFrom('strong', 'eventual'),
  ...times,
});

const transactions: fc.Arbitrary<WorkloadSpec> = fc.record({
  client: fc.constant('checkout'),
  action: fc.constant('transaction'),
  rows: fc.constant('lists'),
  keys: fc.integer({ min: 32, max: 10_000 }),
  writesPerKey: fc.integer({ min: 1, max: 1_000_000 }),
  reads: fc.integer({ min: 1, max: 32 }),
  writes: fc.integer({ min: 0, max: 32 }),
  isolation: fc.constantFrom('read-committed', 'repeatable-read'),
  ...times,
});

const work = fc.oneof(operations, transactions);

/** One target of every kind that a cause may have. */
const TARGETS: Readonly<Record<TargetSpec['on'], TargetSpec>> = {
  node: { on: 'node', database: 'orders', node: 'primary', text: 'orders.primary' },
  database: { on: 'database', database: 'orders', text: 'orders' },
  endpoint: { on: 'endpoint', database: 'orders', endpoint: 'reader', text: 'orders.reader' },
  segment: { on: 'segment', database: 'orders', segment: 'segment-b', text: 'orders.segment-b' },
  az: { on: 'az', az: 'use1-az2', text: 'use1-az2' },
  region: { on: 'region', region: 'eu-west-1', text: 'eu-west-1' },
  link: { on: 'link', from: 'checkout', to: 'orders.orders-1', oneWay: true, text: 'checkout -> orders.orders-1' },
};

const caused: fc.Arbitrary<FaultSpec> = fc.constantFrom(...causes.values()).chain((cause) =>
  fc.record({
    atUs: fc.nat(HORIZON_US - 1),
    cause: fc.constant(cause.id),
    target: fc.constantFrom(...cause.targets.map((on) => TARGETS[on])),
    forUs: cause.lasts ? orNull(positiveUs) : fc.constant(null),
    options: fc.record(
      Object.fromEntries(
        Object.entries(cause.options).map(([name, option]): [string, fc.Arbitrary<number | boolean>] => {
          if (option.type === 'boolean') return [name, fc.boolean()];
          if (option.type === 'bytes') return [name, fc.maxSafeNat().map((size) => size % 1e15)];
          return [name, fc.double({ min: option.type === 'factor' ? 1 : 0.000001, max: 1, noNaN: true })];
        }),
      ),
    ),
  }),
);

const requested: fc.Arbitrary<FaultSpec> = fc.record({
  atUs: fc.nat(HORIZON_US - 1),
  cause: fc.constantFrom(requestCause('failover'), requestCause('reboot')),
  target: fc.constantFrom(TARGETS.database, TARGETS.node),
  forUs: fc.constant(null),
  options: fc.constant({}),
});

const wordsOf = (catalogue: Readonly<Record<string, unknown>>) => fc.subarray(Object.keys(catalogue));

const expectations: fc.Arbitrary<ExpectSpec> = fc.record({
  objectives: fc.record(
    {
      rtoUs: orNull(us),
      rpoUs: orNull(us),
      clients: us.map((rtoUs) => ({ reports: { rtoUs } })),
    },
    { requiredKeys: ['rtoUs', 'rpoUs'] },
  ),
  always: wordsOf(alwaysExpectations),
  eventually: wordsOf(eventuallyExpectations),
  sometimes: wordsOf(sometimesExpectations),
  events: fc.subarray(['FAKE-0013', 'FAKE-0045']),
  measures: fc.dictionary(
    fc.constantFrom(...Object.keys(boundedMeasures)),
    fc.tuple(us, us).map(([a, b]) => ({ min: a < b ? a : null, max: Math.max(a, b) })),
    { noNullPrototype: true },
  ),
});

const prose = fc
  .array(fc.string({ unit: fc.constantFrom(...'abc:#-"\'{}[]&*!|>%@é—7'), minLength: 1, maxLength: 8 }), {
    maxLength: 40,
  })
  .map((words) => words.join(' '));

/** Any scenario that the parser could have made of a file about two fake databases. */
export const arbitraryScenario: fc.Arbitrary<Scenario> = fc.record({
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/),
  summary: prose,
  seed: fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/),
  horizonUs: fc.constant(HORIZON_US),
  sampleEveryUs: fc.constantFrom(0, 1_000_000, 3_600_000),
  topology: fc.record({
    regions: fc.constant({ 'us-east-1': ['use1-az1', 'use1-az2'], 'eu-west-1': ['euw1-az1'] }),
    databases: fc.record({
      orders: fc.record(
        {
          name: fc.constant('orders'),
          model: fc.constant('fake.pair'),
          engine: fc.constantFrom('postgres', 'mysql'),
          parameters: fc.record({
            primary: fc.constant('use1-az1'),
            standby: fc.constant('use1-az2'),
            readers: fc.nat(3),
            mode: fc.constantFrom('sync', 'async'),
            volume: fc.constantFrom('default', { iops: 3_000 }, { iops: 1.5, tier: 'none' }),
          }),
          timings: fc.record({ detection: distribution, promotion: distribution }, { requiredKeys: [] }),
          observer: fc.constantFrom(null, 'use1-az2', 'eu-west-1'),
          proxy,
        },
        { requiredKeys: ['name', 'model', 'engine', 'parameters', 'timings', 'observer'] },
      ),
      copy: fc.constant({
        name: 'copy',
        model: 'fake.follower',
        engine: 'postgres',
        parameters: { source: 'orders', az: 'euw1-az1' },
        timings: {},
        observer: null,
      }),
    }),
    clients: fc.record({ checkout: client('checkout'), reports: client('reports') }),
    operators: fc.record(
      {
        oncall: fc.record({
          name: fc.constant('oncall'),
          database: fc.constant('copy'),
          reactions: fc.record({ 'promote-replica': distribution }, { requiredKeys: [] }),
          refuses: fc.subarray(['promote-replica']),
          repoints: fc.subarray([{ after: 'promote-replica', client: 'checkout', to: 'copy.reader' }]),
        }),
      },
      { requiredKeys: [] },
    ),
    links: fc.array(
      distribution.map((oneWay) => ({ between: ['us-east-1', 'eu-west-1'] as const, oneWay })),
      { maxLength: 1 },
    ),
  }),
  workload: fc.array(work, { maxLength: 2 }),
  faults: fc.array(fc.oneof(caused, requested), { maxLength: 6 }),
  expect: expectations,
});

import type { ComparisonResult, Estimate, KindComparison } from '@faultline/metrics';
import type { Actor, Phase } from '@faultline/trace';

const S = 1_000_000;

const DEPLOYED: Readonly<Record<string, string>> = {
  'aurora.cluster': 'a writer and two readers in three AZs',
  'rds.multi-az-instance': 'a primary, and a standby in another AZ',
  'rds.single-az': 'one instance in one AZ',
  'rds.read-replica': 'a single-AZ source, and a replica in another Region',
};

/** A figure with an interval of 5 % to both sides. */
const about = (value: number): Estimate => ({ value, low: Math.round(value * 0.95), high: Math.round(value * 1.05) });
const certain = (value: number): Estimate => ({ value, low: value, high: value });

function kindOf(
  kind: string,
  title: string,
  seconds: readonly [number, number, number],
  fields: Partial<KindComparison> = {},
): KindComparison {
  const [p50, p95, p99] = seconds.map((value) => about(value * S)) as [Estimate, Estimate, Estimate];
  return {
    kind,
    title,
    deployed: DEPLOYED[kind] ?? '',
    recoveryTime: { p50, p95, p99 },
    never: { value: 0, low: 0, high: 0.0038 },
    dataLoss: { trials: { value: 0, low: 0, high: 0.0038 }, p50: 0, max: 0, spanMaxUs: 0, lostUpdatesP50: 0 },
    failed: about(p50.value / 5_000),
    indeterminate: certain(40),
    phases: [],
    operatorSteps: [],
    billing: {
      instances: 1,
      storageCopies: 1,
      crossAzTransfers: 0,
      crossRegionTransfers: 0,
      note: 'one instance and its volume',
    },
    documented: null,
    difference: { against: 'aurora.cluster', estimate: about(p50.value - 12.3 * S || 0) },
    ...fields,
  };
}

const phases = (...parts: readonly (readonly [Phase, Actor, number])[]) =>
  parts.map(([phase, actor, seconds]) => ({ phase, actor, medianUs: Math.round(seconds * S) }));

export const sampleComparison: ComparisonResult = {
  fault: "the writer's host fails",
  seed: '7',
  trials: 1_000,
  kinds: [
    kindOf('rds.single-az', 'RDS Single-AZ DB instance', [412, 655, 801], {
      phases: phases(['detection', 'provider', 60], ['recovery', 'provider', 340], ['reconnect', 'customer', 12]),
    }),
    kindOf('rds.multi-az-instance', 'RDS Multi-AZ DB instance', [68.4, 95, 121], {
      phases: phases(
        ['detection', 'provider', 20],
        ['promotion', 'provider', 21.5],
        ['recovery', 'provider', 8],
        ['endpoint-change', 'provider', 6],
        ['dns-cache', 'customer', 9],
        ['reconnect', 'customer', 2],
        ['first-success', 'customer', 0.02],
      ),
      billing: {
        instances: 2,
        storageCopies: 2,
        crossAzTransfers: 0,
        crossRegionTransfers: 0,
        note: 'the standby is billed and serves nothing; its replication is free',
      },
      documented: { lowUs: 60 * S, highUs: 120 * S, source: 'Amazon RDS User Guide, Concepts.MultiAZSingleStandby' },
    }),
    kindOf('aurora.cluster', 'Aurora DB cluster', [12.3, 19, 25], {
      phases: phases(
        ['detection', 'provider', 4],
        ['promotion', 'provider', 3],
        ['recovery', 'provider', 1.2],
        ['dns-cache', 'customer', 3.1],
        ['reconnect', 'customer', 1],
      ),
      difference: null,
      documented: {
        lowUs: 30 * S,
        highUs: 30 * S,
        source: 'Amazon Aurora User Guide, Concepts.AuroraHighAvailability',
      },
    }),
    kindOf('rds.read-replica', 'RDS read replica, promoted by hand', [1_840, 4_100, 6_002], {
      never: { value: 0.012, low: 0.0069, high: 0.0208 },
      dataLoss: {
        trials: { value: 0.997, low: 0.991, high: 0.999 },
        p50: 31,
        max: 1_204,
        spanMaxUs: 6 * S,
        lostUpdatesP50: 0,
      },
      phases: phases(
        ['detection', 'customer', 300],
        ['decision', 'customer', 1_100],
        ['promotion', 'provider', 320],
        ['reconnect', 'customer', 110],
      ),
      operatorSteps: [
        { step: 'promote', who: 'on-call', calledShare: 1, doneShare: 1 },
        { step: 'repoint', who: 'on-call', calledShare: 0.988, doneShare: 0.95 },
      ],
      billing: {
        instances: 2,
        storageCopies: 2,
        crossAzTransfers: 0,
        crossRegionTransfers: 1,
        note: 'a second instance, of any class',
      },
    }),
  ],
  notes: ['Clients keep DNS answers for 30 s.'],
};

import { SECOND_US } from '@faultline/clock';
import type { FaultSpec, Scenario, WorkloadSpec } from '@faultline/scenario';
import * as fc from 'fast-check';
import { FURTHER_WRITERS } from '../topologies/deployment.ts';

/** Operations of a dense stretch, and of one client cohort over the rest of the run: few, so that runs are many. */
const DENSE_OPERATIONS = 24;
const SPARSE_OPERATIONS = 20;
/** How long a stretch goes on after the last fault has begun. */
const STRETCHES_US = [10 * SECOND_US, 60 * SECOND_US, 200 * SECOND_US] as const;
const KEYS = [1, 3] as const;

/** What does not depend on when faults happen. */
export interface WorkloadDraw {
  readonly stretchUs: number;
  readonly keys: number;
  readonly reads: boolean;
  readonly strong: boolean;
}

export const workloadDraws: fc.Arbitrary<WorkloadDraw> = fc.record({
  stretchUs: fc.constantFrom(...STRETCHES_US),
  keys: fc.constantFrom(...KEYS),
  reads: fc.boolean(),
  strong: fc.boolean(),
});

/**
 * Light work for the clients of a topology: writes that come close together around the first fault and rarely over the
 * rest of the run, and reads if wanted. Cohorts beside the first only read, but for those abroad and behind a proxy.
 */
export function workloadAround(
  scenario: Scenario,
  faults: readonly FaultSpec[],
  horizonUs: number,
  { stretchUs, keys, reads, strong }: WorkloadDraw,
): readonly WorkloadSpec[] {
  const [main, ...others] = Object.keys(scenario.topology.clients);
  if (main === undefined) return [];
  const stretchEndUs = Math.min(horizonUs, (faults[0]?.atUs ?? 0) + stretchUs);
  const work = (
    client: string,
    action: 'read' | 'write',
    operations: number,
    untilUs: number | null,
  ): WorkloadSpec => ({
    client,
    action,
    arrivals: { process: 'every', everyUs: Math.max(1_000, Math.round((untilUs ?? horizonUs) / operations)) },
    keys,
    keyChoice: 'uniform',
    consistency: strong ? 'strong' : 'eventual',
    fromUs: 0,
    untilUs,
  });
  const both = (client: string, action: 'read' | 'write', share: number): readonly WorkloadSpec[] => [
    work(client, action, SPARSE_OPERATIONS * share, null),
    work(client, action, DENSE_OPERATIONS * share, stretchEndUs),
  ];
  return [
    ...both(main, 'write', 1),
    ...(reads ? both(main, 'read', 1) : []),
    ...others.flatMap((client) => both(client, FURTHER_WRITERS.has(client) ? 'write' : 'read', 0.5)),
  ];
}

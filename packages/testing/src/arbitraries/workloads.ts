import { SECOND_US } from '@faultline/clock';
import type { FaultSpec, Scenario, WorkloadSpec } from '@faultline/scenario';
import * as fc from 'fast-check';

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
 * Light work for the clients of a topology: writes that come close together around the faults and rarely over the
 * rest of the run, and reads if wanted. Cohorts of other databases than `orders` only read.
 */
export function workloadAround(
  scenario: Scenario,
  faults: readonly FaultSpec[],
  horizonUs: number,
  { stretchUs, keys, reads, strong }: WorkloadDraw,
): readonly WorkloadSpec[] {
  const [main, ...others] = Object.keys(scenario.topology.clients);
  if (main === undefined) return [];
  const untilUs = Math.min(horizonUs, (faults[0]?.atUs ?? 0) + stretchUs);
  const work = (client: string, action: 'read' | 'write', everyUs: number, toUs: number | null): WorkloadSpec => ({
    client,
    action,
    arrivals: { process: 'every', everyUs: Math.max(1_000, Math.round(everyUs)) },
    keys,
    keyChoice: 'uniform',
    consistency: strong ? 'strong' : 'eventual',
    fromUs: 0,
    untilUs: toUs,
  });
  const rarelyUs = horizonUs / SPARSE_OPERATIONS;
  return [
    work(main, 'write', rarelyUs, null),
    work(main, 'write', untilUs / DENSE_OPERATIONS, untilUs),
    ...(reads ? [work(main, 'read', rarelyUs, null), work(main, 'read', untilUs / DENSE_OPERATIONS, untilUs)] : []),
    ...others.map((client) => work(client, 'read', rarelyUs, null)),
  ];
}

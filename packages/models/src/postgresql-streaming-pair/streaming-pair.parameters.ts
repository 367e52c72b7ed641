import { z } from 'zod';
import type { Placement, PlacementProblem } from '../kind.ts';
import { azProblems } from '../rds/az-problems.ts';
import { logRate } from '../rds/log-rate.ts';
import { SYNCHRONOUS_COMMIT } from './streaming-pair.contract.ts';

/** What a scenario says of a pair. */
export const streamingPairParameters = z.strictObject({
  primary: z.string(),
  standby: z.string(),
  synchronousCommit: z.enum(SYNCHRONOUS_COMMIT).optional(),
  logRate: logRate.optional(),
});

export type StreamingPairParameters = z.output<typeof streamingPairParameters>;

/** What zod cannot see: the two servers are in known AZs, and not in the same one. */
export function checkStreamingPair(given: StreamingPairParameters, placement: Placement): readonly PlacementProblem[] {
  const unknown = [
    ...azProblems(given.primary, 'primary', placement),
    ...azProblems(given.standby, 'standby', placement, 1),
  ];
  if (unknown.length > 0 || given.primary !== given.standby) return unknown;
  const other =
    Object.values(placement.regions)
      .flat()
      .find((az) => az !== given.primary) ?? 'another-az';
  return [
    {
      path: ['standby'],
      found: `the standby in the primary's AZ, ${given.standby}`,
      expected: 'another AZ, so that losing one leaves the other copy',
      write: `standby: ${other}`,
    },
  ];
}

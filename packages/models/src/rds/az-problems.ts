import type { Placement, PlacementProblem } from '../kind.ts';

/** Says so when `az` is not in the topology. `suggestion` is the place of the AZ to propose in its stead, from 0. */
export function azProblems(az: string, key: string, placement: Placement, suggestion = 0): readonly PlacementProblem[] {
  if (placement.regionOf(az) !== undefined) return [];
  const known = Object.values(placement.regions).flat();
  return [
    {
      path: [key],
      found: `the AZ ${az}, which is not in topology.regions`,
      expected: `one of ${known.join(', ')}`,
      write: `${key}: ${known[suggestion] ?? known[0]}`,
    },
  ];
}

import type { Placement, PlacementProblem } from '../kind.ts';

/** Where a cluster's members are to be. */
interface Places {
  readonly writer: string;
  readonly readers: readonly [string, string];
}

/** What contradicts the topology, and what the service does not allow. */
export const placementProblems = (places: Places, placement: Placement): readonly PlacementProblem[] => [
  ...checkAzs(places, placement),
  ...checkSpread(places, placement),
];

/** AZs that are not in the topology. */
function checkAzs({ writer, readers }: Places, placement: Placement): readonly PlacementProblem[] {
  const known = Object.values(placement.regions).flat();
  const places: readonly (readonly [string, readonly (string | number)[]])[] = [
    [writer, ['writer']],
    [readers[0], ['readers', 0]],
    [readers[1], ['readers', 1]],
  ];
  return places
    .filter(([az]) => placement.regionOf(az) === undefined)
    .map(([az, path]) => ({
      path,
      found: `the AZ ${az}, which is not in topology.regions`,
      expected: `one of ${known.join(', ')}`,
      write: rightLine(path[0] as string, known),
    }));
}

/** Three different AZs of one Region. */
function checkSpread({ writer, readers }: Places, placement: Placement): readonly PlacementProblem[] {
  const region = placement.regionOf(writer);
  const azs = placement.regions[region ?? ''] ?? [];
  const expected =
    region === undefined
      ? 'an AZ of its Region'
      : `three different AZs of ${region}, so that losing one leaves two copies`;
  const write = rightLine('readers', [writer, ...azs.filter((az) => az !== writer)]);
  return readers.flatMap((az, index) => {
    const path = ['readers', index];
    if (az === writer) return [{ path, found: `a reader in the writer's AZ, ${az}`, expected, write }];
    if (index === 1 && az === readers[0]) return [{ path, found: `both readers in ${az}`, expected, write }];
    const elsewhere = region !== undefined && placement.regionOf(az) !== undefined && placement.regionOf(az) !== region;
    return elsewhere ? [{ path, found: `a reader in ${az}, in another Region than the writer`, expected, write }] : [];
  });
}

function rightLine(
  key: string,
  [first = 'first-az', second = 'second-az', third = 'third-az']: readonly string[],
): string {
  return key === 'writer' ? `writer: ${first}` : `readers: [${second}, ${third}]`;
}

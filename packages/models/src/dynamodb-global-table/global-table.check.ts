import { azIdPrefix } from '../az-id.ts';
import type { Placement, PlacementProblem } from '../kind.ts';
import type { GlobalTableParameters } from './global-table.parameters.ts';

/** Regions among which a table with strong consistency may lie; it cannot span two sets (Amazon DynamoDB Developer Guide, V2globaltables_HowItWorks, read 2026-04). */
const REGION_SETS: readonly (readonly string[])[] = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

/** AZs that the three storage replicas of a Region need. */
const AZS = 3;

/** What contradicts the topology, and what the two modes do not allow. */
export function checkPlacement(given: GlobalTableParameters, placement: Placement): readonly PlacementProblem[] {
  const unknown = given.regions.flatMap((region, index) =>
    checkRegion(region, given.regions.indexOf(region) !== index, ['regions', index], placement),
  );
  if (unknown.length > 0) return unknown;
  return given.mode === 'mrsc' ? checkStrong(given, placement) : checkEventual(given);
}

function checkRegion(
  region: string,
  twice: boolean,
  path: PlacementProblem['path'],
  placement: Placement,
): readonly PlacementProblem[] {
  const known = Object.keys(placement.regions);
  const azs = placement.regions[region];
  const write = `regions: [${known.slice(0, 3).join(', ')}]`;
  if (azs === undefined)
    return [
      {
        path,
        found: `the Region ${region}, which is not in topology.regions`,
        expected: `Regions out of ${known.join(', ')}`,
        write,
      },
    ];
  if (twice) return [{ path, found: `the Region ${region} a second time`, expected: 'every Region once', write }];
  if (azs.length >= AZS) return [];
  return [
    {
      path,
      found: `the Region ${region} with ${azs.length} ${azs.length === 1 ? 'AZ' : 'AZs'} in topology.regions`,
      expected: 'at least three AZs, one for each storage replica',
      write: `${region}: [${threeAzs(region, azs)}]`,
    },
  ];
}

const inTopologyFirst = (set: readonly string[], { regions }: Placement): readonly string[] => [
  ...set.filter((region) => regions[region] !== undefined),
  ...set.filter((region) => regions[region] === undefined),
];

/** The AZs that are there, and more up to three, named as the provider names them: names must not repeat among Regions. */
function threeAzs(region: string, azs: readonly string[]): string {
  const more = [1, 2, 3, 4, 5, 6].map((place) => `${azIdPrefix(region)}-az${place}`).filter((az) => !azs.includes(az));
  return [...azs, ...more].slice(0, AZS).join(', ');
}

function checkEventual({ witness }: GlobalTableParameters): readonly PlacementProblem[] {
  if (witness === undefined) return [];
  return [
    {
      path: ['witness'],
      found: `a witness in ${witness} for mode mrec`,
      expected: 'a witness only with mode mrsc: eventual consistency needs no quorum of Regions',
      write: 'mode: mrsc',
    },
  ];
}

function checkStrong(given: GlobalTableParameters, placement: Placement): readonly PlacementProblem[] {
  const { regions, witness } = given;
  const set = REGION_SETS.find((one) => one.includes(regions[0] as string));
  if (set === undefined) {
    const allowed = REGION_SETS.map((one) => one.join(', ')).join('; or ');
    return [
      {
        path: ['regions', 0],
        found: `the Region ${regions[0]} for mode mrsc`,
        expected: `Regions out of one set: ${allowed}`,
        write: `regions: [${REGION_SETS[0]?.join(', ')}]`,
      },
    ];
  }
  // Those that the topology has come first: a hint should not lead to the next complaint.
  const write = `regions: [${inTopologyFirst(set, placement).slice(0, 3).join(', ')}]`;
  if (witness === undefined && regions.length !== 3) {
    return [
      {
        path: ['regions'],
        found: `${regions.length} Regions for mode mrsc`,
        expected: 'exactly three Regions, or two and a witness',
        write,
      },
    ];
  }
  if (witness !== undefined && regions.length !== 2) {
    return [
      {
        path: ['witness'],
        found: `a witness beside ${regions.length} Regions`,
        expected: 'exactly two Regions beside a witness, or three Regions without one',
        write: `regions: [${regions.slice(0, 2).join(', ')}]`,
      },
    ];
  }
  const outside = regions.findIndex((region) => !set.includes(region));
  if (outside > 0)
    return [
      {
        path: ['regions', outside],
        found: `${regions[outside]} beside ${regions[0]}`,
        expected: `Regions out of one set: ${set.join(', ')}`,
        write,
      },
    ];
  return witness === undefined ? [] : checkWitness(witness, given, set, placement);
}

function checkWitness(
  witness: string,
  { regions }: GlobalTableParameters,
  set: readonly string[],
  placement: Placement,
): readonly PlacementProblem[] {
  const free = inTopologyFirst(set, placement).filter((region) => !regions.includes(region));
  const write = `witness: ${free[0]}`;
  if (!free.includes(witness))
    return [
      {
        path: ['witness'],
        found: `a witness in ${witness}`,
        expected: `another Region of the same set: ${free.join(', ')}`,
        write,
      },
    ];
  if (placement.regions[witness] !== undefined) return [];
  return [
    {
      path: ['witness'],
      found: `a witness in ${witness}, which is not in topology.regions`,
      expected: 'a Region of the topology, so that faults can hit it',
      write: `${witness}: [${threeAzs(witness, [])}]`,
    },
  ];
}

import { z } from 'zod';
import type { Placement, PlacementProblem } from '../kind.ts';
import { instanceSize } from './instance-class.ts';

/** Aurora Replicas beside the writer, at the most; custom endpoints; copies of the volume are in so many AZs. */
const READERS_MAX = 15;
const CUSTOM_ENDPOINTS_MAX = 5;
const VOLUME_AZS = 3;

const instance = z.strictObject({
  az: z.string(),
  tier: z.int().min(0).max(15).default(1),
  size: instanceSize.default('large'),
});

const customEndpoint = z.strictObject({
  members: z.array(z.string()).min(1),
  type: z.enum(['reader', 'any']).default('reader'),
});

export const auroraClusterParameters = z.strictObject({
  instances: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'a short name such as a' }), instance),
  writer: z.string(),
  protectionGroups: z.int().min(1).max(64).default(2),
  customEndpoints: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'a short name such as analytics' }), customEndpoint)
    .default({}),
  readersSurvive: z.boolean().default(true),
});

export type AuroraClusterParameters = z.output<typeof auroraClusterParameters>;

/** The three AZs that hold the volume: those of the instances first, filled up in the order of the Region. */
export function volumeAzs({ instances }: AuroraClusterParameters, placement: Placement): readonly string[] {
  const used = new Set(Object.values(instances).map(({ az }) => az));
  const region = placement.regionOf([...used][0] ?? '') ?? '';
  const azs = placement.regions[region] ?? [];
  const chosen = new Set(
    [...azs.filter((az) => used.has(az)), ...azs.filter((az) => !used.has(az))].slice(0, VOLUME_AZS),
  );
  return azs.filter((az) => chosen.has(az));
}

/** What zod cannot see. */
export function checkAuroraCluster(given: AuroraClusterParameters, placement: Placement): readonly PlacementProblem[] {
  return [
    ...checkCount(given),
    ...checkWriter(given),
    ...checkAzs(given, placement),
    ...checkRegion(given, placement),
    ...checkEndpoints(given),
  ];
}

function checkCount({ instances }: AuroraClusterParameters): readonly PlacementProblem[] {
  const count = Object.keys(instances).length;
  if (count > 0 && count <= READERS_MAX + 1) return [];
  return [
    {
      path: ['instances'],
      found: `${count} instances`,
      expected: `1 to ${READERS_MAX + 1}: a writer and up to ${READERS_MAX} readers`,
      write: 'instances: { a: { az: use1-az1 }, b: { az: use1-az2 } }',
    },
  ];
}

function checkWriter({ instances, writer }: AuroraClusterParameters): readonly PlacementProblem[] {
  if (Object.hasOwn(instances, writer)) return [];
  const names = Object.keys(instances);
  return [
    {
      path: ['writer'],
      found: `the writer ${writer}, which is not among the instances`,
      expected: `one of ${names.join(', ')}`,
      write: `writer: ${names[0] ?? 'a'}`,
    },
  ];
}

function checkAzs({ instances }: AuroraClusterParameters, placement: Placement): readonly PlacementProblem[] {
  const known = Object.values(placement.regions).flat();
  return Object.entries(instances)
    .filter(([, { az }]) => placement.regionOf(az) === undefined)
    .map(([name, { az }]) => ({
      path: ['instances', name, 'az'],
      found: `the AZ ${az}, which is not in topology.regions`,
      expected: `one of ${known.join(', ')}`,
      write: `${name}: { az: ${known[0] ?? 'use1-az1'} }`,
    }));
}

/** One Region with three AZs, and instances in no more than those three. */
function checkRegion(given: AuroraClusterParameters, placement: Placement): readonly PlacementProblem[] {
  const placed = Object.entries(given.instances).flatMap(([name, { az }]) => {
    const region = placement.regionOf(az);
    return region === undefined ? [] : [{ name, az, region }];
  });
  const home = placed[0]?.region;
  if (home === undefined) return [];
  const azs = placement.regions[home] ?? [];
  if (azs.length < VOLUME_AZS) {
    const write = `${home}: [${[...azs, 'second-az', 'third-az'].slice(0, VOLUME_AZS).join(', ')}]`;
    return [
      {
        path: ['instances'],
        found: `a cluster in ${home}, which has ${azs.length} ${azs.length === 1 ? 'AZ' : 'AZs'}`,
        expected: 'a Region with three AZs, as the volume keeps two copies in each',
        write,
      },
    ];
  }
  const held = volumeAzs(given, placement);
  return placed
    .filter(({ az, region }) => region !== home || !held.includes(az))
    .map(({ name, az, region }) => ({
      path: ['instances', name, 'az'],
      found:
        region === home
          ? `an instance in a fourth AZ, ${az}`
          : `an instance in ${az}, in another Region than the first`,
      expected: `one of the three AZs of the volume: ${held.join(', ')}`,
      write: `${name}: { az: ${held[0]} }`,
    }));
}

function checkEndpoints({ instances, customEndpoints }: AuroraClusterParameters): readonly PlacementProblem[] {
  const names = Object.keys(instances);
  const endpoints = Object.entries(customEndpoints);
  const tooMany = endpoints.length > CUSTOM_ENDPOINTS_MAX;
  const count = tooMany
    ? [
        {
          path: ['customEndpoints'],
          found: `${endpoints.length} custom endpoints`,
          expected: `at most ${CUSTOM_ENDPOINTS_MAX}`,
          write: `customEndpoints: { analytics: { members: [${names.slice(1).join(', ')}] } }`,
        },
      ]
    : [];
  const taken = endpoints
    .filter(([id]) => id === 'writer' || id === 'reader')
    .map(([id]) => ({
      path: ['customEndpoints', id],
      found: `a custom endpoint called ${id}, which every cluster has`,
      expected: 'another name',
      write: `analytics: { members: [${names.slice(1).join(', ')}] }`,
    }));
  const strangers = endpoints.flatMap(([id, { members }]) =>
    members.flatMap((member, place) =>
      names.includes(member)
        ? []
        : [
            {
              path: ['customEndpoints', id, 'members', place],
              found: `the member ${member}, which is not among the instances`,
              expected: `one of ${names.join(', ')}`,
              write: `${id}: { members: [${names.slice(0, 2).join(', ')}] }`,
            },
          ],
    ),
  );
  return [...count, ...taken, ...strangers];
}

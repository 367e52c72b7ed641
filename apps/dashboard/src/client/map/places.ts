import type { HeaderRecord } from '@faultline/trace';

/** A Region and its AZs, in the order of the scenario. */
export interface RegionPlace {
  readonly region: string;
  readonly azs: readonly string[];
}

/** Where things stand, from the scenario in the header; Regions that only a node names are added. */
export function placesOf(header: HeaderRecord): readonly RegionPlace[] {
  const regions = new Map<string, string[]>();
  for (const [region, azs] of Object.entries(regionsIn(header.resolved))) regions.set(region, [...azs]);
  for (const { nodes } of header.databases) {
    for (const { region, az } of nodes) {
      const azs = regions.get(region) ?? [];
      if (az !== region && !azs.includes(az)) azs.push(az);
      regions.set(region, azs);
    }
  }
  return [...regions].map(([region, azs]) => ({ region, azs }));
}

/** The header holds the scenario as plain JSON: each part is looked for. */
function regionsIn(resolved: unknown): Readonly<Record<string, readonly string[]>> {
  const given = resolved as { readonly topology?: { readonly regions?: Readonly<Record<string, readonly string[]>> } };
  return given?.topology?.regions ?? {};
}

/** Protection groups of an Aurora volume, and the AZs that hold it; null for a database without a shared volume. */
export function volumeOf(
  header: HeaderRecord,
  database: string,
): { readonly groups: number; readonly azs: readonly string[]; readonly region: string } | null {
  const known = header.databases.find((candidate) => candidate.database === database);
  if (known === undefined || !known.model.startsWith('aurora')) return null;
  const given = header.resolved as {
    readonly topology?: {
      readonly databases?: Readonly<
        Record<string, { readonly parameters?: { readonly protectionGroups?: number } } | undefined>
      >;
    };
  };
  const groups = given?.topology?.databases?.[database]?.parameters?.protectionGroups ?? 0;
  const region = known.nodes[0]?.region ?? '';
  const all = placesOf(header).find((place) => place.region === region)?.azs ?? [];
  const used = new Set(known.nodes.map(({ az }) => az));
  const chosen = [...all.filter((az) => used.has(az)), ...all.filter((az) => !used.has(az))].slice(0, 3);
  return groups === 0 ? null : { groups, azs: all.filter((az) => chosen.includes(az)), region };
}

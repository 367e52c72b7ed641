import type { Places } from './declared.ts';
import { contradict, list, readNamed } from './mapping.ts';
import { name } from './names.ts';
import type { Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { Value } from './value.ts';
import { quote } from './wording.ts';

/** What is known of the places when the file does not say. */
export const noPlaces: Places = { regions: {}, regionOf: new Map(), complete: false };

const azs = list(name, { min: 1, max: 26 });

/** `regions: { us-east-1: [use1-az1, use1-az2] }`: Regions with their AZs. */
export const places: Reader<Places> = {
  expects: 'Regions, each with the list of its AZs',
  example: '{ us-east-1: [use1-az1, use1-az2, use1-az3] }',
  read(value, report) {
    const before = report.count;
    const regions = readNamed(value, report, places, (_, entry) => azs.read(entry, report));
    if (regions === undefined) return undefined;
    if (regions.size === 0) return contradict(value, report, 'an empty mapping', 'at least one Region', places.example);
    const regionOf = new Map<string, string>();
    for (const [region, names] of regions) {
      for (const az of names ?? []) if (!regionOf.has(az)) regionOf.set(az, region);
    }
    reportSharedAzs(value, report);
    const known = [...regions].map(([region, names]) => [region, names ?? []] as const);
    return { regions: Object.fromEntries(known), regionOf, complete: report.count === before };
  },
};

/** An AZ belongs to one Region, and has a name that no other has. */
function reportSharedAzs(value: Value, report: Report): void {
  const owners = new Map<string, string>();
  for (const [region, entry] of value.type === 'mapping' ? value.entries : []) {
    for (const [index, item] of entry.type === 'list' ? entry.items.entries() : []) {
      if (item.type !== 'text') continue;
      const owner = owners.get(item.text);
      if (owner === undefined) {
        owners.set(item.text, region);
        continue;
      }
      const found = `the AZ ${quote(item.text)} a second time: it is in ${quote(owner)} already`;
      contradict(item, report, found, 'an AZ name that no other AZ has', `${region}-az${index + 1}`);
    }
  }
}

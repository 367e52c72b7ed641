import type { Report } from '../report.ts';
import type { MappingValue } from '../value.ts';
import type { ReadFactor } from './factor-reader.ts';
import type { Study } from './study.ts';

/** What a study is read for: trials of its whole grid, or the cheapest of its cells. */
export type StudyPurpose = 'grid' | 'search';

/** A search needs something to meet and something to choose by. */
export function checkSearchable(
  study: MappingValue,
  { rtoUs, rpoUs }: Study['objectives'],
  factors: readonly ReadFactor[],
  report: Report,
): void {
  if (rtoUs === null && rpoUs === null) {
    report.add(placeOfKey(study, 'objectives'), () => ({
      found: study.entries.has('objectives') ? '`objectives` without one' : 'no `objectives`',
      expected: 'an objective to meet: --search looks for the cheapest combination that meets it',
      write: 'objectives: { rto: 60s }',
    }));
  }
  if (factors.every(({ costs }) => costs === null)) {
    report.add(placeOfKey(study, 'factors'), () => ({
      found: factors.length === 0 ? 'no factor with `costs`' : 'factors, none of which has `costs`',
      expected: 'what each level of a factor costs: --search looks for the cheapest combination',
      write: 'dns-cache: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s], costs: [1, 0] }',
    }));
  }
}

/** Where the key stands; of one that is missing, where the section about searching does, or else the last key. */
function placeOfKey(study: MappingValue, key: string): number {
  const entry = study.entries.get(key) ?? study.entries.get('search') ?? [...study.entries.values()].at(-1);
  return entry?.keyAt ?? study.at;
}

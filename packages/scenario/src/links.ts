import { type Places, placeReference } from './declared.ts';
import { distribution } from './distributions.ts';
import { contradict, list, mapping, required } from './mapping.ts';
import { derive, type Reader } from './reader.ts';
import type { LinkSpec } from './scenario.ts';
import { quote } from './wording.ts';

/** `links: [{ between: [us-east-1, eu-west-1], oneWay: 38ms }]`: latencies that replace the defaults. */
export function links(places: Places): Reader<readonly LinkSpec[]> {
  const example = '[us-east-1, eu-west-1]';
  const pair = derive(list(placeReference(places), { min: 2, max: 2, example }), (ends, value, report) => {
    const [a, b] = ends as [string, string];
    if (a === b) return contradict(value, report, `${quote(a)} twice`, 'two different places', example);
    if (places.regionOf.has(a) !== places.regionOf.has(b)) {
      const found = 'a Region and an AZ';
      return contradict(value, report, found, 'two Regions, or two AZs', example);
    }
    return [a, b] as const;
  });
  const link = mapping('a mapping with between and oneWay', {
    between: required(pair),
    oneWay: required(distribution),
  });
  return derive(list(link, { max: 10_000 }), (all, value, report) => {
    const before = report.count;
    const seen = new Set<string>();
    for (const [index, { between }] of all.entries()) {
      const key = [...between].sort().join(' ');
      const item = value.type === 'list' ? value.items[index] : undefined;
      if (seen.has(key) && item !== undefined) {
        contradict(item, report, `a second latency between ${between.join(' and ')}`, 'one latency for a pair', '…');
      }
      seen.add(key);
    }
    return report.count === before ? all : undefined;
  });
}

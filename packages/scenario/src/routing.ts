import { type KnownDatabase, type Places, regionReference } from './declared.ts';
import { routingDefaults } from './defaults.ts';
import { distribution } from './distributions.ts';
import { contradict, list, mapping, optional, required } from './mapping.ts';
import { wholeNumber } from './quantities.ts';
import { derive, orWord, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { RoutingSpec } from './scenario.ts';
import type { Value } from './value.ts';
import { enumerate, oneOf, quote } from './wording.ts';

/** `routing: { regions: [us-east-1, eu-west-1], … }`, or `none`. */
export function routing(places: Places): Reader<RoutingSpec | null> {
  const fields = mapping('a mapping with regions', {
    regions: required(list(regionReference(places), { min: 1, max: 100 })),
    failures: optional(wholeNumber(1, 1_000, 3), routingDefaults.failuresToSwitch),
    switchAfter: optional(distribution, routingDefaults.switchDelay),
    returnAfter: optional(orWord({ never: null }, distribution), routingDefaults.returnDelay),
  });
  const route = derive(fields, ({ regions, failures, switchAfter, returnAfter }) => ({
    regions,
    failuresToSwitch: failures,
    switchDelay: switchAfter,
    returnDelay: returnAfter,
  }));
  return orWord({ none: null }, route);
}

/** Whether the database is in every Region of the route, and each is named once; reports it where not. */
export function checkRouting(
  spec: RoutingSpec | null,
  value: Value,
  database: KnownDatabase | null | undefined,
  report: Report,
): boolean {
  const before = report.count;
  const items = value.type === 'mapping' ? value.entries.get('regions') : undefined;
  const present = new Set(database?.layout?.nodes.map((node) => node.region) ?? spec?.regions);
  for (const [index, region] of (spec?.regions ?? []).entries()) {
    const item = items?.type === 'list' ? items.items[index] : undefined;
    if (item === undefined) continue;
    if (spec?.regions.indexOf(region) !== index) {
      contradict(item, report, `the Region ${quote(region)} a second time`, 'every Region once', enumerate(present));
    } else if (!present.has(region)) {
      const found = `${quote(region)}, where ${database?.spec.name} has no node`;
      contradict(item, report, found, oneOf(present, region), [...present][0] ?? region);
    }
  }
  return report.count === before;
}

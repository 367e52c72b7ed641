import { type Declared, reference } from './declared.ts';
import {
  alwaysExpectations,
  type BoundedMeasure,
  boundedMeasures,
  eventuallyExpectations,
  sometimesExpectations,
} from './expectations.ts';
import { deepFreeze } from './freeze.ts';
import { contradict, list, mapping, optional, presentOnly, required } from './mapping.ts';
import { duration, wholeNumber } from './quantities.ts';
import { derive, oneWordOf, type Reader, type WordReader } from './reader.ts';
import type { ExpectSpec } from './scenario.ts';

/** A scenario that expects nothing. */
export const noExpectations: ExpectSpec = deepFreeze({
  objectives: { rtoUs: null, rpoUs: null },
  always: [],
  eventually: [],
  sometimes: [],
  events: [],
  measures: {},
});

/** `expect`: what the run has to show. */
export function expectations(declared: Declared): Reader<ExpectSpec> {
  const objectives = derive(
    mapping(
      'a mapping with rto, rpo and clients',
      {
        rto: optional(duration({ example: '120s' }), null),
        rpo: optional(duration({ example: '0s' }), null),
        clients: optional(cohortObjectives(declared), {}),
      },
      '{ rto: 120s, rpo: 0s }',
    ),
    ({ rto, rpo, clients }) => ({
      rtoUs: rto,
      rpoUs: rpo,
      ...(Object.keys(clients).length > 0 ? { clients } : {}),
    }),
  );
  const measures = Object.entries(boundedMeasures).map(
    ([name, measure]) => [name, optional(bounds(measure), null)] as const,
  );
  return mapping('a mapping with objectives, always, eventually, sometimes, events and measures', {
    objectives: optional(objectives, noExpectations.objectives),
    always: optional(wordsOf(alwaysExpectations), []),
    eventually: optional(wordsOf(eventuallyExpectations), []),
    sometimes: optional(wordsOf(sometimesExpectations), []),
    events: optional(list(eventReference(declared), { max: 1_000 }), []),
    measures: optional(derive(mapping('bounds by measure', Object.fromEntries(measures)), presentOnly), {}),
  });
}

/** `{ checkout: { rto: 30s } }`: cohorts that have to be back sooner, or may be back later, than the others. */
function cohortObjectives({ clients }: Declared): Reader<Readonly<Record<string, { readonly rtoUs: number }>>> {
  const objective = derive(
    mapping('a mapping with rto', { rto: required(duration({ example: '30s' })) }),
    ({ rto }) => ({ rtoUs: rto }),
  );
  const fields = Object.fromEntries([...clients.keys()].map((name) => [name, optional(objective, null)]));
  return derive(mapping('objectives by cohort of clients', fields, `{ checkout: ${objective.example} }`), presentOnly);
}

const wordsOf = (catalogue: Readonly<Record<string, string>>) => list(oneWordOf(Object.keys(catalogue)), { max: 100 });

/** `{ min: 60s, max: 120s }`, one of which may be left out. */
function bounds({ unit }: BoundedMeasure): Reader<{ readonly min: number | null; readonly max: number | null }> {
  const limit: WordReader<number> =
    unit === 'duration' ? duration({ example: '120s' }) : wholeNumber(0, Number.MAX_SAFE_INTEGER, 0);
  const fields = mapping(
    'a mapping with min, max or both',
    { min: optional(limit, null), max: optional(limit, null) },
    `{ max: ${limit.example} }`,
  );
  return derive(fields, (parts, value, report) => {
    const { min, max } = parts;
    if (min === null && max === null) return contradict(value, report, 'no bound', fields.expects, fields.example);
    if (min === null || max === null || min <= max) return parts;
    return contradict(value, report, 'a `max` below its `min`', 'a `max` of at least `min`', fields.example);
  });
}

/** An event that one of the scenario's kinds publishes. */
function eventReference({ databases }: Declared): WordReader<string> {
  const kinds = [...databases.values()];
  const ids = kinds.flatMap((each) => (each === null ? [] : Object.keys(each.kind.events)));
  return reference('event', ids, { complete: !kinds.includes(null), where: "the scenario's databases" });
}

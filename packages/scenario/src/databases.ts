import type { Distribution } from '@faultline/clock';
import type { DeploymentKind, Placement } from '@faultline/models';
import { type KnownDatabase, type Places, placeReference } from './declared.ts';
import { distribution } from './distributions.ts';
import { readParameters, reportPlacementProblem } from './kind-parameters.ts';
import { mapping, openMapping, optional, presentOnly, readNamed } from './mapping.ts';
import { choice, derive, oneWordOf, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { DatabaseSpec } from './scenario.ts';
import type { MappingValue, Value } from './value.ts';

/** Keys of a database that mean the same for every kind. */
const OWN_KEYS = ['model', 'engine', 'timings', 'observer'];

interface ReadDatabase {
  readonly value: MappingValue;
  readonly spec: DatabaseSpec;
  readonly kind: DeploymentKind;
}

/** The databases by name: first each for itself, then all of them together with the places. */
export function databases(
  kinds: ReadonlyMap<string, DeploymentKind>,
  places: Places,
): Reader<ReadonlyMap<string, KnownDatabase | null>> {
  const shape = {
    expects: 'databases by name',
    example: '{ orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 } }',
  };
  return {
    ...shape,
    read(value, report) {
      const read = readNamed(value, report, shape, (name, entry) => readDatabase(name, entry, report, kinds, places));
      return read === undefined ? undefined : placeAll(read, places, report);
    },
  };
}

function readDatabase(
  name: string,
  value: Value,
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
  places: Places,
): ReadDatabase | undefined {
  const models = choice(kinds);
  const shape = { expects: 'a mapping that begins with `model`', example: '{ model: rds.single-az, az: use1-az1 }' };
  // Which keys there are depends on the model, so that unknown ones are found further down.
  const keys = openMapping(value, report, shape, value.type === 'mapping' ? [...value.entries.keys()] : []);
  const kind = keys?.required('model', models);
  if (keys === undefined || kind === undefined) return undefined;
  const engine = keys.optional('engine', oneWordOf(kind.engines), kind.engines[0]);
  const timings = keys.optional('timings', timingsOf(kind), {});
  const observer = keys.optional<string | null>('observer', placeReference(places), null);
  const parameters = readParameters(keys.value, kind, OWN_KEYS, report);
  if (engine === undefined || timings === undefined || observer === undefined || parameters === undefined)
    return undefined;
  const spec = { name, model: kind.id, engine, parameters: parameters.data, timings, observer };
  return { value: keys.value, spec, kind };
}

/** Any of the kind's timings, each replaced by a distribution. */
function timingsOf(kind: DeploymentKind): Reader<Readonly<Record<string, Distribution>>> {
  const fields = Object.fromEntries(Object.keys(kind.timings).map((name) => [name, optional(distribution, null)]));
  return derive(mapping(`timings of ${kind.id}`, fields), presentOnly);
}

/** Lets every kind check its parameters against the topology and lay its nodes out, if all of it could be read. */
function placeAll(
  read: ReadonlyMap<string, ReadDatabase | null>,
  places: Places,
  report: Report,
): ReadonlyMap<string, KnownDatabase | null> {
  const all = [...read.values()].filter((each) => each !== null);
  const before = report.count;
  const complete = places.complete && all.length === read.size;
  if (complete) for (const each of all) checkPlacement(each, placementOf(each.spec, all, places), report);
  const sound = complete && report.count === before;
  return new Map(
    [...read].map(([name, each]) => {
      if (each === null) return [name, null];
      const { spec, kind } = each;
      return [
        name,
        { spec, kind, layout: sound ? kind.layout(spec.parameters, placementOf(spec, all, places)) : null },
      ];
    }),
  );
}

function checkPlacement({ value, spec, kind }: ReadDatabase, placement: Placement, report: Report): void {
  for (const problem of kind.check(spec.parameters, placement)) reportPlacementProblem(problem, value, report);
}

/** What a kind may look at: the places, and every database of the scenario. */
function placementOf(spec: DatabaseSpec, all: readonly ReadDatabase[], places: Places): Placement {
  return {
    name: spec.name,
    engine: spec.engine,
    regions: places.regions,
    regionOf: (az) => places.regionOf.get(az),
    databases: Object.fromEntries(all.map((each) => [each.spec.name, each.spec])),
  };
}

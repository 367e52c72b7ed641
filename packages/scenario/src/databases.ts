import type { Distribution } from '@faultline/clock';
import type { DeploymentKind, Layout, Placement } from '@faultline/models';
import { type KnownDatabase, type Places, placeReference } from './declared.ts';
import { distribution } from './distributions.ts';
import { readParameters, reportPlacementProblem } from './kind-parameters.ts';
import { mapping, openMapping, optional, presentOnly, readNamed } from './mapping.ts';
import { placeProxy, proxy } from './proxy.ts';
import { choice, derive, oneWordOf, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { DatabaseSpec } from './scenario.ts';
import type { MappingValue, Value } from './value.ts';

/** Keys of a database that mean the same for every kind. */
const OWN_KEYS = ['model', 'engine', 'timings', 'observer', 'proxy'];

interface ReadDatabase {
  readonly value: MappingValue;
  readonly spec: DatabaseSpec;
  readonly kind: DeploymentKind;
  readonly writtenProxy: WrittenProxy;
}

type WrittenProxy = Exclude<ReturnType<ReturnType<typeof proxy>['read']>, undefined>;

/** Readers that are the same for every database of the file. */
interface Readers {
  readonly model: Reader<DeploymentKind>;
  readonly observer: Reader<string>;
  readonly proxy: Reader<WrittenProxy>;
}

/** The databases by name: first each for itself, then all of them together with the places. */
export function databases(
  kinds: ReadonlyMap<string, DeploymentKind>,
  places: Places,
): Reader<ReadonlyMap<string, KnownDatabase | null>> {
  const readers: Readers = { model: choice(kinds), observer: placeReference(places), proxy: proxy(places) };
  const shape = {
    expects: 'databases by name',
    example: '{ orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 } }',
  };
  return {
    ...shape,
    read(value, report) {
      const read = readNamed(value, report, shape, (name, entry) => readDatabase(name, entry, report, readers));
      return read === undefined ? undefined : placeAll(read, places, report);
    },
  };
}

const outline = { expects: 'a mapping that begins with `model`', example: '{ model: rds.single-az, az: use1-az1 }' };

function readDatabase(name: string, value: Value, report: Report, readers: Readers): ReadDatabase | undefined {
  // Which keys there are depends on the model, so that unknown ones are found with the kind's own schema.
  const keys = openMapping(value, report, outline, value.type === 'mapping' ? [...value.entries.keys()] : []);
  const kind = keys?.required('model', readers.model);
  if (keys === undefined || kind === undefined) return undefined;
  const engine = keys.optional('engine', oneWordOf(kind.engines), kind.engines[0]);
  const timings = keys.optional('timings', timingsOf(kind), {});
  const observer = keys.optional<string | null>('observer', readers.observer, null);
  const writtenProxy = keys.optional('proxy', readers.proxy, null);
  const parameters = readParameters(keys.value, kind, OWN_KEYS, report);
  if (engine === undefined || timings === undefined || observer === undefined) return undefined;
  if (writtenProxy === undefined || parameters === undefined) return undefined;
  const spec = { name, model: kind.id, engine, parameters: parameters.data, timings, observer };
  return { value: keys.value, spec, kind, writtenProxy };
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
  const complete = places.complete && all.length === read.size;
  const placementOf = placements(all, places);
  const before = report.count;
  for (const { value, spec, kind } of complete ? all : []) {
    for (const problem of kind.check(spec.parameters, placementOf(spec)))
      reportPlacementProblem(problem, value, report);
  }
  const sound = complete && report.count === before;
  const place = (each: ReadDatabase): KnownDatabase => {
    const { spec, kind } = each;
    const layout = sound ? kind.layout(spec.parameters, placementOf(spec)) : null;
    return { spec: layout === null ? spec : withProxy(each, layout, places, report), kind, layout };
  };
  return new Map([...read].map(([name, each]) => [name, each === null ? null : place(each)]));
}

/** The database with the proxy that stands before it, if it has one. */
function withProxy({ value, spec, kind, writtenProxy }: ReadDatabase, layout: Layout, places: Places, report: Report) {
  const written = value.entries.get('proxy');
  if (writtenProxy === null || written === undefined) return spec;
  const placed = placeProxy(writtenProxy, written, spec, kind, layout, places, report);
  return placed === undefined ? spec : { ...spec, proxy: placed };
}

/** What each kind may look at: the places, and every database of the scenario. */
function placements(all: readonly ReadDatabase[], places: Places): (spec: DatabaseSpec) => Placement {
  const databases = Object.fromEntries(all.map((each) => [each.spec.name, each.spec]));
  const regionOf = (az: string) => places.regionOf.get(az);
  return ({ name, engine }) => ({ name, engine, regions: places.regions, regionOf, databases });
}

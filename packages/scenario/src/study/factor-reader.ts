import { list, mapping, openMapping, optional, required } from '../mapping.ts';
import { decimal } from '../quantities.ts';
import { type Reader, Refusal, refuse, word } from '../reader.ts';
import type { Report } from '../report.ts';
import { type MappingValue, plain, type Value } from '../value.ts';
import { hasUnprintable, quote } from '../wording.ts';

/** One level of a factor: what it changes in the base scenario. */
export interface ReadLevel {
  readonly label: string;
  readonly settings: readonly Setting[];
  /** Where the level stands in the study. */
  readonly at: Value;
}

/** A path into the base scenario, and the plain value to put there. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Offset of the path in the study. */
  readonly pathAt: number;
}

export interface ReadFactor {
  readonly name: string;
  readonly levels: readonly ReadLevel[];
  readonly costs: readonly number[] | null;
}

const MOST_LEVELS = 1_000;
const LONGEST_LABEL = 40;

const path = word<readonly string[]>(
  'a path into the scenario, its keys joined by dots, items of lists by their number from 0',
  'topology.clients.checkout.dnsCache',
  (value) => {
    if (value.type !== 'text' || hasUnprintable(value.text)) return new Refusal();
    const keys = value.text.split('.');
    return keys.every((key) => key !== '') ? keys : new Refusal(() => ({ found: quote(value.text) }));
  },
);

/** Any value: what may stand there is the scenario's business. */
const anything: Reader<Value> = { expects: 'any value', example: '30s', read: (value) => value };

const costs = list(decimal(0, 1e12, 1), { max: MOST_LEVELS, example: '[0, 1, 5]' });

const valuesFactor = mapping('a mapping with path and values', {
  path: required(path),
  values: required(list(anything, { min: 1, max: MOST_LEVELS, example: '[ttl, 30s, forever]' })),
  costs: optional(costs, null),
});

const SHAPE = {
  expects: 'a mapping with path and values, or with settings',
  example: '{ path: topology.clients.checkout.dnsCache, values: [ttl, 30s] }',
};

/** One entry under `factors`. */
export function readFactor(name: string, entry: Value, report: Report): ReadFactor | undefined {
  if (entry.type !== 'mapping') return refuse(entry, report, SHAPE);
  const factor = entry.entries.has('settings') ? readSettings(name, entry, report) : readValues(name, entry, report);
  if (factor?.costs != null && factor.costs.length !== factor.levels.length) {
    const found = `${factor.costs.length} costs for ${factor.levels.length} levels`;
    report.add(entry.at, () => ({ found, expected: 'one cost for each level', write: 'costs: [0, 1]' }));
    return undefined;
  }
  return factor;
}

/** `path` and `values`: one place, several values. */
function readValues(name: string, entry: MappingValue, report: Report): ReadFactor | undefined {
  const parts = valuesFactor.read(entry, report);
  if (parts === undefined) return undefined;
  const levels = parts.values.map((at) => ({
    label: labelOf(at),
    settings: [{ path: parts.path, value: plain(at), pathAt: entry.entries.get('path')?.at ?? entry.at }],
    at,
  }));
  return { name, levels, costs: parts.costs };
}

/** `settings`: levels with names, each of which may set several places at once. */
function readSettings(name: string, entry: Value, report: Report): ReadFactor | undefined {
  const keys = openMapping(entry, report, SHAPE, ['settings', 'costs']);
  const settings = keys?.value.entries.get('settings');
  const found = keys?.optional('costs', costs, null);
  if (settings?.type !== 'mapping' || settings.entries.size === 0) {
    return settings && refuse(settings, report, { expects: 'levels by name', example: SETTINGS_EXAMPLE });
  }
  const levels = [...settings.entries].map(([label, level]) => readLevel(label, level, report));
  if (found === undefined || levels.some((level) => level === undefined)) return undefined;
  return { name, levels: levels as ReadLevel[], costs: found };
}

const SETTINGS_EXAMPLE = '{ quick: { topology.clients.checkout.driver.connectTimeout: 1s } }';

function readLevel(label: string, level: Value, report: Report): ReadLevel | undefined {
  if (level.type !== 'mapping') {
    return refuse(level, report, { expects: 'a mapping from paths to values', example: '{ faults.0.at: 2m }' });
  }
  const settings = [...level.entries].map(([key, at]): Setting | undefined => {
    const read = path.accept({ ...at, type: 'text', text: key });
    if (!(read instanceof Refusal)) return { path: read, value: plain(at), pathAt: at.keyAt };
    return refuse({ ...at, at: at.keyAt }, report, path, new Refusal(() => ({ found: quote(key) })));
  });
  if (settings.some((setting) => setting === undefined)) return undefined;
  return { label, settings: settings as Setting[], at: level };
}

/** A short text for tables; what is no single word is told by its beginning. */
function labelOf(value: Value): string {
  const plainValue = plain(value);
  const text = typeof plainValue === 'string' ? plainValue : JSON.stringify(plainValue);
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

import type { TraceRecord } from './records/trace-record.ts';

/**
 * One record as one line of canonical JSON, without the line break.
 *
 * The form is that of RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code unit, no white
 * space, numbers and strings as JavaScript prints them. It is stricter in two points: `-0` is refused (it
 * would print as `0`, and a record would differ from its own line), and so is everything that
 * `JSON.stringify` silently turns into `null` or drops. Only `undefined` fields are left out, as always.
 *
 * Throws a RangeError that names the field, e.g. `fact.drawnUs.promotion`.
 */
export function canonicalLine(record: TraceRecord): string {
  return canonicalObject(record, record.type);
}

/** The keys of an object in canonical order, ready to be written. */
interface Shape {
  readonly asFound: readonly string[];
  readonly keys: readonly string[];
  readonly labels: readonly string[];
}

// Records of one type come from few places and so have few sets of keys, each mostly in one order: an operation through
// a proxy, one that failed, and so on. The sorted order is worked out once for each of them, and what came last is looked
// at first. This is a cache only: it never changes what is written. Free-form objects (a command's detail, the scenario)
// could have any number of paths and keys, hence the bounds.
const shapes = new Map<string, Shape[]>();
const PATHS_MAX = 1_000;
const SHAPES_MAX = 16;

function shapeOf(path: string, asFound: readonly string[]): Shape {
  const known = shapes.get(path) ?? [];
  for (let index = 0; index < known.length; index++) {
    const shape = known[index] as Shape;
    if (!sameKeys(shape.asFound, asFound)) continue;
    if (index > 0) {
      known[index] = known[index - 1] as Shape;
      known[index - 1] = shape;
    }
    return shape;
  }
  const keys = [...asFound].sort(byCodeUnit);
  const shape = { asFound, keys, labels: keys.map((key) => `${quoted(key)}:`) };
  if (known.length === SHAPES_MAX) known.pop();
  known.push(shape);
  if (known.length > 1 || shapes.size < PATHS_MAX) shapes.set(path, known);
  return shape;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `path` begins with the type of the record, e.g. `fact.drawnUs`. */
function canonicalObject(object: object, path: string): string {
  const fields = object as Readonly<Record<string, unknown>>;
  const { keys, labels } = shapeOf(path, Object.keys(fields));
  let text = '{';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const value = fields[key];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += labels[index] as string;
    if (typeof value === 'string') text += quoted(value);
    else if (typeof value === 'number') text += Number.isFinite(value) && value !== 0 ? value : zero(value, path, key);
    else text += canonicalValue(value, path, key);
  }
  return `${text}}`;
}

function canonicalValue(value: unknown, path: string, key: string): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && value !== 0 ? String(value) : zero(value, path, key);
    case 'string':
      return quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value, `${path}.${key}`) : canonicalObject(value, `${path}.${key}`);
    default:
      throw new RangeError(`${path}.${key} holds a ${typeof value}: a trace holds plain JSON values only`);
  }
}

function canonicalArray(values: readonly unknown[], path: string): string {
  return `[${values.map((value, index) => canonicalValue(value, path, String(index))).join(',')}]`;
}

/** Zero, or a refusal of what is neither zero nor an ordinary number. */
function zero(value: number, path: string, key: string): string {
  if (Object.is(value, 0)) return '0';
  const printed = Object.is(value, -0) ? '-0' : String(value);
  throw new RangeError(`${path}.${key} is ${printed}: a trace holds finite numbers and no negative zero`);
}

// What JSON has to escape, and lone surrogates, which have no UTF-8 form.
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  return SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`;
}

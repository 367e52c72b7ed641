import { canonicalLine } from './canonical.ts';
import type { TraceRecord } from './records/trace-record.ts';

/** Where two traces part. A record is null when its trace ended before. */
export interface TraceDifference {
  /** Place in the trace; the header is 0. */
  readonly index: number;
  readonly a: TraceRecord | null;
  readonly b: TraceRecord | null;
  /** Paths of the fields that differ, sorted, e.g. `["atUs", "drawnUs.promotion"]`. Empty when one trace just ended. */
  readonly fields: readonly string[];
}

/** The first place at which two traces differ, or null when they are equal. Reads no further than that. */
export function firstDifference(a: Iterable<TraceRecord>, b: Iterable<TraceRecord>): TraceDifference | null {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  try {
    for (let index = 0; ; index++) {
      const x = left.next();
      const y = right.next();
      if (x.done && y.done) return null;
      if (x.done || y.done) return { index, a: x.done ? null : x.value, b: y.done ? null : y.value, fields: [] };
      if (canonicalLine(x.value) !== canonicalLine(y.value)) {
        return { index, a: x.value, b: y.value, fields: differingFields(x.value, y.value, '') };
      }
    }
  } finally {
    left.return?.();
    right.return?.();
  }
}

/** A difference for people, on one line and, where records differ, one more for each field. */
export function describeDifference(difference: TraceDifference): string {
  const { index, a, b, fields } = difference;
  const present = a ?? b;
  if (present === null) return `record ${index}: both traces ended`;
  const name = `record ${index} (${present.type} at ${present.atUs} µs)`;
  if (a === null || b === null) return `${name} is in the ${a === null ? 'second' : 'first'} trace only`;
  const lines = fields.map((field) => `  ${field}: ${printed(valueAt(a, field))} / ${printed(valueAt(b, field))}`);
  return [`${name} differs:`, ...lines].join('\n');
}

function differingFields(a: unknown, b: unknown, path: string): string[] {
  if (Object.is(a, b)) return [];
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return [path];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return keys.flatMap((key) => differingFields(a[key], b[key], path === '' ? key : `${path}.${key}`));
}

function valueAt(record: TraceRecord, path: string): unknown {
  let value: unknown = record;
  for (const key of path.split('.')) value = isContainer(value) ? value[key] : undefined;
  return value;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function printed(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

import type { TraceRecord } from './records/trace-record.ts';

/** Every type a record may have. The compiler keeps this table complete. */
const RECORD_TYPES: Readonly<Record<TraceRecord['type'], true>> = {
  header: true,
  fault: true,
  node: true,
  fact: true,
  command: true,
  state: true,
  event: true,
  dns: true,
  resolve: true,
  connect: true,
  disconnect: true,
  op: true,
  timeline: true,
  replication: true,
  sample: true,
  operator: true,
  conflict: true,
  end: true,
  position: true,
  acknowledged: true,
  served: true,
  volume: true,
  answer: true,
  contents: true,
  pending: true,
};

/**
 * The record that one line of a trace holds. Only what every consumer relies on is checked: a known `type`
 * and an `atUs` in whole microseconds. Throws a SyntaxError that says what was found instead.
 */
export function parseLine(text: string): TraceRecord {
  const value: unknown = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError(`not a trace record: found ${excerpt(text)}, expected a JSON object`);
  }
  const { type, atUs } = value as { type?: unknown; atUs?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(RECORD_TYPES, type)) {
    throw new SyntaxError(`not a trace record: found type ${JSON.stringify(type) ?? 'missing'} in ${excerpt(text)}`);
  }
  if (typeof atUs !== 'number' || !Number.isSafeInteger(atUs) || atUs < 0) {
    throw new SyntaxError(
      `not a trace record: found atUs ${JSON.stringify(atUs) ?? 'missing'}, expected whole microseconds`,
    );
  }
  return value as TraceRecord;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`not a trace record: found ${excerpt(text)}, expected one line of JSON`);
  }
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

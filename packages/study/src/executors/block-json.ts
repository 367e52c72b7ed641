/** How what JSON cannot say is written: durations that never end. */
const NEVER = '\u221e';

/** Blocks and their results as text that survives any queue or file: `fromJson(toJson(value))` equals the value. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (inner === Number.POSITIVE_INFINITY ? NEVER : inner));
}

/** Throws a SyntaxError on text that is no JSON. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, inner: unknown) => (inner === NEVER ? Number.POSITIVE_INFINITY : inner));
}

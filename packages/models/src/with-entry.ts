/**
 * A copy of a record in which one entry is another one. It is copied entry by entry: V8 takes every copy by `...` of a copy
 * for an object of another shape, and after a few of them copies slowly.
 */
export function withEntry<Value>(record: Readonly<Record<string, Value>>, key: string, value: Value) {
  const copy: Record<string, Value> = {};
  for (const each of Object.keys(record)) copy[each] = record[each] as Value;
  copy[key] = value;
  return copy;
}

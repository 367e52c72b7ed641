/** Values that are like this one with one part less: lists without an item, mappings without a key, smaller numbers. */
export function* smallerParts(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) yield* smallerList(value);
  else if (typeof value === 'object' && value !== null)
    yield* smallerMapping(value as Readonly<Record<string, unknown>>);
  else if (typeof value === 'number' && Number.isInteger(value) && value > 1) {
    yield 1;
    if (value > 2) yield value - 1;
  }
}

function* smallerList(list: readonly unknown[]): Generator<readonly unknown[]> {
  // The last ones first: what comes first is usually what the others depend on.
  for (let place = list.length - 1; place >= 0; place--) yield list.filter((_, other) => other !== place);
  for (const [place, item] of list.entries()) {
    for (const smaller of smallerParts(item)) yield list.with(place, smaller);
  }
}

function* smallerMapping(mapping: Readonly<Record<string, unknown>>): Generator<Readonly<Record<string, unknown>>> {
  const keys = Object.keys(mapping);
  for (const key of keys.toReversed()) {
    yield Object.fromEntries(Object.entries(mapping).filter(([other]) => other !== key));
  }
  for (const key of keys) {
    for (const smaller of smallerParts(mapping[key])) yield { ...mapping, [key]: smaller };
  }
}

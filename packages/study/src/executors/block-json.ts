/** How what JSON cannot say is written: durations that never end, and columns of numbers. */
const NEVER = '\u221e';
const COLUMN = 'float64';

/** Blocks and their results as text that survives any queue or file: `fromJson(toJson(value))` equals the value. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === Number.POSITIVE_INFINITY) return NEVER;
    // One text for a whole column: asking about each of its numbers would take longer than to write them.
    return inner instanceof Float64Array ? { [COLUMN]: inner.join(' ') } : inner;
  });
}

/** Throws a SyntaxError on text that is no JSON. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, inner: unknown) => {
    if (inner === NEVER) return Number.POSITIVE_INFINITY;
    return isColumn(inner) ? columnIn(inner[COLUMN]) : inner;
  });
}

function columnIn(text: string): Float64Array {
  const numbers = text === '' ? [] : text.split(' ');
  const column = new Float64Array(numbers.length);
  for (let place = 0; place < numbers.length; place++) column[place] = Number(numbers[place]);
  return column;
}

function isColumn(value: unknown): value is { readonly [COLUMN]: string } {
  return typeof value === 'object' && value !== null && COLUMN in value && typeof value[COLUMN] === 'string';
}

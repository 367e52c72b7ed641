import type { HistoryEvent, HistoryMap, HistoryValue } from '../history.ts';

/** An event as an EDN map on one line. Types, functions and the functions of micro-operations are keywords. */
export function ednText({ index, time, type, process, f, value, error }: HistoryEvent): string {
  const parts = [
    `:index ${index}`,
    ...(time === undefined ? [] : [`:time ${time}`]),
    `:type :${type}`,
    `:process ${typeof process === 'number' ? process : `:${process}`}`,
    `:f :${f}`,
    `:value ${f === 'txn' ? transaction(value) : form(value)}`,
    ...(error === undefined ? [] : [`:error ${form(error)}`]),
  ];
  return `{${parts.join(', ')}}`;
}

function transaction(steps: HistoryValue): string {
  if (!isList(steps)) return form(steps);
  const texts = steps.map((step) => {
    if (!isList(step)) return form(step);
    const [f, ...rest] = step;
    return `[:${String(f)} ${rest.map(form).join(' ')}]`;
  });
  return `[${texts.join(' ')}]`;
}

function form(value: HistoryValue): string {
  if (value === null) return 'nil';
  // Escapes of JSON are those of EDN.
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(form).join(' ')}]`;
  const entries = Object.entries(value as HistoryMap).map(([key, inner]) => `${JSON.stringify(key)} ${form(inner)}`);
  return `{${entries.join(', ')}}`;
}

function isList(value: HistoryValue): value is readonly HistoryValue[] {
  return Array.isArray(value);
}

import type { HistoryMap, HistoryValue } from './history.ts';

/** One text for each value: two values are the same if and only if their texts are. Keys of maps are sorted. */
export function canonicalText(value: HistoryValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}

export function isList(value: HistoryValue | undefined): value is readonly HistoryValue[] {
  return Array.isArray(value);
}

export function isMap(value: HistoryValue | undefined): value is HistoryMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHOWN = 200;

/** A value for people: names without quotes, and the middle of what is long left out. */
export function valueText(value: HistoryValue): string {
  const text = plain(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN / 2)} … ${text.slice(-SHOWN / 2)}`;
}

function plain(value: HistoryValue): string {
  if (value === null) return 'nil';
  if (typeof value === 'string') return /^[\w./-]+$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(plain).join(' ')}]`;
  return `{${Object.entries(value as HistoryMap)
    .map(([key, inner]) => `${key} ${plain(inner)}`)
    .join(', ')}}`;
}

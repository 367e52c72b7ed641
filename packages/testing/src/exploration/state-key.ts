import type { AnyMachineSnapshot } from 'xstate';
import type { Surroundings } from './surroundings.ts';

/** Counters beyond this are alike: the charts compare them with at most five attempts. */
const COUNT_MAX = 6;

/**
 * What tells one state from another: where the chart is, what it knows, which timers run, and what its world will do.
 * Durations are left out but for whether they were drawn; lists are sets, because charts ask them for members only.
 */
export function stateKey(
  { value, context }: AnyMachineSnapshot,
  surroundings: Surroundings,
  timers: ReadonlyMap<string, unknown>,
): string {
  const { timings, ...known } = context as { readonly timings: Readonly<Record<string, number>> };
  const isDrawn = !Object.values(timings).some(Number.isNaN);
  return JSON.stringify([value, abstract(known), isDrawn, surroundings, [...timers.keys()].sort()]);
}

function abstract(value: unknown): unknown {
  if (typeof value === 'number') return Math.min(value, COUNT_MAX);
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? [...value].sort() : value.map(abstract);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, abstract(inner)]));
}

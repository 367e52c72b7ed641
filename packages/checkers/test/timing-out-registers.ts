import { type Operation, pairOperations } from '../src/history/operations.ts';
import type { PlacedEvent } from '../src/history/reading/history-event.ts';

type Form = readonly ['r' | 'w', number, number | null];

const CLIENTS = 10;
const KEYS = 10;
const WRITES_PER_KEY = 32;
const TIMES_OUT = 0.03;

/**
 * A history of transactions over registers that run one after the other, each at some instant between its begin and its
 * end. A few time out, and half of those take effect all the same. Half of all steps are blind writes. As long as a test
 * of Jepsen's; the numbers from 0 to below 1 decide everything.
 */
export function timingOutRegisters(transactions: number, random: () => number): readonly Operation[] {
  const events: PlacedEvent[] = [];
  const state = new Map<number, number>();
  const written = new Map<number, number>();
  const keys = Array.from({ length: KEYS }, (_, key) => key);
  const clients = Array.from({ length: CLIENTS }, (_, process) => process);
  const open = new Map<number, readonly Form[]>();
  const below = (count: number): number => Math.floor(random() * count);

  const form = (): Form => {
    const place = below(KEYS);
    const key = keys[place] as number;
    if (random() < 0.5) return ['r', key, null];
    const value = (written.get(key) ?? 0) + 1;
    written.set(key, value);
    if (value === WRITES_PER_KEY) keys[place] = Math.max(...keys) + 1;
    return ['w', key, value];
  };
  const carriedOut = (forms: readonly Form[]): readonly Form[] =>
    forms.map(([f, key, value]) => {
      if (f === 'r') return [f, key, state.get(key) ?? null];
      state.set(key, value as number);
      return [f, key, value];
    });
  const note = (process: number, type: PlacedEvent['type'], value: readonly Form[]): void => {
    const index = events.length;
    events.push({ index, line: index + 1, process, type, f: 'txn', value, hasValue: true });
  };

  for (let begun = 0; begun < transactions || open.size > 0; ) {
    const place = below(CLIENTS);
    const process = clients[place] as number;
    const forms = open.get(process);
    if (forms === undefined) {
      if (begun++ >= transactions) continue;
      const plan = Array.from({ length: 1 + below(4) }, form);
      open.set(process, plan);
      note(process, 'invoke', plan);
      continue;
    }
    open.delete(process);
    const timesOut = random() < TIMES_OUT;
    const answer = timesOut && random() < 0.5 ? forms : carriedOut(forms);
    note(process, timesOut ? 'info' : 'ok', timesOut ? forms : answer);
    if (timesOut) clients[place] = process + CLIENTS;
  }
  return pairOperations(events);
}

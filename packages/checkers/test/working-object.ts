import type { HistoryValue } from '../src/history/history.ts';
import { type Operation, pairOperations } from '../src/history/operations.ts';
import { parseHistory } from '../src/history/reading/history-reader.ts';

/** What an object answers to a call, and what it holds after it. */
export type ObjectStep = (
  held: string,
  f: string,
  input: HistoryValue,
) => readonly [answer: HistoryValue, holds: string];

interface Moment {
  readonly at: number;
  readonly act: () => void;
}

/** How often a client never hears what became of its call. */
const UNHEARD = 0.03;
const LONGEST = 4;

/**
 * A history of an object that works: calls overlap, and each takes effect at one instant between its beginning and its
 * end. `random` answers numbers from 0 to 1.
 */
export function workingHistory(
  step: ObjectStep,
  ask: (random: () => number) => readonly [f: string, input: HistoryValue],
  { calls, clients, random }: { readonly calls: number; readonly clients: number; readonly random: () => number },
): readonly Operation[] {
  const moments: Moment[] = [];
  const lines: string[] = [];
  const free = Array.from({ length: clients }, () => 0);
  let held = '';
  for (let call = 0; call < calls; call++) {
    const client = call % clients;
    const [f, input] = ask(random);
    const from = (free[client] as number) + random();
    const until = from + LONGEST * random();
    const isUnheard = random() < UNHEARD;
    const process = client + (isUnheard ? clients * (call + 1) : 0);
    free[client] = until;
    let answer: HistoryValue = null;
    const write = (type: string, value: HistoryValue) => lines.push(JSON.stringify({ process, type, f, value }));
    moments.push({ at: from, act: () => write('invoke', input) });
    moments.push({
      at: from + (until - from) * random(),
      act: () => {
        [answer, held] = step(held, f, input);
      },
    });
    moments.push({ at: until, act: () => (isUnheard ? write('info', input) : write('ok', answer)) });
  }
  for (const { act } of moments.sort((a, b) => a.at - b.at)) act();
  return pairOperations(parseHistory(lines.join('\n')));
}

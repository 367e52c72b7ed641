import fc from 'fast-check';
import type { HistoryValue } from '../src/history/history.ts';
import { type Operation, pairOperations } from '../src/history/operations.ts';
import type { PlacedEvent } from '../src/history/reading/history-event.ts';

/** What a client asks for, and what it may be told. */
export interface RandomCall {
  readonly f: string;
  readonly input: HistoryValue;
  readonly output: HistoryValue;
}

const PROCESSES = 4;

interface Draw {
  readonly process: number;
  readonly call: RandomCall;
  readonly type: 'ok' | 'fail' | 'info';
}

/** Histories of a few clients that overlap in every way; nothing makes them right. Tests that use it set the seed. */
export function randomOperations(call: fc.Arbitrary<RandomCall>, most: number): fc.Arbitrary<readonly Operation[]> {
  const type = fc.oneof(
    { weight: 6, arbitrary: fc.constant('ok' as const) },
    { weight: 1, arbitrary: fc.constant('fail' as const) },
    { weight: 3, arbitrary: fc.constant('info' as const) },
  );
  const draw = fc.record({ process: fc.nat(PROCESSES - 1), call, type });
  return fc.array(draw, { minLength: 2, maxLength: 2 * most }).map((draws) => pairOperations(eventsOf(draws)));
}

/** Each draw is the next event of its process: an invocation, or the end of the open one. */
function eventsOf(draws: readonly Draw[]): readonly PlacedEvent[] {
  const open = new Map<number, Draw>();
  const names = Array.from({ length: PROCESSES }, (_, process) => process);
  const events: PlacedEvent[] = [];
  for (const draw of draws) {
    const process = names[draw.process] as number;
    const begun = open.get(draw.process);
    const { f, input, output } = (begun ?? draw).call;
    const place = { index: events.length, line: events.length + 1, process, f, hasValue: true };
    if (begun === undefined) {
      open.set(draw.process, draw);
      events.push({ ...place, type: 'invoke', value: input });
    } else {
      open.delete(draw.process);
      events.push({ ...place, type: begun.type, value: begun.type === 'ok' ? output : input });
      // A process whose operation is in doubt ends, and another takes its place.
      if (begun.type === 'info') names[draw.process] = process + PROCESSES;
    }
  }
  return events;
}

import type { EventType, HistoryValue } from './history.ts';
import { BadHistory, EXAMPLE_EVENT } from './reading/bad-history.ts';
import type { PlacedEvent } from './reading/history-event.ts';

export type Outcome = 'ok' | 'fail' | 'indeterminate';

/** What one process asked for, with what came of it. */
export interface Operation {
  /** Place among the operations, by invocation, from 0. */
  readonly id: number;
  readonly process: number;
  readonly f: string;
  /** What was asked: the value of the invocation. */
  readonly input: HistoryValue;
  /** What came back; undefined where the history does not say. */
  readonly output: HistoryValue | undefined;
  readonly outcome: Outcome;
  /** Place of the invocation among all events. */
  readonly invokedAt: number;
  /** Place of the completion among all events; infinite if it may take effect at any later time. */
  readonly completedAt: number;
  /** The line of the invocation in its file. */
  readonly line: number;
  /** The line of its completion, where it has one. */
  readonly completedOnLine: number | undefined;
}

const OUTCOMES: Readonly<Record<Exclude<EventType, 'invoke'>, Outcome>> = {
  ok: 'ok',
  fail: 'fail',
  info: 'indeterminate',
};

interface Open {
  readonly event: PlacedEvent;
  readonly at: number;
  readonly id: number;
}

/**
 * Pairs invocations with their completions. An invocation without one, or with `info`, stays open for ever. Events of
 * processes without a number (nemeses) are left out. Throws {@link BadHistory} when a process invokes while its last
 * operation is open, when a completion has no invocation, or when it answers another function.
 */
export function pairOperations(events: readonly PlacedEvent[]): readonly Operation[] {
  const open = new Map<number, Open>();
  const operations: Operation[] = [];
  let invoked = 0;
  for (const [at, event] of events.entries()) {
    const { process, type } = event;
    if (typeof process === 'string') continue;
    const begun = open.get(process);
    if (type === 'invoke') {
      if (begun !== undefined) throw invokedTwice(begun.event, event);
      open.set(process, { event, at, id: invoked++ });
      continue;
    }
    if (begun === undefined) throw unmatched(event);
    if (begun.event.f !== event.f) throw otherFunction(begun.event, event);
    open.delete(process);
    operations[begun.id] = operation(begun, OUTCOMES[type], event, type === 'info' ? Number.POSITIVE_INFINITY : at);
  }
  for (const begun of open.values())
    operations[begun.id] = operation(begun, 'indeterminate', undefined, Number.POSITIVE_INFINITY);
  if (operations.length === 0 && events.length > 0) throw nobody(events[0] as PlacedEvent);
  return operations;
}

function operation(begun: Open, outcome: Outcome, completion: PlacedEvent | undefined, completedAt: number): Operation {
  const { event, at, id } = begun;
  return {
    id,
    process: event.process as number,
    f: event.f,
    input: event.value,
    output: completion?.hasValue ? completion.value : undefined,
    outcome,
    invokedAt: at,
    completedAt,
    line: event.line,
    completedOnLine: completion?.line,
  };
}

function invokedTwice(before: PlacedEvent, event: PlacedEvent): BadHistory {
  return new BadHistory({
    line: event.line,
    found: `process ${event.process} invoking :${event.f} while its :${before.f} of line ${before.line} is still open`,
    expected: 'an :ok, :fail or :info of that process first: a process does one thing at a time',
    example: `{:process ${event.process}, :type :info, :f :${before.f}, :value nil}`,
  });
}

function unmatched(event: PlacedEvent): BadHistory {
  return new BadHistory({
    line: event.line,
    found: `:${event.type} of process ${event.process} for :${event.f}, which it has not invoked`,
    expected: 'an :invoke of that process before it; events of no client belong to a process with a name',
    example: `{:process ${event.process}, :type :invoke, :f :${event.f}, :value nil}`,
  });
}

function otherFunction(before: PlacedEvent, event: PlacedEvent): BadHistory {
  return new BadHistory({
    line: event.line,
    found: `process ${event.process} completing :${event.f} although it invoked :${before.f} on line ${before.line}`,
    expected: `a completion of :${before.f}`,
    example: `{:process ${event.process}, :type :${event.type}, :f :${before.f}, :value nil}`,
  });
}

function nobody(first: PlacedEvent): BadHistory {
  return new BadHistory({
    line: first.line,
    found: `no operation of a client: no process is a number (the first is ${first.process})`,
    expected: 'a number for every client',
    example: EXAMPLE_EVENT,
  });
}

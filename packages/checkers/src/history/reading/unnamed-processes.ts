import type { HistoryValue } from '../history.ts';
import { canonicalText, isList } from '../value-text.ts';
import { type PlacedEvent, THE_ONLY_PROCESS } from './history-event.ts';

/**
 * Events that name no process may still overlap. Each completion then belongs to the open operation of its function
 * or, of several, to the one that asked for what it answers; each invocation gets the lowest number that is free.
 * Events of which it cannot be told, and histories in which nothing overlaps, stay as they are.
 */
export function withProcesses(events: readonly PlacedEvent[]): readonly PlacedEvent[] {
  const open: (PlacedEvent | undefined)[] = [];
  const named: PlacedEvent[] = [];
  let overlaps = false;
  for (const event of events) {
    const process = event.type === 'invoke' ? freeSlot(open) : slotOf(open, event);
    if (process === undefined) return events;
    open[process] = event.type === 'invoke' ? event : undefined;
    overlaps ||= process > 0;
    named.push({ ...event, process });
  }
  return overlaps && events.every(({ process }) => process === THE_ONLY_PROCESS) ? named : events;
}

function freeSlot(open: readonly (PlacedEvent | undefined)[]): number {
  const free = open.indexOf(undefined);
  return free === -1 ? open.length : free;
}

function slotOf(open: readonly (PlacedEvent | undefined)[], completion: PlacedEvent): number | undefined {
  const candidates = [...open.entries()].filter(([, event]) => event?.f === completion.f);
  if (candidates.length <= 1) return candidates[0]?.[0];
  const asked = askedText(completion.value);
  const same = candidates.filter(([, event]) => event !== undefined && askedText(event.value) === asked);
  return same.length === 1 ? same[0]?.[0] : undefined;
}

/** What was asked for, without what was read: the same for an invocation and its completion. */
function askedText(value: HistoryValue): string {
  if (!isList(value)) return canonicalText(value);
  const isRead = (form: HistoryValue): form is readonly HistoryValue[] =>
    isList(form) && (form[0] === 'r' || form[0] === 'read');
  return canonicalText(value.map((form) => (isRead(form) ? form.slice(0, 2) : form)));
}

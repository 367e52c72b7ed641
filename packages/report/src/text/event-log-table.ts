import type { EventLogEntry, RunMetrics } from '@faultline/metrics';
import { count, offset } from './figures.ts';
import type { TextStyle } from './style.ts';
import { table } from './table.ts';

/** What a service does not publish is named by its kind. */
const KINDS: Readonly<Record<EventLogEntry['kind'], string>> = {
  fault: 'FAULT',
  request: 'REQUEST',
  event: 'event',
  state: 'state',
  operator: 'person',
  dns: 'DNS',
  timeline: 'promotion',
};

/** Longest log that is shown whole. */
const LINES_MAX = 60;

/** What happened, each with its distance from the first fault, the service's own event id, and where. */
export function eventLogLines(
  { eventLog }: Pick<RunMetrics, 'eventLog'>,
  { width, palette }: TextStyle,
): readonly string[] {
  const { entries, omitted } = eventLog;
  const shown = entries.slice(0, LINES_MAX);
  const rows = eventLogRows({ eventLog: { entries: shown } }, palette);
  const columns = [
    { title: 'after fault', align: 'right' as const },
    { title: 'what' },
    { title: 'where' },
    { title: 'happened', wraps: true },
  ];
  const left = entries.length - shown.length + omitted;
  const more = left > 0 ? [palette.faint(`… and ${count(left)} more, all of them in the trace`)] : [];
  return [...table(columns, rows, { width, paintTitle: palette.faint }), ...more];
}

/** Distance from the first fault, what it was, where, and what happened. */
export function eventLogRows(
  { eventLog: { entries } }: { readonly eventLog: Pick<RunMetrics['eventLog'], 'entries'> },
  palette: TextStyle['palette'],
): readonly string[][] {
  const faultAtUs = entries.find(({ kind }) => kind === 'fault' || kind === 'request')?.atUs ?? 0;
  return entries.map((entry) => {
    const what = entry.id ?? KINDS[entry.kind];
    return [offset(entry.atUs, faultAtUs), paintOf(entry, palette)(what), entry.database ?? '', entry.text];
  });
}

function paintOf({ kind }: EventLogEntry, palette: TextStyle['palette']): (text: string) => string {
  if (kind === 'fault') return palette.bad;
  if (kind === 'operator' || kind === 'request') return palette.actor.customer;
  return kind === 'event' ? palette.actor.provider : palette.faint;
}

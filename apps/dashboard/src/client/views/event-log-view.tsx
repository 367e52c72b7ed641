import type { EventLogEntry } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';

const MARKS: Readonly<Record<EventLogEntry['kind'], { readonly mark: string; readonly word: string }>> = {
  fault: { mark: '⚡', word: 'fault' },
  request: { mark: '☞', word: 'request' },
  event: { mark: '◆', word: 'service event' },
  state: { mark: '▸', word: 'state' },
  operator: { mark: '✎', word: 'person' },
  dns: { mark: '→', word: 'DNS' },
  timeline: { mark: '▲', word: 'promotion' },
};

/** What happened, newest last; each entry leads to its instant. */
export function EventLogView() {
  const { session, model, ui } = useApp();
  const lane = viewedLane(model);
  const list = useRef<HTMLOListElement>(null);
  const { entries, omitted } = lane?.fold.view.log ?? { entries: [], omitted: 0 };
  useEffect(() => {
    const element = list.current;
    if (element !== null && !element.matches(':hover, :focus-within')) element.scrollTop = element.scrollHeight;
  }, [entries.length]);
  if (entries.length === 0)
    return <p class="empty">Nothing has happened yet. Faults, service events and state changes appear here.</p>;
  return (
    <ol class="log" ref={list} aria-label="What happened" tabindex={-1}>
      {entries.map((entry, place) => (
        <li key={place} class={`log-entry log-${entry.kind}`}>
          <button
            type="button"
            onClick={() => session.seek(entry.atUs)}
            onPointerEnter={() => ui.set({ hoverUs: entry.atUs })}
            onPointerLeave={() => ui.set({ hoverUs: null })}
          >
            <time>{duration(Math.round(entry.atUs / 10_000) * 10_000)}</time>
            <span class="log-mark" aria-hidden="true">
              {MARKS[entry.kind].mark}
            </span>
            <span class="log-kind">{entry.id ?? MARKS[entry.kind].word}</span>
            <span class="log-text">{entry.text}</span>
          </button>
        </li>
      ))}
      {omitted > 0 ? <li class="log-more">{omitted} more are left out</li> : null}
    </ol>
  );
}

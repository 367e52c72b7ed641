import { duration } from '@faultline/report';
import { useRef } from 'preact/hooks';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { narrate } from '../views/narration.ts';

/** Says key moments aloud: faults, service events, promotions, and how the service stands. Nothing that only flows. */
export function Announcer() {
  const { session, model } = useApp();
  const said = useRef({ run: -1, entries: 0, standing: '' });
  const text = useRef('');
  const lane = viewedLane(model);
  if (lane !== null) {
    const view = lane.fold.view;
    const { standing, sentence } = narrate(lane, view, session.nowUs(performance.now()));
    const { entries } = view.log;
    const news =
      entries.length > said.current.entries
        ? entries.slice(said.current.entries).findLast(({ kind }) => kind !== 'state')
        : undefined;
    if (standing !== said.current.standing) text.current = sentence;
    else if (news !== undefined)
      text.current = `At ${duration(Math.round(news.atUs / 1_000_000) * 1_000_000)}: ${news.text}`;
    said.current = { run: model.run, entries: entries.length, standing };
  }
  return (
    <div class="hidden" role="status" aria-live="polite">
      {text.current}
    </div>
  );
}

import './session/no-made-code.ts';

import { render } from 'preact';
import type { ClientMessage } from '../protocol/client-messages.ts';
import { Page } from './page.tsx';
import { beginRace } from './race/begin-race.ts';
import { AppContext, Heartbeat } from './session/app.ts';
import type { Model } from './session/model.ts';
import { Session } from './session/session.ts';
import { type Asked, askedBy } from './session/share-link.ts';
import { Ui } from './session/ui.ts';

/** The opening scenario's fault comes at three minutes; nobody should wait for it. */
const OPENING_AT_US = 171_000_000;

/** The opening runs a little faster than life. */
const OPENING_SPEED = 2;

/** What the address asks for. */
let asked: readonly ClientMessage[] = [];

/** What a new session plays: what was played before the server went away, what the address asks for, or the opening. */
function opening(model: Model, isRefused: boolean): readonly ClientMessage[] {
  const lane = model.lanes.length === 1 ? model.lanes[0] : undefined;
  if (lane !== undefined) {
    const known = lane.name === null ? { yaml: lane.yaml } : { name: lane.name };
    const [seed, atUs, paused] = [lane.header.seed, Math.round(model.atUs), !model.playing];
    return [
      { type: 'load', ...known, seed, atUs, paused },
      { type: 'speed', speed: model.speed },
    ];
  }
  const { plan } = model.race;
  if (plan !== null) return beginRace({ ...plan, seed: model.lanes[0]?.header.seed });
  if (asked.length > 0 && !isRefused) return asked;
  return [
    { type: 'load', name: model.catalogue?.opening ?? '', atUs: OPENING_AT_US },
    { type: 'speed', speed: OPENING_SPEED },
  ];
}

const heartbeat = new Heartbeat();
const session = new Session(opening, () => heartbeat.wake());
const ui = new Ui(() => heartbeat.wake(true));
const { model } = session;

heartbeat.start(() => model.playing && !model.ended && !model.waiting && model.status === 'open');
window.addEventListener('hashchange', async () => {
  adopt(await askedBy(window.location.hash));
  for (const message of asked) session.send(message);
});

function adopt(answer: Asked): void {
  if ('race' in answer) asked = beginRace(answer.race);
  else asked = 'opening' in answer && answer.opening !== null ? [{ type: 'load', ...answer.opening }] : [];
  if ('broken' in answer) ui.set({ notice: answer.broken });
}

const place = document.querySelector('#page');
if (place === null) throw new Error('the page has no place to be drawn in');
place.textContent = '';
render(
  <AppContext.Provider value={{ session, model, ui, heartbeat }}>
    <Page />
  </AppContext.Provider>,
  place,
);
adopt(await askedBy(window.location.hash));
session.connect();

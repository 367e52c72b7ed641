import type { App } from '../session/app.ts';
import { PANELS } from '../session/ui.ts';
import { nextSpeed } from './speeds.ts';

const SECOND_US = 1_000_000;

/** Everything that can be done has a key. Fields keep theirs. */
export function listenToKeys(app: App): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null) return;
    if (playingKey(app, event) || lookingKey(app, event)) event.preventDefault();
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}

function playingKey({ session, model }: App, { key, shiftKey, target }: KeyboardEvent): boolean {
  const seek = (atUs: number) => session.seek(atUs);
  const nowUs = session.nowUs(performance.now());
  switch (key) {
    case ' ':
      if (target instanceof Element && target.closest('button, [role=button]') !== null) return false;
      session.send(model.playing ? { type: 'pause' } : { type: 'play' });
      return true;
    case '.':
      session.send({ type: 'step' });
      return true;
    case 'ArrowRight':
    case 'ArrowLeft':
      seek(nowUs + (key === 'ArrowRight' ? 1 : -1) * (shiftKey ? 10 : 1) * SECOND_US);
      return true;
    case 'Home':
      seek(0);
      return true;
    case 'End':
      seek(model.horizonUs);
      return true;
    case '+':
    case '=':
    case '-':
      session.send({ type: 'speed', speed: nextSpeed(model.speed, key === '-' ? -1 : 1) });
      return true;
    case 'r':
      session.send({ type: 'restart' });
      session.send({ type: 'play' });
      return true;
    default:
      return false;
  }
}

function lookingKey({ session, ui }: App, { key }: KeyboardEvent): boolean {
  const panel = PANELS[Number(key) - 1];
  if (panel !== undefined) {
    showPanel(ui, panel);
    return true;
  }
  switch (key) {
    case '?':
      ui.set({ dialog: 'help' });
      return true;
    case 'o':
      ui.set({ dialog: 'scenarios' });
      return true;
    case 'g':
      ui.set({ dialog: 'race' });
      return true;
    case 'e':
      ui.set({ dialog: 'export' });
      return true;
    case 's':
      session.send({ type: 'save' });
      ui.set({ dialog: 'saved' });
      return true;
    case 'f':
      ui.set({ whole: ui.state.whole === null ? ui.state.panel : null });
      return true;
    case 't':
      ui.set({ theme: ui.state.theme === 'system' ? 'dark' : ui.state.theme === 'dark' ? 'light' : 'system' });
      return true;
    case 'Escape':
      ui.set({ span: null, whole: null, menu: null, ...(ui.state.tour === null ? {} : { tour: null }) });
      return true;
    default:
      return false;
  }
}

/** Brings a view to the front, wherever the page has it. */
function showPanel(ui: App['ui'], panel: (typeof PANELS)[number]): void {
  const side = panel === 'map' || panel === 'recovery' ? {} : { side: panel };
  ui.set({ panel, ...side, whole: ui.state.whole === null ? null : panel });
}

import type { Ui, UiState } from '../session/ui.ts';
import { PANELS, type Panel } from '../session/ui.ts';
import { logPicture } from './log-picture.ts';
import { type Picture, pictureOf } from './picture.ts';

/** A view that can be taken away as a picture. */
export type PicturedView = Panel | 'race' | 'distribution';

/** Views of a run; a race has others. */
export function picturedViews(racing: boolean): readonly PicturedView[] {
  return racing ? ['race', 'distribution'] : PANELS;
}

/** What a view shows now; empty when it shows nothing yet. A view that is not on the page is put there for a moment. */
export async function picturesOf(view: PicturedView, ui: Ui): Promise<readonly Picture[]> {
  if (view === 'race' || view === 'distribution' || isOnPage(view)) return taken(view);
  const { panel, side, whole } = ui.state;
  ui.set(frontOf(view));
  await drawn();
  const pictures = taken(view);
  ui.set({ panel, side, whole });
  return pictures;
}

function frontOf(view: Panel): Partial<UiState> {
  return { panel: view, whole: view, ...(view === 'map' || view === 'recovery' ? {} : { side: view }) };
}

function isOnPage(view: Panel): boolean {
  return document.querySelector(`.panel-${view}`)?.checkVisibility() ?? false;
}

function taken(view: PicturedView): readonly Picture[] {
  const log = view === 'events' ? document.querySelector<HTMLElement>('.log') : null;
  if (log !== null) return [logPicture(log)];
  return [...document.querySelectorAll<SVGSVGElement>(`svg[data-export="${view}"]`)].map(pictureOf);
}

/** Views measure their room before they draw: that takes a frame for the room and one for the drawing. */
const FRAMES = 4;

async function drawn(): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame++)
    await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
}

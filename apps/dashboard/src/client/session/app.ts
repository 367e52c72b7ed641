import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { Model } from './model.ts';
import type { Session } from './session.ts';
import type { Ui } from './ui.ts';

/** What every view has at hand. */
export interface App {
  readonly session: Session;
  readonly model: Model;
  readonly ui: Ui;
  readonly heartbeat: Heartbeat;
}

/** Views that show much are drawn this often while time passes; clocks and cursors with every frame. */
const VIEW_PERIOD_MS = 90;

/** Tells components when to draw again: at most once in a frame, however many messages came. */
export class Heartbeat {
  readonly #frames = new Set<() => void>();
  readonly #views = new Set<() => void>();
  #viewsDue = true;
  #viewsDrawnMs = 0;
  #moving: () => boolean = () => false;
  #scheduled = false;

  /** `moving`: whether time passes, so that there is something new in every frame. */
  start(moving: () => boolean): void {
    this.#moving = moving;
    this.wake();
  }

  /** Something changed. `now`: by hand, so views do not wait. */
  wake(now = false): void {
    this.#viewsDue = true;
    if (now) this.#viewsDrawnMs = 0;
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame((atMs) => this.#beat(atMs));
  }

  on(pace: 'frame' | 'view', draw: () => void): () => void {
    const set = pace === 'frame' ? this.#frames : this.#views;
    set.add(draw);
    return () => set.delete(draw);
  }

  #beat(atMs: number): void {
    this.#scheduled = false;
    for (const draw of this.#frames) draw();
    if (this.#viewsDue && atMs - this.#viewsDrawnMs >= VIEW_PERIOD_MS) {
      this.#viewsDue = false;
      this.#viewsDrawnMs = atMs;
      for (const draw of this.#views) draw();
    }
    if (this.#moving() || this.#viewsDue) {
      this.#scheduled = true;
      requestAnimationFrame((nextMs) => this.#beat(nextMs));
      if (this.#moving()) this.#viewsDue = true;
    }
  }
}

export const AppContext = createContext<App | null>(null);

/** The app, and a new drawing of this component at the pace. */
export function useApp(pace: 'frame' | 'view' = 'view'): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('a component was drawn outside of the app');
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const { heartbeat } = app;
  useEffect(() => heartbeat.on(pace, () => draw(undefined)), [heartbeat, pace]);
  return app;
}

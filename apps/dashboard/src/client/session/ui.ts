import type { ThingToBreak } from '../map/things.ts';

/** Views that may have the page to themselves. */
export const PANELS = ['map', 'recovery', 'charts', 'states', 'events'] as const;
export type Panel = (typeof PANELS)[number];

export type Dialog = 'scenarios' | 'help' | 'export' | 'race' | 'saved' | 'yaml';

/** What only this page knows: where one looks. */
export interface UiState {
  readonly panel: Panel;
  /** The lower right panel of a wide page. */
  readonly side: 'charts' | 'states' | 'events';
  /** A view that has the whole page, if any. */
  readonly whole: Panel | null;
  readonly dialog: Dialog | null;
  /** What was clicked, and where on the page its menu opens. */
  readonly menu: { readonly thing: ThingToBreak; readonly x: number; readonly y: number } | null;
  /** Instant under the pointer, on whichever view. */
  readonly hoverUs: number | null;
  /** Span that all time axes show; null for the whole run. */
  readonly span: readonly [fromUs: number, toUs: number] | null;
  readonly database: string | null;
  readonly tour: number | null;
  readonly theme: 'system' | 'dark' | 'light';
  readonly notice: string | null;
}

const TOURED_KEY = 'faultline-toured';
const THEME_KEY = 'faultline-theme';

export class Ui {
  readonly #changed: () => void;
  state: UiState;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.state = {
      panel: 'map',
      side: 'charts',
      whole: null,
      dialog: null,
      menu: null,
      hoverUs: null,
      span: null,
      database: null,
      tour: read(TOURED_KEY) === null ? 0 : null,
      theme: themeOf(read(THEME_KEY)),
      notice: null,
    };
    showTheme(this.state.theme);
  }

  set(change: Partial<UiState>): void {
    if (change.theme !== undefined) {
      write(THEME_KEY, change.theme);
      showTheme(change.theme);
    }
    if (change.tour === null) write(TOURED_KEY, 'yes');
    this.state = { ...this.state, ...change };
    this.#changed();
  }
}

function themeOf(text: string | null): UiState['theme'] {
  return text === 'dark' || text === 'light' ? text : 'system';
}

function showTheme(theme: UiState['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** A browser may forbid storage: then the page forgets. */
function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}

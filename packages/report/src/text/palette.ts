import type { Actor } from '@faultline/trace';

type Paint = (text: string) => string;

/** How a report marks what matters. Painted text has the same display width as plain text. */
export interface Palette {
  readonly heading: Paint;
  /** What a reader may skip. */
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  readonly actor: Readonly<Record<Actor | 'nobody', Paint>>;
}

const asIs: Paint = (text) => text;

/** No colours: for files, pipes and tests. */
export const plainPalette: Palette = {
  heading: asIs,
  faint: asIs,
  good: asIs,
  bad: asIs,
  unsure: asIs,
  actor: { provider: asIs, customer: asIs, shared: asIs, nobody: asIs },
};

/** Colours for a terminal: the 16 that every one has, so that its own theme decides how they look. */
export const ansiPalette: Palette = {
  heading: sgr(1),
  faint: sgr(2),
  good: sgr(32),
  bad: sgr(31),
  unsure: sgr(33),
  actor: { provider: sgr(34), customer: sgr(33), shared: sgr(35), nobody: sgr(2) },
};

function sgr(code: number): Paint {
  return (text) => (text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`);
}

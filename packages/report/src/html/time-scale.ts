import { scaleLog } from 'd3-scale';
import { duration } from '../text/figures.ts';
import { html, type Markup } from './markup.ts';

/** What is shown of a recovery time of 0: a logarithm has no place for it. */
export const SHORTEST_US = 1_000;

/** Decades with their halves, in microseconds, that read well on a logarithmic axis. */
const TICKS_US = [
  1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 3e7, 4.5e7, 6e7, 9e7, 1.2e8, 1.8e8, 3e8, 6e8, 1.8e9, 3.6e9, 1.44e10,
  8.64e10,
];

/** Ticks closer than this would write over one another. */
const TICK_APART = 46;

/** Recovery times on a logarithmic axis. */
export interface TimeScale {
  readonly x: (us: number) => number;
  readonly ticksUs: readonly number[];
}

/** An axis from `left` to `right` that holds all times that end, and the objective. */
export function timeScale(timesUs: readonly number[], rtoUs: number | null, left: number, right: number): TimeScale {
  const times = [...timesUs.filter(Number.isFinite), ...(rtoUs === null ? [] : [rtoUs])];
  const low = Math.max(SHORTEST_US, times.reduce((least, us) => Math.min(least, us), Number.POSITIVE_INFINITY) * 0.8);
  const first = Number.isFinite(low) ? low : SHORTEST_US;
  const high = Math.max(first * 2, times.reduce((most, us) => Math.max(most, us), 0) * 1.2);
  const x = scaleLog([first, high], [left, right]).clamp(true);
  const ticksUs: number[] = [];
  for (const us of TICKS_US) {
    const last = ticksUs.at(-1);
    if (us >= first && us <= high && (last === undefined || x(us) - x(last) >= TICK_APART)) ticksUs.push(us);
  }
  return { x, ticksUs };
}

/** Lines up from the ticks, with their times below `bottom`. */
export function timeGrid({ x, ticksUs }: TimeScale, top: number, bottom: number): readonly Markup[] {
  return ticksUs.map((us) => {
    const at = x(us).toFixed(1);
    return html`<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle">${duration(us)}</text>
`;
  });
}

/** The objective as a dashed line; nothing where there is none. */
export function objectiveLine({ x }: TimeScale, rtoUs: number | null, top: number, bottom: number): readonly Markup[] {
  if (rtoUs === null) return [];
  const at = x(rtoUs).toFixed(1);
  return [
    html`<line class="mark" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"><title>objective ${duration(rtoUs)}</title></line>
`,
  ];
}

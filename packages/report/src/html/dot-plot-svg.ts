import type { CellResult } from '@faultline/metrics';
import { duration } from '../text/figures.ts';
import { curveStyle } from './cell-colours.ts';
import { html, type Markup } from './markup.ts';
import { objectiveLine, SHORTEST_US, type TimeScale, timeGrid, timeScale } from './time-scale.ts';

/** Dots of a row: each stands for as many trials as any other, so that people can count chances. */
export const DOTS = 50;

const WIDTH = 960;
const LEFT = 12;
const RIGHT = 90;
const TOP = 6;
const BOTTOM = 24;
const RADIUS = 4;
const STEP = 2 * RADIUS + 0.5;
const LABEL = 22;
/** Dots on one another, and beside one another where they never ended. */
const TALLEST = 14;
const NEVER_WIDE = 9;

/**
 * Quantile dot plots (Kay and others, "When (ish) is my bus?", CHI 2016): a row for each cell, in it the recovery time
 * of every fiftieth of its trials, stacked where they are alike. What never ended stands apart on the right; what is
 * later than the objective is hollow.
 */
export function dotPlotSvg(cells: readonly CellResult[], rtoUs: number | null): Markup {
  const rows = cells.map((cell) => quantileDots(cell));
  const scale = timeScale(rows.flat(), rtoUs, LEFT, WIDTH - RIGHT);
  const dots = rows.map((times) => placed(times, scale));
  const heights = dots.map((row) => LABEL + heightOf(row));
  const bottom = TOP + heights.reduce((sum, height) => sum + height, 0);
  let y = TOP;
  const drawn = cells.map((cell, row) => {
    y += heights[row] as number;
    return rowOf(cell, dots[row] as readonly Dot[], y, curveStyle(row).colour, rtoUs);
  });
  const never = rows.flat().includes(Number.POSITIVE_INFINITY)
    ? html`<text x="${WIDTH - RIGHT / 2}" y="${bottom + 16}" text-anchor="middle">never</text>`
    : html``;
  return html`<svg viewBox="0 0 ${WIDTH} ${(bottom + BOTTOM).toFixed(0)}" role="img" aria-label="Recovery times of ${DOTS} equally likely trials, for each cell">
${timeGrid(scale, TOP, bottom)}${objectiveLine(scale, rtoUs, TOP, bottom)}${drawn}${never}</svg>
`;
}

/** The recovery times in the middle of each fiftieth of the trials, ascending. */
export function quantileDots({ ecdf }: CellResult): readonly number[] {
  return Array.from({ length: DOTS }, (_, dot) => {
    const share = (dot + 0.5) / DOTS;
    return ecdf.find((point) => point.share >= share)?.us ?? Number.POSITIVE_INFINITY;
  });
}

/** A dot in its row: `up` counts steps from the ground. */
interface Dot {
  readonly us: number;
  readonly x: number;
  readonly up: number;
}

function placed(dots: readonly number[], { x }: TimeScale): readonly Dot[] {
  const ends = dots.filter(Number.isFinite);
  const columns = ends.map((us) => Math.floor((x(Math.max(us, SHORTEST_US)) - LEFT) / STEP));
  const finite = ends.map((us, index) => {
    const column = columns[index] as number;
    const height = columns.filter((other) => other === column).length;
    const place = index - columns.indexOf(column);
    // Dots of a stack that would be too high overlap.
    return { us, x: LEFT + (column + 0.5) * STEP, up: place * Math.min(1, TALLEST / height) };
  });
  const never = dots.slice(ends.length).map((us, index) => ({
    us,
    x: WIDTH - RIGHT / 2 + ((index % NEVER_WIDE) - (NEVER_WIDE - 1) / 2) * STEP,
    up: Math.floor(index / NEVER_WIDE),
  }));
  return [...finite, ...never];
}

const heightOf = (dots: readonly Dot[]): number => (Math.max(...dots.map(({ up }) => up)) + 1) * STEP;

function rowOf({ label }: CellResult, dots: readonly Dot[], y: number, colour: string, rtoUs: number | null): Markup {
  const circles = dots.map(({ us, x, up }) => {
    const late = rtoUs !== null && us > rtoUs;
    const paint = late ? html`fill="none" stroke="${colour}" stroke-width="1.5"` : html`fill="${colour}"`;
    return html`<circle cx="${x.toFixed(1)}" cy="${(y - (up + 0.5) * STEP).toFixed(1)}" r="${late ? RADIUS - 0.75 : RADIUS}" ${paint}><title>${duration(us)}</title></circle>`;
  });
  return html`<text x="${LEFT}" y="${(y - heightOf(dots) - 6).toFixed(1)}" class="axis">${label === '' ? 'all trials' : label}</text><line class="grid" x1="${LEFT}" x2="${WIDTH - LEFT}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>${circles}
`;
}

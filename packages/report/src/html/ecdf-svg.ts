import type { CellResult } from '@faultline/metrics';
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { duration, percent } from '../text/figures.ts';
import { curveStyle } from './cell-colours.ts';
import { html, type Markup } from './markup.ts';

const WIDTH = 960;
const HEIGHT = 380;
const LEFT = 50;
const RIGHT = 20;
const TOP = 12;
const BOTTOM = 34;

/** What is shown of a recovery time of 0: a logarithm has no place for it. */
const SHORTEST_US = 1_000;

/** Decades with their halves, in microseconds, that read well on a logarithmic axis. */
const TICKS_US = [1e3, 1e4, 1e5, 1e6, 5e6, 1e7, 3e7, 6e7, 1.2e8, 3e8, 6e8, 1.8e9, 3.6e9, 1.44e10, 8.64e10];

/**
 * Shares of the trials that recovered within a time, a curve for each cell, each in its 95 % band (Dvoretzky, Kiefer,
 * Wolfowitz; Massart 1990), with the objective where there is one.
 */
export function ecdfSvg(cells: readonly CellResult[], rtoUs: number | null): Markup {
  const times = cells.flatMap(({ ecdf }) => ecdf.map(({ us }) => us)).filter(Number.isFinite);
  const low = Math.max(SHORTEST_US, Math.min(...times, rtoUs ?? Number.POSITIVE_INFINITY) * 0.8);
  const high = Math.max(low * 2, ...times.map((us) => us * 1.2), rtoUs ?? 0);
  const x = scaleLog([low, high], [LEFT, WIDTH - RIGHT]).clamp(true);
  const y = scaleLinear([0, 1], [HEIGHT - BOTTOM, TOP]);
  const objective =
    rtoUs === null
      ? ''
      : html`<line class="mark" x1="${x(rtoUs).toFixed(1)}" x2="${x(rtoUs).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"><title>objective ${duration(rtoUs)}</title></line>`;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Share of the trials that recovered within a time, for each cell">
${grid(x, y, low, high)}${cells.map((cell, place) => curve(cell, place, x, y))}${objective}</svg>
`;
}

type Scale = (value: number) => number;

function grid(x: Scale, y: Scale, low: number, high: number): readonly Markup[] {
  const across = [0, 0.25, 0.5, 0.75, 0.95, 1].map(
    (
      share,
    ) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share).toFixed(1)}" y2="${y(share).toFixed(1)}"/><text x="${LEFT - 8}" y="${(y(share) + 4).toFixed(1)}" text-anchor="end">${percent(share)}</text>
`,
  );
  const up = TICKS_US.filter((us) => us >= low && us <= high).map(
    (
      us,
    ) => html`<line class="grid" x1="${x(us).toFixed(1)}" x2="${x(us).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${x(us).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${duration(us)}</text>
`,
  );
  return [...across, ...up];
}

function curve({ label, ecdf, trials }: CellResult, place: number, x: Scale, y: Scale): Markup {
  const points = ecdf
    .filter(({ us }) => Number.isFinite(us))
    .map(({ us, share }) => ({ us: Math.max(us, SHORTEST_US), share }));
  const margin = Math.sqrt(Math.log(2 / 0.05) / (2 * trials));
  const at = (point: (typeof points)[number]): number => x(point.us);
  const path = line<(typeof points)[number]>(at, ({ share }) => y(share)).curve(curveStepAfter);
  const band = area<(typeof points)[number]>(
    at,
    ({ share }) => y(Math.max(0, share - margin)),
    ({ share }) => y(Math.min(1, share + margin)),
  ).curve(curveStepAfter);
  const { colour, dash } = curveStyle(place);
  return html`<path d="${band(points) ?? ''}" fill="${colour}" fill-opacity="0.12"/><path d="${path(points) ?? ''}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"><title>${label}</title></path>
`;
}

/** Which curve is which. */
export function curveLegend(cells: readonly CellResult[]): Markup {
  const entries = cells.map(({ label }, place) => {
    const { colour, dash } = curveStyle(place);
    return html`<li><svg class="swatch" viewBox="0 0 30 10" aria-hidden="true"><line x1="0" x2="30" y1="5" y2="5" stroke="${colour}" stroke-width="3" stroke-dasharray="${dash}"/></svg> ${label === '' ? 'all trials' : label}</li>
`;
  });
  return html`<ul class="legend">${entries}</ul>
`;
}

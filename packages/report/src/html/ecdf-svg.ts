import type { CellResult } from '@faultline/metrics';
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { percent } from '../text/figures.ts';
import { curveStyle } from './cell-colours.ts';
import { html, type Markup } from './markup.ts';
import { objectiveLine, SHORTEST_US, timeGrid, timeScale } from './time-scale.ts';

const WIDTH = 960;
const HEIGHT = 380;
const LEFT = 50;
const RIGHT = 20;
const TOP = 12;
const BOTTOM = 34;

/**
 * Shares of the trials that recovered within a time, a curve for each cell, each in its 95 % band (Dvoretzky, Kiefer,
 * Wolfowitz; Massart 1990), with the objective where there is one.
 */
export function ecdfSvg(cells: readonly CellResult[], rtoUs: number | null): Markup {
  const scale = timeScale(
    cells.flatMap(({ ecdf }) => ecdf.map(({ us }) => us)),
    rtoUs,
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scaleLinear([0, 1], [HEIGHT - BOTTOM, TOP]);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Share of the trials that recovered within a time, for each cell">
${shareGrid(y)}${timeGrid(scale, TOP, HEIGHT - BOTTOM)}${cells.map((cell, place) => curve(cell, place, scale.x, y))}${objectiveLine(scale, rtoUs, TOP, HEIGHT - BOTTOM)}</svg>
`;
}

/** Half the width of the 95 % band around a curve. */
export const bandOf = ({ trials }: { readonly trials: number }): number => Math.sqrt(Math.log(2 / 0.05) / (2 * trials));

type Scale = (value: number) => number;

function shareGrid(y: Scale): readonly Markup[] {
  return [0, 0.25, 0.5, 0.75, 0.95, 1].map((share) => {
    const at = y(share).toFixed(1);
    return html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${(y(share) + 4).toFixed(1)}" text-anchor="end">${percent(share)}</text>
`;
  });
}

function curve({ label, ecdf, trials }: CellResult, place: number, x: Scale, y: Scale): Markup {
  const finite = ecdf
    .filter(({ us }) => Number.isFinite(us))
    .map(({ us, share }) => ({ us: Math.max(us, SHORTEST_US), share }));
  // The curve goes on to the right end of the axis: what never ended keeps it from 100 %, or at 0.
  const points = [...finite, { us: Number.MAX_VALUE, share: finite.at(-1)?.share ?? 0 }];
  if (finite.length === 0) points.unshift({ us: SHORTEST_US, share: 0 });
  const margin = bandOf({ trials });
  const at = (point: (typeof points)[number]): number => x(point.us);
  const path = line<(typeof points)[number]>(at, ({ share }) => y(share)).curve(curveStepAfter);
  const band = area<(typeof points)[number]>(
    at,
    ({ share }) => y(Math.max(0, share - margin)),
    ({ share }) => y(Math.min(1, share + margin)),
  ).curve(curveStepAfter);
  const { colour, dash } = curveStyle(place);
  return html`<path d="${band(finite) ?? ''}" fill="${colour}" fill-opacity="0.12"/><path d="${path(points) ?? ''}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"><title>${label}</title></path>
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

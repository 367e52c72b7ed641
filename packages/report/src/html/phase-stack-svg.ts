import type { CellResult, SegmentPhase } from '@faultline/metrics';
import { SEGMENT_PHASES } from '@faultline/metrics';
import { scaleLinear } from 'd3-scale';
import { duration } from '../text/figures.ts';
import { tickStepUs } from '../text/time-axis.ts';
import { html, type Markup } from './markup.ts';
import { phaseColour } from './phase-colours.ts';

const WIDTH = 960;
const LEFT = 60;
const RIGHT = 110;
const ROW = 20;
const BAR = 15;
const HEAD = 26;
const BOTTOM = 24;
const TICKS = 8;

/** A bar for each quantile of each cell: what outages about that long consist of, one phase after another. */
export function phaseStackSvg(cells: readonly CellResult[]): Markup {
  const longestUs = Math.max(1, ...cells.flatMap(({ waterfall }) => waterfall.map(({ phases }) => totalOf(phases))));
  const x = scaleLinear([0, longestUs], [LEFT, WIDTH - RIGHT]);
  const heights = cells.map(({ waterfall }) => HEAD + waterfall.length * ROW);
  const bottom = heights.reduce((sum, height) => sum + height, 0) + 4;
  let top = 0;
  const groups = cells.map((cell, index) => {
    const group = groupOf(cell, top, x);
    top += heights[index] as number;
    return group;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" role="img" aria-label="Phases of outages about as long as each quantile, for each cell">
${ticks(longestUs, x, bottom)}${groups}</svg>
`;
}

type Phases = CellResult['waterfall'][number]['phases'];

const totalOf = (phases: Phases): number => phases.reduce((sum, { meanUs }) => sum + meanUs, 0);

function groupOf(cell: CellResult, top: number, x: (us: number) => number): Markup {
  const rows = cell.waterfall.map(({ quantile, phases }, row) => {
    const y = top + HEAD + row * ROW;
    let fromUs = 0;
    const bars = phases.map(({ phase, meanUs }) => {
      const [left, right] = [x(fromUs), x(fromUs + meanUs)];
      fromUs += meanUs;
      return html`<rect x="${left.toFixed(1)}" y="${y}" width="${Math.max(0.5, right - left).toFixed(1)}" height="${BAR}" fill="${phaseColour(phase)}"><title>${phase}: ${duration(Math.round(meanUs))}</title></rect>`;
    });
    const { value } = cell.recoveryTime[quantile];
    return html`<text x="${LEFT - 8}" y="${y + 12}" text-anchor="end">${quantile}</text>${bars}<text x="${(x(fromUs) + 6).toFixed(1)}" y="${y + 12}">${duration(value)}</text>
`;
  });
  return html`<text x="${LEFT}" y="${top + HEAD - 7}" class="axis">${cell.label === '' ? 'all trials' : cell.label}</text>${rows}`;
}

function ticks(longestUs: number, x: (us: number) => number, bottom: number): readonly Markup[] {
  const stepUs = tickStepUs(longestUs / TICKS);
  return Array.from({ length: Math.floor(longestUs / stepUs) + 1 }, (_, tick) => {
    const at = x(tick * stepUs).toFixed(1);
    return html`<line class="grid" x1="${at}" x2="${at}" y1="${HEAD}" y2="${bottom}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle">${duration(tick * stepUs)}</text>
`;
  });
}

/** Which phase is which, of those that occur. */
export function phaseLegend(cells: readonly CellResult[]): Markup {
  const seen = new Set<SegmentPhase>(
    cells.flatMap(({ waterfall }) => waterfall.flatMap(({ phases }) => phases.map(({ phase }) => phase))),
  );
  const entries = SEGMENT_PHASES.filter((phase) => seen.has(phase)).map(
    (
      phase,
    ) => html`<li><svg class="swatch" viewBox="0 0 30 10" aria-hidden="true"><rect width="30" height="10" fill="${phaseColour(phase)}"/></svg> ${phase}</li>
`,
  );
  return html`<ul class="legend">${entries}</ul>
`;
}

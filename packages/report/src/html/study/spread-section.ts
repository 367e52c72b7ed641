import type { StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { CURVES_MAX } from '../cell-colours.ts';
import { dataLink } from '../data-link.ts';
import { DOTS, dotPlotSvg, quantileDots } from '../dot-plot-svg.ts';
import { html, type Markup, wide } from '../markup.ts';

/** Recovery times as dots that can be counted. */
export function spreadSection({ cells, objectives }: StudyResult): Markup {
  const drawn = cells.slice(0, CURVES_MAX);
  const left = cells.length - drawn.length;
  const data = cells.flatMap((cell) => quantileDots(cell).map((us, dot) => [nameOf(cell), dot + 1, us / 1e6]));
  const hollow = objectives.rtoUs === null ? '' : ' Hollow: later than the objective, the dashed line.';
  return html`<h2>How long are clients down?</h2>
<p class="faint">Each dot is one of ${DOTS} equally likely outages, ${String(100 / DOTS)} of 100 trials. Farther left is better.${hollow}${left > 0 ? ` The first ${String(drawn.length)} of ${String(cells.length)} cells are drawn.` : ''}</p>
${wide('recovery times as dots', dotPlotSvg(drawn, objectives.rtoUs))}${dataLink('dots', ['cell', 'dot', 'seconds'], data)}
`;
}

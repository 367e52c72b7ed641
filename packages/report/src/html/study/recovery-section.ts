import type { StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { count, duration, durationInterval, percent } from '../../text/figures.ts';
import { CURVES_MAX } from '../cell-colours.ts';
import { dataLink } from '../data-link.ts';
import { bandOf, curveLegend, ecdfSvg } from '../ecdf-svg.ts';
import { html, htmlTable, type Markup, wide } from '../markup.ts';

/** Shares of the trials over recovery time, and the quantiles in figures. */
export function recoverySection({ cells, objectives }: StudyResult): Markup {
  const drawn = cells.slice(0, CURVES_MAX);
  const left = cells.length - drawn.length;
  const names = ['p50', 'p95', 'p99', 'p99.9'] as const;
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...names.map((name) => `${duration(cell.recoveryTime[name].value)} (${durationInterval(cell.recoveryTime[name])})`),
    percent(cell.never.value),
    count(cell.trials),
  ]);
  return html`<h2>How many trials are over within a given time?</h2>
<p class="faint">Each curve: the share of the trials in which clients were back within that time, in its 95% band. Farther left is better.${left > 0 ? ` The first ${String(drawn.length)} of ${String(cells.length)} cells are drawn.` : ''}</p>
${wide('recovery times as curves', ecdfSvg(drawn, objectives.rtoUs))}${curveLegend(drawn)}${dataLink('recovery', ['cell', 'seconds', 'share', 'low', 'high'], pointsOf(cells))}<p class="faint">In brackets the 95% interval, which assumes nothing of the distribution; a side that so few trials cannot give is left open. p99: 99 of 100 trials were no longer.</p>
${htmlTable(['', ...names, 'never', 'trials'], rows, (column) => column > 0)}
`;
}

/** The points of all curves with their bands, one at a time. */
function* pointsOf(cells: StudyResult['cells']): Generator<readonly (string | number)[], void, void> {
  for (const cell of cells) {
    const margin = bandOf(cell);
    const name = nameOf(cell);
    for (const { us, share } of cell.ecdf)
      yield [name, us / 1e6, share, Math.max(0, share - margin), Math.min(1, share + margin)];
  }
}

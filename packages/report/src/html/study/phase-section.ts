import type { StudyResult } from '@faultline/metrics';
import { duration } from '../../text/figures.ts';
import { CURVES_MAX } from '../cell-colours.ts';
import { dataLink } from '../data-link.ts';
import { html, htmlTable, type Markup } from '../markup.ts';
import { phaseLegend, phaseStackSvg } from '../phase-stack-svg.ts';
import { nameOf } from './cell-name.ts';

/** What outages consist of: at each quantile, and in the slowest hundredth against the median. */
export function phaseSection({ cells }: StudyResult): Markup {
  const rows = cells.flatMap((cell) =>
    cell.phases.tail.map(({ phase, meanUs }, index) => {
      const medianUs = cell.phases.median.find((one) => one.phase === phase)?.meanUs ?? 0;
      return [index === 0 ? nameOf(cell) : '', phase, duration(Math.round(medianUs)), duration(Math.round(meanUs))];
    }),
  );
  const data = cells.flatMap((cell) =>
    cell.phases.tail.map(({ phase, meanUs }) => [nameOf(cell), phase, meanUs / 1e6]),
  );
  const drawn = cells.slice(0, CURVES_MAX);
  const stacks = cells.flatMap((cell) =>
    cell.waterfall.flatMap(({ quantile, phases }) =>
      phases.map(({ phase, meanUs }) => [nameOf(cell), quantile, phase, meanUs / 1e6]),
    ),
  );
  return html`<h2>What do short and long outages consist of?</h2>
<p class="faint">Each bar: the phases of outages about as long as that quantile, on average; beside it the quantile itself.${cells.length > drawn.length ? ` The first ${String(drawn.length)} of ${String(cells.length)} cells are drawn.` : ''}</p>
${phaseStackSvg(drawn)}${phaseLegend(drawn)}${dataLink('phases', ['cell', 'quantile', 'phase', 'seconds'], stacks)}
<h2>What makes the tail?</h2>
<p class="faint">Phases of outages about as long as the median, and of the slowest hundredth, on average.</p>
${htmlTable(['', 'phase', 'median', 'slow'], rows, (column) => column > 1)}${dataLink('tail', ['cell', 'phase', 'seconds'], data)}
`;
}

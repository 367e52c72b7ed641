import type { StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { openPhaseNote, tailPhases } from '../../text/tail-phases.ts';
import { CURVES_MAX } from '../cell-colours.ts';
import { dataLink } from '../data-link.ts';
import { html, htmlTable, type Markup, wide } from '../markup.ts';
import { phaseLegend, phaseStackSvg } from '../phase-stack-svg.ts';

/** What outages consist of: at each quantile, and in the slowest hundredth against the median. */
export function phaseSection({ cells }: StudyResult): Markup {
  const rows = cells.flatMap((cell) =>
    tailPhases(cell).map(({ phase, median, slow }, index) => [index === 0 ? nameOf(cell) : '', phase, median, slow]),
  );
  const data = cells.flatMap((cell) =>
    tailPhases(cell).map(({ phase, medianUs, slowUs }) => [nameOf(cell), phase, medianUs / 1e6, slowUs / 1e6]),
  );
  const endless = cells.some(({ never }) => never.value > 0);
  const drawn = cells.slice(0, CURVES_MAX);
  const stacks = cells.flatMap((cell) =>
    cell.waterfall.flatMap(({ quantile, phases }) =>
      phases.map(({ phase, meanUs }) => [nameOf(cell), quantile, phase, meanUs / 1e6]),
    ),
  );
  return html`<h2>What do short and long outages consist of?</h2>
<p class="faint">Each bar: the phases of outages about as long as that quantile, on average; beside it the quantile itself, from which that average may differ a little.${endless ? ' Where it says never, the bar ends with the run, and the outage did not.' : ''}${cells.length > drawn.length ? ` The first ${String(drawn.length)} of ${String(cells.length)} cells are drawn.` : ''}</p>
${wide('phases at each quantile', phaseStackSvg(drawn))}${phaseLegend(drawn)}${dataLink('phases', ['cell', 'quantile', 'phase', 'seconds'], stacks)}
<h2>What makes the tail?</h2>
<p class="faint">Phases of outages about as long as the median, and of the slowest hundredth (slow), on average. ${openPhaseNote(cells)}</p>
${htmlTable(['', 'phase', 'median', 'slow'], rows, (column) => column > 1)}${dataLink('tail', ['cell', 'phase', 'median seconds', 'slow seconds'], data)}
`;
}

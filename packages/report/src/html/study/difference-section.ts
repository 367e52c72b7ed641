import type { StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { differenceText } from '../../text/difference-text.ts';
import { html, htmlTable, type Markup, raw } from '../markup.ts';

/** Each cell beside the first one, trial by trial; nothing where there is only one. */
export function differenceSection({ cells }: StudyResult): Markup {
  const rows = cells.flatMap((cell) => {
    if (cell.difference === null) return [];
    const [size, direction, interval] = differenceText(cell.difference);
    return [[nameOf(cell), `${size} ${direction} ${interval}`.trim()]];
  });
  if (rows.length === 0) return raw('');
  return html`<h2>How much longer than ${nameOf(cells[0])}, trial by trial?</h2>
<p class="faint">The median of the differences between trials of the same number, with its 95% interval. Trials of the same number share their chance, so this is surer than the difference of two medians.</p>
${htmlTable(['', 'recovery takes'], rows, (column) => column > 0)}
`;
}

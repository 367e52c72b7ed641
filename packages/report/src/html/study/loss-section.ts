import type { StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { lossCells } from '../../text/loss-cells.ts';
import { html, htmlTable, type Markup } from '../markup.ts';

/** Lost writes, and operations without an answer. */
export function lossSection({ cells }: StudyResult): Markup {
  const rows = cells.map((cell) => [nameOf(cell), ...lossCells(cell)]);
  return html`<h2>What is lost?</h2>
<p class="faint">Trials that lost an acknowledged write, and the most writes and the longest time back that any trial lost; operations of the median trial that failed, and whose outcome clients could not be sure of.</p>
${htmlTable(['', 'trials that lose', 'most writes', 'farthest back', 'failed ops', 'unsure'], rows, (column) => column > 0)}
`;
}

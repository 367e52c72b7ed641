import type { StudyResult } from '@faultline/metrics';
import { lossCells } from '../../text/loss-cells.ts';
import { html, htmlTable, type Markup } from '../markup.ts';
import { nameOf } from './cell-name.ts';

/** Lost writes, and operations without an answer. */
export function lossSection({ cells }: StudyResult): Markup {
  const rows = cells.map((cell) => [nameOf(cell), ...lossCells(cell)]);
  return html`<h2>What is lost?</h2>
<p class="faint">Trials that lost an acknowledged write, the most and the farthest that any lost; operations that failed, and that clients could not be sure of, in the median trial.</p>
${htmlTable(['', 'trials that lose', 'most writes', 'farthest back', 'failed', 'unsure'], rows, (column) => column > 0)}
`;
}

import type { CellResult, StudyResult } from '@faultline/metrics';
import { duration, shareInterval } from '../../text/figures.ts';
import { html, htmlTable, type Markup, raw } from '../markup.ts';
import { nameOf } from './cell-name.ts';

/** The table of verdicts; nothing where no objective is set. */
export function verdictSection({ cells, objectives }: StudyResult): Markup {
  const { rtoUs, rpoUs } = objectives;
  if (rtoUs === null && rpoUs === null) return raw('');
  const titles = [
    '',
    ...(rtoUs === null ? [] : [`back within ${duration(rtoUs)}`]),
    ...(rpoUs === null ? [] : [`at most ${duration(rpoUs)} of writes lost`]),
    'all of it',
    'in most trials?',
  ];
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...(cell.meets.rto === null ? [] : [shareInterval(cell.meets.rto)]),
    ...(cell.meets.rpo === null ? [] : [shareInterval(cell.meets.rpo)]),
    cell.meets.both === null ? '' : shareInterval(cell.meets.both),
    verdictOf(cell),
  ]);
  return html`<h2>How often are the objectives met?</h2>
<p class="faint">Shares of the trials, with their 95% intervals.</p>
${htmlTable(titles, rows, (column) => column > 0 && column < titles.length - 1)}
`;
}

/** The share alone decides; where its interval reaches across a half, the word says so. */
function verdictOf({ meets }: CellResult): Markup {
  if (meets.both === null) return raw('');
  const { value, low, high } = meets.both;
  const met = value > 0.5;
  const close = (low ?? 0) <= 0.5 && (high ?? 1) > 0.5;
  return html`<span class="${met ? 'good' : 'bad'}">${met ? '✓ yes' : '✗ no'}${close ? ', but close' : ''}</span>`;
}

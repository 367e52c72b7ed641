import type { CellResult, StudyResult } from '@faultline/metrics';
import { nameOf } from '../../text/cell-name.ts';
import { shareInterval } from '../../text/figures.ts';
import { goalsOf } from '../../text/study-goals.ts';
import { html, htmlTable, type Markup, raw } from '../markup.ts';

/** The table of verdicts; nothing where no objective is set. */
export function verdictSection(result: StudyResult): Markup {
  const goals = goalsOf(result);
  if (goals.length === 0) return raw('');
  const titles = ['', ...goals.map(({ title }) => title), 'in most trials?'];
  const rows = result.cells.map((cell) => [
    nameOf(cell),
    ...goals.map(({ of }) => {
      const share = of(cell);
      return share === null ? '' : shareInterval(share);
    }),
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

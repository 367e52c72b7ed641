import type { SearchResult } from '@faultline/metrics';
import { plural } from '../text/figures.ts';
import { candidateRows, limitSentences, nearMissSentences, searchAnswer, searchNote } from '../text/search-report.ts';
import { dataLink } from './data-link.ts';
import { html, htmlTable, type Markup, raw } from './markup.ts';
import { STYLE_SHEET } from './style-sheet.ts';

/** A search as one HTML file that needs nothing else. */
export function searchHtml(result: SearchResult, command: string): string {
  const { candidates } = result;
  const data = candidates.map(({ label, cost, verdict, met }) => [label, cost, verdict, met.value]);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${result.study}, search, seed ${result.seed}</title>
<style>${raw(STYLE_SHEET)}</style>
</head>
<body>
<h1>${result.study}</h1>
<p>${result.summary}</p>
<p class="faint">${plural(result.trials, 'trial')} over ${plural(candidates.length, 'configuration')}. ${searchNote(result)}</p>
<h2>What is the cheapest that meets the objectives?</h2>
<p class="${result.winner === null ? 'bad' : 'good'}">${searchAnswer(result)}</p>
${sentences('What stands in the way?', limitSentences(result))}${sentences('What nearly does?', nearMissSentences(result))}<h2>What was tried?</h2>
${htmlTable(['', 'cost', 'verdict', 'met', 'trials'], candidateRows(result), (column) => column === 1 || column > 2)}${dataLink('candidates', ['configuration', 'cost', 'verdict', 'share'], data)}
<footer>
<p>seed ${result.seed}. Again: <code>${command}</code></p>
</footer>
</body>
</html>
`.markup;
}

function sentences(title: string, texts: readonly string[]): Markup {
  if (texts.length === 0) return raw('');
  return html`<h2>${title}</h2>
<ul>${texts.map((text) => html`<li>${text}</li>\n`)}</ul>
`;
}

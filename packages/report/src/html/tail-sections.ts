import type { RareResult, YearResult } from '@faultline/metrics';
import { count } from '../text/figures.ts';
import { eventOf, farTail, tiny, wayOf } from '../text/rare-report.ts';
import {
  againstPublished,
  FAILURE_TITLES,
  failureCells,
  minutesInterval,
  minutesText,
  nines,
} from '../text/year-report.ts';
import { dataLink } from './data-link.ts';
import { html, htmlTable, type Markup, raw } from './markup.ts';
import { nameOf } from './study/cell-name.ts';

const WAYS: Readonly<Record<RareResult['method'], string>> = {
  'importance-sampling':
    'Importance sampling: some durations are drawn longer, and every trial is weighted back by its likelihood ratio.',
  splitting:
    'Multilevel splitting: trials that come far are copied, some of their chance is drawn again, and the shares that come farther are multiplied.',
};

/** The chance of a rare event, as a section of a study's page. */
export function rareSection(results: readonly RareResult[]): Markup {
  const [first] = results;
  if (first === undefined) return raw('');
  const rows = results.map((result) => {
    const { estimate, refused, trials, pilotTrials } = result;
    if (estimate === null)
      return [nameOf(result), `no estimate: ${refused ?? ''}`, '', '', '', count(trials + pilotTrials), ''];
    const { probability, relativeError, effectiveHits, plainTrials } = estimate;
    return [
      nameOf(result),
      `${tiny(probability.value)} (${tiny(probability.low)}–${tiny(probability.high)})`,
      `±${Math.round(100 * relativeError)}%`,
      count(effectiveHits),
      wayOf(result),
      count(trials + pilotTrials),
      count(plainTrials),
    ];
  });
  const titles = ['', 'probability (95%)', 'error', 'hits worth', 'how', 'trials', 'plain trials for that'];
  const data = results.map((result) => [nameOf(result), result.estimate?.probability.value ?? 'refused']);
  return html`<h2>How likely is it that ${eventOf(first)}?</h2>
<p class="faint">${WAYS[first.method]}${results.map(farTail).find((text) => text !== '') ?? ''}</p>
${htmlTable(titles, rows, (column) => column > 0 && column !== 4)}${dataLink('rare', ['cell', 'probability'], data)}
`;
}

/** Availability over a year, as a section of a study's page. */
export function yearSection(results: readonly YearResult[]): Markup {
  if (results.length === 0) return raw('');
  return html`<h2>How long is it down in a year?</h2>
<p class="faint">Failure rates are those of the study file, recovery times those of clients in the trials. The closed form is a Markov chain over which components are down.</p>
${results.map(yearMarkup)}${dataLink(
  'years',
  ['cell', 'minutes'],
  results.map((result) => [nameOf(result), result.figures?.minutes.value ?? 'refused']),
)}
`;
}

function yearMarkup(result: YearResult): Markup {
  const { figures, refused } = result;
  if (figures === null) return html`<p class="bad">${nameOf(result)}: no figures. ${refused ?? ''}.</p>\n`;
  const { availability, minutes, minutesP50, minutesP95, minutesP99, closedForm, failures, disagreements } = figures;
  return html`<h3>${nameOf(result)}</h3>
<p>${nines(availability.value)}, ${minutesInterval(minutes)} minutes a year; a year in 2, in 20 and in 100 has at least ${[minutesP50, minutesP95, minutesP99].map(minutesText).join(', ')}. Closed form: ${minutesText(closedForm.withMeans)} with mean recovery times, ${minutesText(closedForm.withMedians)} with medians. ${againstPublished(figures)}.</p>
${disagreements.map((text) => html`<p class="bad">Disagreement: ${text}</p>\n`)}${htmlTable(FAILURE_TITLES, failures.map(failureCells), (column) => column > 0)}
`;
}

import type { RareResult, YearResult } from '@faultline/metrics';
import { nameOf } from '../text/cell-name.ts';
import { count, roughly } from '../text/figures.ts';
import { eventOf, farTail, methodNote, tiny, wayOf } from '../text/rare-report.ts';
import {
  againstPublished,
  availabilityText,
  FAILURE_TITLES,
  failureCells,
  minutesInterval,
  minutesText,
} from '../text/year-report.ts';
import { dataLink } from './data-link.ts';
import { html, htmlTable, type Markup, raw } from './markup.ts';

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
      roughly(plainTrials),
    ];
  });
  const titles = ['', 'probability (95%)', 'error', 'worth', 'how', 'trials', 'plain trials for that'];
  const data = results.map((result) => {
    const { value, low, high } = result.estimate?.probability ?? { value: 'refused', low: '', high: '' };
    return [nameOf(result), value, low ?? '', high ?? ''];
  });
  return html`<h2>How likely is it that ${eventOf(first)}?</h2>
<p class="faint">${methodNote(first.method)} Plain trials for that: about how many would give the same error without it.${results.map(farTail).find((text) => text !== '') ?? ''}</p>
${htmlTable(titles, rows, (column) => column > 0 && column !== 4)}${dataLink('rare', ['cell', 'probability', 'low', 'high'], data)}
`;
}

/** Availability over a year, as a section of a study's page. */
export function yearSection(results: readonly YearResult[]): Markup {
  if (results.length === 0) return raw('');
  return html`<h2>How long is it down in a year?</h2>
<p class="faint">Failure rates are those of the study file, recovery times those of clients in the trials. The closed form is a Markov chain over which components are down.</p>
${results.map(yearMarkup)}${dataLink(
  'years',
  ['cell', 'minutes', 'low', 'high'],
  results.map((result) => {
    const { value, low, high } = result.figures?.minutes ?? { value: 'refused', low: '', high: '' };
    return [nameOf(result), value, low ?? '', high ?? ''];
  }),
)}
`;
}

function yearMarkup(result: YearResult): Markup {
  const { figures, refused } = result;
  if (figures === null) return html`<p class="bad">${nameOf(result)}: no figures. ${refused ?? ''}.</p>\n`;
  const { availability, minutes, minutesP50, minutesP95, minutesP99, closedForm, failures, disagreements } = figures;
  return html`<h3>${nameOf(result)}</h3>
<p><strong>${minutesInterval(minutes)} minutes a year</strong>, an availability of ${availabilityText(availability)}. One year in 2 exceeds ${minutesText(minutesP50)} minutes, one in 20 exceeds ${minutesText(minutesP95)}, and one in 100 exceeds ${minutesText(minutesP99)}. The closed form gives ${minutesText(closedForm.withMeans)} minutes with mean recovery times, ${minutesText(closedForm.withMedians)} with medians. Against the provider: ${againstPublished(figures)}.</p>
${disagreements.map((text) => html`<p class="bad">Disagreement: ${text}</p>\n`)}${htmlTable(FAILURE_TITLES, failures.map(failureCells), (column) => column > 0)}
`;
}

import type { RareResult, YearResult } from '@faultline/metrics';
import { count, duration, percent } from '../text/figures.ts';
import { eventOf, tiltsOf, tiny } from '../text/rare-report.ts';
import { againstPublished, minutesInterval, minutesText, nines } from '../text/year-report.ts';
import { dataLink } from './data-link.ts';
import { html, htmlTable, type Markup, raw } from './markup.ts';

const nameOf = (label: string): string => (label === '' ? 'all trials' : label);

/** The chance of a rare event, as a section of a study's page. */
export function rareSection(results: readonly RareResult[]): Markup {
  const [first] = results;
  if (first === undefined) return raw('');
  const rows = results.map((result) => {
    const { label, estimate, refused, trials, pilotTrials } = result;
    if (estimate === null)
      return [nameOf(label), `no estimate: ${refused ?? ''}`, '', '', '', count(trials + pilotTrials), ''];
    const { probability, relativeError, effectiveHits, plainTrials } = estimate;
    return [
      nameOf(label),
      `${tiny(probability.value)} (${tiny(probability.low)}–${tiny(probability.high)})`,
      `±${Math.round(100 * relativeError)}%`,
      count(effectiveHits),
      tiltsOf(result),
      count(trials + pilotTrials),
      count(plainTrials),
    ];
  });
  const titles = ['', 'probability (95%)', 'error', 'hits worth', 'drawn longer', 'trials', 'plain trials for that'];
  const data = results.map(({ label, estimate }) => [nameOf(label), estimate?.probability.value ?? 'refused']);
  return html`<h2>How likely is it that ${eventOf(first)}?</h2>
<p class="faint">Importance sampling: some durations are drawn longer, and every trial is weighted back by its likelihood ratio.</p>
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
  results.map(({ label, figures }) => [nameOf(label), figures?.minutes.value ?? 'refused']),
)}
`;
}

function yearMarkup({ label, figures, refused }: YearResult): Markup {
  if (figures === null) return html`<p class="bad">${nameOf(label)}: no figures. ${refused ?? ''}.</p>\n`;
  const { availability, minutes, minutesP50, minutesP95, minutesP99, closedForm, failures, disagreements } = figures;
  const rows = failures.map((one) => [
    one.name,
    String(one.perYear),
    duration(Math.round(one.medianUs)),
    duration(Math.round(one.meanUs)),
    minutesText(one.minutes),
    percent(one.unrecovered / one.trials),
    percent(one.waitedForPerson / one.trials),
  ]);
  const titles = ['failure', 'a year', 'median', 'mean', 'minutes', 'unrecovered', 'called a person'];
  return html`<h3>${nameOf(label)}</h3>
<p>${nines(availability.value)}, ${minutesInterval(minutes)} minutes a year; a year in 2, in 20 and in 100 has at least ${[minutesP50, minutesP95, minutesP99].map(minutesText).join(', ')}. Closed form: ${minutesText(closedForm.withMeans)} with mean recovery times, ${minutesText(closedForm.withMedians)} with medians. ${againstPublished(figures)}.</p>
${disagreements.map((text) => html`<p class="bad">Disagreement: ${text}</p>\n`)}${htmlTable(titles, rows, (column) => column > 0)}
`;
}

import type { Estimate, YearFigures, YearResult } from '@faultline/metrics';
import { nameOf } from './cell-name.ts';
import { printable, wrapped } from './display.ts';
import { count, duration, percent } from './figures.ts';
import { section } from './section.ts';
import type { TextStyle } from './style.ts';
import { table } from './table.ts';

/** A share near 1 with as many nines as it has, and one figure more: `99.9953%`. */
export function nines(share: number): string {
  const missing = 1 - share;
  if (missing <= 0) return '100%';
  const decimals = Math.min(12, Math.max(1, Math.ceil(-Math.log10(missing) - 1e-9) - 1));
  return `${(share * 100).toFixed(decimals)}%`;
}

/** A share near 1 and its interval, all to as many figures as the share has. */
export function availabilityText({ value, low, high }: Estimate): string {
  const text = nines(value);
  const decimals = /\.(\d+)%$/.exec(text)?.[1]?.length ?? 0;
  const bounds = [low ?? 0, high ?? 1].map((share) => (share === 1 ? '100%' : `${(share * 100).toFixed(decimals)}%`));
  return `${text} (${bounds.join('–')})`;
}

/** Minutes to three figures: `12.3`, `0.0456`. */
export const minutesText = (minutes: number): string =>
  minutes >= 1_000 ? count(minutes) : String(Number(minutes.toPrecision(3)));

export const minutesInterval = ({ value, low, high }: Estimate): string =>
  `${minutesText(value)} (${minutesText(low ?? 0)}–${minutesText(high ?? value)})`;

/** How the simulated availability stands to the published one. */
export function againstPublished({ availability, published }: YearFigures): string {
  if (published === null) return 'nothing is published of this service as a whole';
  const { value, low, high } = availability;
  const surely = (low ?? 0) >= published.share ? 'above' : (high ?? 1) < published.share ? 'below' : null;
  const relation = surely === null ? (value >= published.share ? 'probably above' : 'probably below') : surely;
  return `${relation} ${Number((published.share * 100).toFixed(6))}%: ${published.what} (${published.source})`;
}

/** Availability over a year of each cell, as a section of a study's report; nothing where none is asked for. */
export function yearLines(results: readonly YearResult[], style: TextStyle): readonly string[] {
  if (results.length === 0) return [];
  const lines = [...results.flatMap((result) => cellLines(result, style)), ...notes(style)];
  return section('How long is it down in a year?', lines, style);
}

function cellLines(result: YearResult, style: TextStyle): readonly string[] {
  const { figures, refused } = result;
  const { width, palette } = style;
  const heading = palette.heading(printable(nameOf(result)));
  if (figures === null) {
    return [heading, ...wrapped(`NO FIGURES: ${refused ?? ''}.`, width).map(palette.bad)];
  }
  const { minutes, availability, closedForm, minutesP50, minutesP95, minutesP99, disagreements } = figures;
  const right = 'right' as const;
  const rows = [
    ['minutes a year, simulated', minutesInterval(minutes)],
    ['availability', availabilityText(availability)],
    [
      'minutes that one year in 2, in 20, in 100 exceeds',
      [minutesP50, minutesP95, minutesP99].map(minutesText).join(', '),
    ],
    ['minutes a year in closed form, with mean recovery times', minutesText(closedForm.withMeans)],
    ['minutes a year in closed form, with median recovery times', minutesText(closedForm.withMedians)],
  ];
  return [
    heading,
    ...table([{ title: '' }, { title: '', align: right }], rows, { width, indent: 2 }),
    ...wrapped(`Against the provider: ${againstPublished(figures)}.`, width - 2).map((line) => `  ${line}`),
    ...failureLines(figures, style),
    ...disagreements.flatMap((text) =>
      wrapped(`DISAGREEMENT: ${text}`, width - 2).map((line) => `  ${palette.bad(line)}`),
    ),
  ];
}

/** Columns of the table of failures, the first of them names. */
export const FAILURE_TITLES = ['failure', 'a year', 'median', 'mean', 'minutes', 'unrecovered', 'called a person'];

export function failureCells(failure: YearFigures['failures'][number]): readonly string[] {
  return [
    failure.name,
    String(failure.perYear),
    duration(Math.round(failure.medianUs)),
    duration(Math.round(failure.meanUs)),
    minutesText(failure.minutes),
    percent(failure.unrecovered / failure.trials),
    percent(failure.waitedForPerson / failure.trials),
  ];
}

function failureLines({ failures }: YearFigures, { width, palette }: TextStyle): readonly string[] {
  const columns = FAILURE_TITLES.map((title, index) => (index === 0 ? { title } : { title, align: 'right' as const }));
  return table(columns, failures.map(failureCells), { width, indent: 2, paintTitle: palette.faint });
}

function notes({ width, palette }: TextStyle): readonly string[] {
  const text =
    'Failure rates are those of the study file; they come without memory. Recovery times are those of clients in the trials. Only these failures are counted: no maintenance, no mistakes. The simulation repairs one failure at a time, the closed form (a Markov chain over which components are down) all at once. A published figure counts by the month and by its own rules.';
  return wrapped(text, width).map(palette.faint);
}

import type { Verdict } from '@faultline/metrics';
import { dataLines } from '../text/data-lines.ts';
import { eventLogRows } from '../text/event-log-table.ts';
import { duration } from '../text/figures.ts';
import { unicodeGlyphs } from '../text/glyphs.ts';
import { measuresCells } from '../text/measures-table.ts';
import { plainPalette } from '../text/palette.ts';
import { runNotes } from '../text/run-notes.ts';
import { marksOf, type RunReport, recovered, recoveryOf } from '../text/run-report.ts';
import { textStyle } from '../text/style.ts';
import { verdictCells } from '../text/verdict-table.ts';
import { html, htmlTable, type Markup, raw, wide } from './markup.ts';
import { STYLE_SHEET } from './style-sheet.ts';
import { waterfallSvg } from './waterfall-svg.ts';

/** How to get the same run again. */
export interface Replay {
  readonly digest: string;
  /** A command that can be pasted. */
  readonly command: string;
}

/** A sentence is not broken into lines here: the reader's window does that. */
const ONE_LINE = textStyle({ width: 100_000 });

/** A run as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export function runHtml(report: RunReport, replay: Replay): string {
  const { header } = report;
  const deployments = header.databases.map(
    ({ database, title, engine }) => html`<p>${database}: ${title}${engine === '' ? '' : `, ${engine}`}</p>\n`,
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${header.scenario}, seed ${header.seed}</title>
<style>${raw(STYLE_SHEET)}</style>
</head>
<body>
<h1>${header.scenario}</h1>
<p>${header.summary}</p>
<div class="faint">
${deployments}</div>
${outages(report)}${sections(report)}<footer>
<p>seed ${header.seed}, digest <code>${replay.digest}</code></p>
<p>Again: <code>${replay.command}</code></p>
</footer>
</body>
</html>
`;
  return page.markup;
}

function outages({ metrics }: RunReport): readonly Markup[] {
  return metrics.waterfalls.map((waterfall) => {
    const recovery = recoveryOf(metrics, waterfall.cohort, waterfall.action);
    const marks = marksOf(recovery);
    const after = recovery?.timeToFirstSuccessUs ?? null;
    const dashed = after === null ? '' : ` Dashed: the first success after ${duration(after)}, and the recovery.`;
    return html`<h2>What ${waterfall.cohort} went through: ${waterfall.action}s, ${recovered(recovery)}</h2>
<p class="faint">Each bar is a part of the outage, coloured by who had to act for it to end.${dashed}</p>
${wide(`outage of ${waterfall.cohort}`, waterfallSvg(waterfall, marks))}
`;
  });
}

function sections({ header, metrics, verdicts }: RunReport): readonly Markup[] {
  const { titles, rows } = measuresCells(metrics);
  return [
    section('What happened', logTable(metrics.eventLog)),
    section('What clients saw', rows.length === 0 ? null : htmlTable(titles, rows, (column) => column > 0)),
    section('What became of the data', list(dataLines(metrics, ONE_LINE))),
    section('Who had to act', operators(metrics.operatorSteps)),
    section('What was expected', verdicts.length === 0 ? null : verdictTable(verdicts)),
    section('How to read this', list(runNotes(header, metrics, verdicts))),
  ];
}

function section(title: string, content: Markup | null): Markup {
  return content === null ? raw('') : html`<h2>${title}</h2>\n${content}\n`;
}

function list(items: readonly string[]): Markup | null {
  return items.length === 0 ? null : html`<ul>\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;
}

function logTable(eventLog: RunReport['metrics']['eventLog']): Markup | null {
  const rows = eventLogRows({ eventLog }, plainPalette);
  return rows.length === 0
    ? null
    : htmlTable(['after fault', 'what', 'where', 'happened'], rows.map(unbroken), (column) => column === 0);
}

/** An event id is searched for as it stands: it is not broken at its hyphens. */
function unbroken(cells: readonly string[]): readonly (string | Markup)[] {
  return cells.map((cell, column) => (column === 1 ? html`<span style="white-space: nowrap">${cell}</span>` : cell));
}

function operators(steps: RunReport['metrics']['operatorSteps']): Markup | null {
  const rows = steps.map(({ who, step, database, calledAtUs, doneAtUs, dismissed }) => [
    who,
    step,
    database,
    doneAtUs === null
      ? dismissed
        ? 'not needed: it was over before'
        : 'never done'
      : `took ${duration(doneAtUs - calledAtUs)}`,
  ]);
  return rows.length === 0 ? null : htmlTable(['who', 'step', 'database', ''], rows);
}

function verdictTable(verdicts: readonly Verdict[]): Markup {
  const rows = verdicts.map((verdict) => [markOf(verdict), ...verdictCells(verdict)]);
  return htmlTable(['', 'expectation', 'expected', 'found'], rows);
}

function markOf({ held }: Verdict): Markup {
  if (held === 'inconclusive') return html`${unicodeGlyphs.unsure}`;
  return held
    ? html`<span class="good">${unicodeGlyphs.held}</span>`
    : html`<span class="bad">${unicodeGlyphs.violated}</span>`;
}

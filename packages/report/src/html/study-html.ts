import type { CellResult, StudyResult } from '@faultline/metrics';
import { count, duration, durationInterval, percent, plural, shareInterval } from '../text/figures.ts';
import { CURVES_MAX } from './cell-colours.ts';
import { dataLink } from './data-link.ts';
import { curveLegend, ecdfSvg } from './ecdf-svg.ts';
import { heatMapSvg } from './heat-map-svg.ts';
import { html, htmlTable, type Markup, raw } from './markup.ts';
import { STYLE_SHEET } from './style-sheet.ts';
import { rareSection, yearSection } from './tail-sections.ts';
import { swings, tornadoSvg } from './tornado-svg.ts';

/** A study as one HTML file that needs nothing else. Every chart has its question as the title, and its data beside it. */
export function studyHtml(result: StudyResult, command: string): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${result.study}, seed ${result.seed}</title>
<style>${raw(STYLE_SHEET)}</style>
</head>
<body>
<h1>${result.study}</h1>
<p>${result.summary}</p>
<p class="faint">${plural(result.trials, 'trial')} over ${plural(result.cells.length, 'cell')}; all cells share their random numbers, trial by trial.</p>
${verdicts(result)}${recovery(result)}${tail(result)}${factors(result)}${losses(result)}${rareSection(result.rare ?? [])}${yearSection(result.availability ?? [])}<footer>
<p>seed ${result.seed}. Again: <code>${command}</code></p>
</footer>
</body>
</html>
`;
  return page.markup;
}

const nameOf = ({ label }: CellResult): string => (label === '' ? 'all trials' : label);

function verdicts({ cells, objectives }: StudyResult): Markup {
  const { rtoUs, rpoUs } = objectives;
  if (rtoUs === null && rpoUs === null) return raw('');
  const titles = [
    '',
    ...(rtoUs === null ? [] : [`back within ${duration(rtoUs)}`]),
    ...(rpoUs === null ? [] : [`at most ${duration(rpoUs)} of writes lost`]),
    'all of it',
  ];
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...(cell.meets.rto === null ? [] : [shareInterval(cell.meets.rto)]),
    ...(cell.meets.rpo === null ? [] : [shareInterval(cell.meets.rpo)]),
    cell.meets.both === null ? '' : shareInterval(cell.meets.both),
  ]);
  return html`<h2>How often are the objectives met?</h2>
<p class="faint">Shares of the trials, with their 95% intervals.</p>
${htmlTable(titles, rows, (column) => column > 0)}
`;
}

function recovery({ cells, objectives }: StudyResult): Markup {
  const drawn = cells.slice(0, CURVES_MAX);
  const left = cells.length - drawn.length;
  const names = ['p50', 'p95', 'p99', 'p99.9'] as const;
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...names.map((name) => `${duration(cell.recoveryTime[name].value)} (${durationInterval(cell.recoveryTime[name])})`),
    percent(cell.never.value),
    count(cell.trials),
  ]);
  const points = cells.flatMap((cell) => cell.ecdf.map(({ us, share }) => [nameOf(cell), us / 1e6, share]));
  return html`<h2>How long are clients down?</h2>
<p class="faint">Each curve: the share of the trials in which clients were back within that time, in its 95% band. Farther left is better.${left > 0 ? ` The first ${String(drawn.length)} of ${String(cells.length)} cells are drawn.` : ''}</p>
${ecdfSvg(drawn, objectives.rtoUs)}${curveLegend(drawn)}${dataLink('recovery', ['cell', 'seconds', 'share'], points)}${htmlTable(['', ...names, 'never', 'trials'], rows, (column) => column > 0)}
`;
}

function tail({ cells }: StudyResult): Markup {
  const rows = cells.flatMap((cell) =>
    cell.phases.tail.map(({ phase, meanUs }, index) => {
      const medianUs = cell.phases.median.find((one) => one.phase === phase)?.meanUs ?? 0;
      return [index === 0 ? nameOf(cell) : '', phase, duration(Math.round(medianUs)), duration(Math.round(meanUs))];
    }),
  );
  const data = cells.flatMap((cell) =>
    cell.phases.tail.map(({ phase, meanUs }) => [nameOf(cell), phase, meanUs / 1e6]),
  );
  return html`<h2>What makes the tail?</h2>
<p class="faint">Phases of outages about as long as the median, and of the slowest hundredth, on average.</p>
${htmlTable(['', 'phase', 'median', 'slow'], rows, (column) => column > 1)}${dataLink('tail', ['cell', 'phase', 'seconds'], data)}
`;
}

function factors(result: StudyResult): Markup {
  const all = swings(result);
  const tornado = tornadoSvg(all);
  const heat = heatMapSvg(result);
  const medians = result.cells.map((cell) => [nameOf(cell), cell.recoveryTime.p50.value / 1e6]);
  return html`${
    tornado === null
      ? raw('')
      : html`<h2>What matters most?</h2>
<p class="faint">How far each factor moves the median recovery time, averaged over the levels of the others.</p>
${tornado}${dataLink(
  'factors',
  ['factor', 'shortest', 'seconds', 'longest', 'seconds'],
  all.map(({ factor, shortest, longest }) => [
    factor,
    shortest.level,
    shortest.us / 1e6,
    longest.level,
    longest.us / 1e6,
  ]),
)}`
  }${
    heat === null
      ? raw('')
      : html`<h2>How do two factors work together?</h2>
<p class="faint">Median recovery time; darker is longer.</p>
${heat}${dataLink('medians', ['cell', 'seconds'], medians)}`
  }`;
}

function losses({ cells }: StudyResult): Markup {
  const rows = cells.map((cell) => [
    nameOf(cell),
    shareInterval(cell.loses),
    count(cell.lostMax),
    duration(cell.lossSpanMaxUs),
    count(cell.failedP50.value),
    count(cell.indeterminateP50.value),
  ]);
  return html`<h2>What is lost?</h2>
<p class="faint">Trials that lost an acknowledged write, the most and the farthest that any lost; operations that failed, and that clients could not be sure of, in the median trial.</p>
${htmlTable(['', 'trials that lose', 'most writes', 'farthest back', 'failed', 'unsure'], rows, (column) => column > 0)}
`;
}

import type { CellResult, Estimate, StudyResult } from '@faultline/metrics';
import { listed, padded, printable, wrapped } from './display.ts';
import { count, duration, durationInterval, percent, plural, shareInterval } from './figures.ts';
import { spelled } from './glyphs.ts';
import { lossCells } from './loss-cells.ts';
import { rareLines } from './rare-report.ts';
import { section } from './section.ts';
import { type TextStyle, textStyle } from './style.ts';
import { table } from './table.ts';
import { TimeAxis } from './time-axis.ts';
import { yearLines } from './year-report.ts';

/** Cells that are shown in full; the rest is in the results. */
const CELLS_MAX = 40;

/** A study as text, without a line break at the end. */
export function studyReport(result: StudyResult, style: Partial<TextStyle> = {}): string {
  const full = textStyle(style);
  const shown = result.cells.slice(0, CELLS_MAX);
  const lines = [
    `${full.palette.heading(printable(result.study))}  ${full.palette.faint(`seed ${printable(result.seed)}, ${plural(result.trials, 'trial')} over ${plural(result.cells.length, 'cell')}`)}`,
    ...wrapped(result.summary, full.width),
    ...section('How long are clients down?', recoveryLines(shown, full), full),
    ...section('Are the objectives met?', objectiveLines(result, shown, full), full),
    ...section('What is lost?', lossLines(shown, full), full),
    ...section('What makes the tail?', tailLines(shown, full), full),
    ...section(`How much longer than ${nameOf(result.cells[0])}, trial by trial?`, differenceLines(shown, full), full),
    ...rareLines(result.rare ?? [], full),
    ...yearLines(result.availability ?? [], full),
    ...section('How to read this', noteLines(result, full), full),
  ];
  return spelled(lines.join('\n'), full.glyphs);
}

const nameOf = (cell: CellResult | undefined): string => (cell === undefined || cell.label === '' ? 'all' : cell.label);

function recoveryLines(cells: readonly CellResult[], style: TextStyle): readonly string[] {
  const names = ['p50', 'p95', 'p99', 'p99.9'] as const;
  const columns = [
    { title: '', wraps: true },
    ...names.map((title) => ({ title, align: 'right' as const })),
    { title: 'never', align: 'right' as const },
    { title: 'trials', align: 'right' as const },
  ];
  const rows = cells.flatMap((cell) => [
    [
      style.palette.heading(nameOf(cell)),
      ...names.map((name) => duration(cell.recoveryTime[name].value)),
      percent(cell.never.value),
      `${count(cell.trials)}${cell.precise === false ? '?' : ''}`,
    ],
    ['', ...names.map((name) => style.palette.faint(durationInterval(cell.recoveryTime[name]))), '', ''],
  ]);
  return table(columns, rows, { width: style.width, paintTitle: style.palette.faint });
}

function objectiveLines(
  { objectives }: StudyResult,
  cells: readonly CellResult[],
  { width, palette }: TextStyle,
): readonly string[] {
  const { rtoUs, rpoUs } = objectives;
  if (rtoUs === null && rpoUs === null) return [];
  const goals = [
    ...(rtoUs === null ? [] : [{ title: `back within ${duration(rtoUs)}`, of: (cell: CellResult) => cell.meets.rto }]),
    ...(rpoUs === null
      ? []
      : [{ title: `at most ${duration(rpoUs)} of writes lost`, of: (cell: CellResult) => cell.meets.rpo }]),
  ];
  const columns = [
    { title: '', wraps: true },
    ...goals.map(({ title }) => ({ title, align: 'right' as const })),
    { title: 'all', align: 'right' as const },
  ];
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...goals.map(({ of }) => shareOf(of(cell))),
    shareOf(cell.meets.both),
  ]);
  return table(columns, rows, { width, paintTitle: palette.faint });
}

const shareOf = (estimate: Estimate | null): string => (estimate === null ? '' : shareInterval(estimate));

function lossLines(cells: readonly CellResult[], { width, palette }: TextStyle): readonly string[] {
  const right = 'right' as const;
  const columns = [
    { title: '', wraps: true },
    { title: 'trials that lose', align: right },
    { title: 'most writes', align: right },
    { title: 'farthest back', align: right },
    { title: 'failed ops', align: right },
    { title: 'unsure', align: right },
  ];
  const rows = cells.map((cell) => [nameOf(cell), ...lossCells(cell)]);
  return table(columns, rows, { width, paintTitle: palette.faint });
}

const LABEL_COLUMNS = 18;
const LENGTH_COLUMNS = 9;

/** For each cell, the mean outage of about the median's length and of the slowest hundredth, in phases. */
function tailLines(cells: readonly CellResult[], style: TextStyle): readonly string[] {
  const { width, glyphs, palette } = style;
  const longest = Math.max(0, ...cells.map(({ phases }) => phases.tail.reduce((sum, { meanUs }) => sum + meanUs, 0)));
  if (longest === 0) return [];
  const axis = new TimeAxis(longest, width - LABEL_COLUMNS - 2 * LENGTH_COLUMNS);
  const heads = padded('median', LENGTH_COLUMNS, 'right') + padded('slow', LENGTH_COLUMNS, 'right');
  const lines = [`${' '.repeat(LABEL_COLUMNS)}${' '.repeat(axis.columns)}${palette.faint(heads)}`];
  for (const cell of cells) {
    lines.push(palette.heading(nameOf(cell)));
    let fromUs = 0;
    for (const { phase, meanUs } of cell.phases.tail) {
      const medianUs = cell.phases.median.find((one) => one.phase === phase)?.meanUs ?? 0;
      const bar = axis.bar(fromUs, fromUs + meanUs, glyphs, (text) => text);
      const figures = [medianUs, meanUs].map((us) => padded(duration(Math.round(us)), LENGTH_COLUMNS, 'right'));
      lines.push(`${padded(`  ${phase}`, LABEL_COLUMNS)}${bar}${figures.join('')}`);
      fromUs += meanUs;
    }
  }
  return lines.map((line) => line.trimEnd());
}

function differenceLines(cells: readonly CellResult[], { width }: TextStyle): readonly string[] {
  const rows = cells.flatMap((cell) => {
    const { difference } = cell;
    if (difference === null) return [];
    if (difference.value === 0) return [[nameOf(cell), 'as long', '']];
    const size = Number.isFinite(difference.value) ? duration(Math.abs(difference.value)) : 'for good';
    return [
      [nameOf(cell), `${size} ${difference.value < 0 ? 'shorter' : 'longer'}`, `(${durationInterval(difference)})`],
    ];
  });
  return rows.length === 0
    ? []
    : table([{ title: '', wraps: true }, { title: '', align: 'right' }, { title: '' }], rows, { width });
}

function noteLines({ cells }: StudyResult, { width, palette }: TextStyle): readonly string[] {
  const hidden = cells.length - CELLS_MAX;
  const notes = [
    'Recovery time runs from the fault until the operations of clients succeed and keep succeeding. p99: 99 of 100 trials were no longer. Under each figure its 95% confidence interval, which assumes nothing of the distribution; a side that so few trials cannot give is left open.',
    'Slow: the mean outage of the slowest hundredth of the trials, in phases; median: of those about as long as the median.',
    'All cells share their random numbers, trial by trial: differences between cells are surer than the figures themselves.',
    ...(cells.some(({ precise }) => precise === false)
      ? ['A number of trials with a question mark: the budget was spent before the precision was reached.']
      : []),
    ...(hidden > 0 ? [`${plural(hidden, 'more cell')} in the results (--json, --out).`] : []),
  ];
  return notes.flatMap((note) => listed(note, width).map(palette.faint));
}

import type { CellResult, StudyResult } from '@faultline/metrics';
import { nameOf } from './cell-name.ts';
import { differenceText } from './difference-text.ts';
import { listed, padded, printable, wrapped } from './display.ts';
import { count, duration, durationInterval, percent, plural, shareInterval } from './figures.ts';
import { spelled } from './glyphs.ts';
import { lossCells } from './loss-cells.ts';
import { rareLines } from './rare-report.ts';
import { section } from './section.ts';
import { goalsOf, studyAnswer } from './study-goals.ts';
import { type TextStyle, textStyle } from './style.ts';
import { table } from './table.ts';
import { openPhaseNote, tailPhases } from './tail-phases.ts';
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
    ...(result.summary === '' ? [] : wrapped(result.summary, full.width)),
    ...wrapped(studyAnswer(result), full.width).map(full.palette.heading),
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

function recoveryLines(cells: readonly CellResult[], style: TextStyle): readonly string[] {
  const names = ['p50', 'p95', 'p99', 'p99.9'] as const;
  const columns = [
    { title: '', wraps: true, paint: style.palette.heading },
    ...names.map((title) => ({ title, align: 'right' as const })),
    { title: 'never', align: 'right' as const },
    { title: 'trials', align: 'right' as const },
  ];
  const rows = cells.flatMap((cell) => [
    [
      nameOf(cell),
      ...names.map((name) => duration(cell.recoveryTime[name].value)),
      percent(cell.never.value),
      `${count(cell.trials)}${cell.precise === false ? '?' : ''}`,
    ],
    ['', ...names.map((name) => style.palette.faint(durationInterval(cell.recoveryTime[name]))), '', ''],
  ]);
  return table(columns, rows, { width: style.width, paintTitle: style.palette.faint });
}

function objectiveLines(
  result: StudyResult,
  cells: readonly CellResult[],
  { width, palette }: TextStyle,
): readonly string[] {
  const goals = goalsOf(result);
  if (goals.length === 0) return [];
  const columns = [{ title: '', wraps: true }, ...goals.map(({ title }) => ({ title, align: 'right' as const }))];
  const rows = cells.map((cell) => [
    nameOf(cell),
    ...goals.map(({ of }) => {
      const share = of(cell);
      return share === null ? '' : shareInterval(share);
    }),
  ]);
  return table(columns, rows, { width, paintTitle: palette.faint });
}

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
    for (const { phase, slowUs, median, slow } of tailPhases(cell)) {
      const bar = axis.bar(fromUs, fromUs + slowUs, glyphs, (text) => text);
      const figures = [median, slow].map((text) => padded(text, LENGTH_COLUMNS, 'right'));
      lines.push(`${padded(`  ${phase}`, LABEL_COLUMNS)}${bar}${figures.join('')}`);
      fromUs += slowUs;
    }
  }
  return lines.map((line) => line.trimEnd());
}

function differenceLines(cells: readonly CellResult[], { width }: TextStyle): readonly string[] {
  const rows = cells.flatMap((cell) => {
    const { difference } = cell;
    if (difference === null) return [];
    const [size, direction, interval] = differenceText(difference);
    return [[nameOf(cell), `${size} ${direction}`.trimEnd(), interval]];
  });
  return rows.length === 0
    ? []
    : table([{ title: '', wraps: true }, { title: '', align: 'right' }, { title: '' }], rows, { width });
}

function noteLines({ cells }: StudyResult, { width, palette }: TextStyle): readonly string[] {
  const hidden = cells.length - CELLS_MAX;
  const notes = [
    'Recovery time runs from the fault until the operations of clients succeed and keep succeeding. p99: 99 of 100 trials were no longer. Under each figure its 95% confidence interval, which assumes nothing of the distribution; a side that so few trials cannot give is left open.',
    'Failed ops and unsure (no answer that settles it) are those of the median trial; most writes and farthest back are of the worst.',
    'Slow: the mean outage of the slowest hundredth of the trials, in phases, which the bars show; median: of those about as long as the median.',
    ...(openPhaseNote(cells) === '' ? [] : [openPhaseNote(cells)]),
    ...(cells.length === 1
      ? []
      : [
          'All cells share their random numbers, trial by trial: differences between cells are surer than the figures themselves.',
        ]),
    ...(cells.some(({ precise }) => precise === false)
      ? ['A number of trials with a question mark: the budget was spent before the precision was reached.']
      : []),
    ...(hidden > 0 ? [`${plural(hidden, 'more cell')} in the results (--json, --out).`] : []),
  ];
  return notes.flatMap((note) => listed(note, width).map(palette.faint));
}

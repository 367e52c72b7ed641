import type { Estimate, KindComparison } from '@faultline/metrics';
import { placesOf } from '../compared-kinds.ts';
import { displayWidth, padded, shortened } from './display.ts';
import { count, duration, durationInterval, percent } from './figures.ts';
import type { TextStyle } from './style.ts';

interface RankingColumn {
  readonly title: string;
  readonly width: number;
  /** The figure, and under it how sure it is. */
  readonly cell: (kind: KindComparison) => readonly [figure: string, below: string];
}

const GAP = '  ';
const RANK_COLUMNS = 3;

/** Width from which all columns fit. */
const WIDE = 96;

/** Two lines for each kind: its figures, and under each the 95 % confidence interval. `kinds` are in the order to show. */
export function rankingLines(kinds: readonly KindComparison[], { width, palette }: TextStyle): readonly string[] {
  const all: readonly RankingColumn[] = [
    { title: 'p50', width: 13, cell: (kind) => timeCell(kind.recoveryTime.p50) },
    { title: 'p95', width: 13, cell: (kind) => timeCell(kind.recoveryTime.p95) },
    { title: 'p99', width: 13, cell: (kind) => timeCell(kind.recoveryTime.p99) },
    { title: 'never', width: 6, cell: ({ never }) => shareCell(never) },
    { title: 'loses data', width: 11, cell: lossCell },
    {
      title: 'failed ops',
      width: 10,
      cell: ({ failed, indeterminate }) => [count(failed.value), unsureText(indeterminate)],
    },
  ];
  const columns = width >= WIDE ? all : all.filter(({ title }) => title !== 'p99' && title !== 'never');
  const places = placesOf(kinds, duration);
  const head = columns.map(({ title }) => title);
  return [
    palette.faint(rowLine('', 'recovery time', head, columns, width)),
    ...kinds.flatMap((kind, index) => {
      const cells = columns.map(({ cell }) => cell(kind));
      const figures = cells.map(([figure]) => figure);
      const below = cells.map(([, text]) => text);
      return [
        rowLine(String(places[index]), kind.title, figures, columns, width, palette.heading),
        palette.faint(rowLine('', kind.kind, below, columns, width)),
      ];
    }),
  ];
}

/** A name may reach into the room that the first figure leaves free, since figures stand to the right. */
function rowLine(
  rank: string,
  name: string,
  cells: readonly string[],
  columns: readonly RankingColumn[],
  width: number,
  paint: (text: string) => string = (text) => text,
): string {
  const [first = '', ...others] = cells.map((cell, index) =>
    index === 0 ? cell : padded(cell, columns[index]?.width ?? 0, 'right'),
  );
  const rest = others.reduce((sum, cell) => sum + displayWidth(cell) + GAP.length, 0);
  const nameWidth = width - RANK_COLUMNS - rest - displayWidth(first) - GAP.length;
  const lead = `${padded(rank, RANK_COLUMNS)}${paint(padded(shortened(name, nameWidth), nameWidth))}`;
  return [lead, first, ...others].join(GAP).trimEnd();
}

function timeCell(estimate: Estimate): readonly [string, string] {
  return [duration(estimate.value), durationInterval(estimate)];
}

function lossCell({ dataLoss }: KindComparison): readonly [string, string] {
  const { trials, max, lostUpdatesP50 } = dataLoss;
  if (lostUpdatesP50 > 0) return [percent(trials.value), `${count(lostUpdatesP50)} updates`];
  return trials.value === 0 ? shareCell(trials) : [percent(trials.value), `up to ${count(max)}`];
}

/** A share that was never seen is still only known to be below its upper bound. */
function shareCell({ value, high }: Estimate): readonly [string, string] {
  if (value > 0 || high === null || high === 0) return [percent(value), ''];
  const bound = percent(high);
  return [percent(value), bound.startsWith('<') ? bound : `<${bound}`];
}

function unsureText({ value }: Estimate): string {
  return value === 0 ? '' : `+${count(value)} unsure`;
}

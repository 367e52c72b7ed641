import { displayWidth, padded, wrapped } from './display.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Wraps when the table would be too wide: such columns share the room that the others leave. */
  readonly wraps?: boolean;
  /** For the cells of a column that wraps, line by line. */
  readonly paint?: (text: string) => string;
}

export interface TableOptions {
  /** Columns of the terminal that the table may use. */
  readonly width: number;
  readonly indent?: number;
  readonly paintTitle?: (text: string) => string;
}

const GAP = 2;

/** A column that wraps is at least this wide, even if the table then exceeds its width. */
const NARROWEST = 10;

/** Aligned columns. A cell may be painted; in a column that wraps by the column. Empty when there are no rows. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): readonly string[] {
  if (rows.length === 0) return [];
  const { width, indent = 0, paintTitle = (text) => text } = options;
  const widths = widthsOf(columns, rows, width - indent);
  const line = (cells: readonly string[]): string => {
    const aligned = cells.map((cell, index) => padded(cell, widths[index] as number, columns[index]?.align));
    return `${' '.repeat(indent)}${aligned.join(' '.repeat(GAP))}`.trimEnd();
  };
  const titled = columns.some(({ title }) => title !== '');
  const painted = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, index) => columns[index]?.paint?.(cell) ?? cell);
  const body = rows.flatMap((row) => rowLines(columns, row, widths).map((cells) => line(painted(cells))));
  return titled ? [line(columns.map(({ title }) => paintTitle(title))), ...body] : body;
}

function widthsOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  available: number,
): readonly number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const wrapping = widths.flatMap((natural, index) => (columns[index]?.wraps ? [{ index, natural }] : []));
  const fixed = widths.reduce(
    (sum, natural, index) => sum + (columns[index]?.wraps ? 0 : natural),
    GAP * (columns.length - 1),
  );
  let room = available - fixed;
  // The narrowest first: what it does not need is left to the others.
  for (const [place, { index, natural }] of wrapping.sort((a, b) => a.natural - b.natural).entries()) {
    const width = Math.max(NARROWEST, Math.min(natural, Math.floor(room / (wrapping.length - place))));
    widths[index] = width;
    room -= width;
  }
  return widths;
}

/** One row as one line or, where a cell wraps, more. */
function rowLines(
  columns: readonly Column[],
  row: readonly string[],
  widths: readonly number[],
): readonly (readonly string[])[] {
  const cells = columns.map(({ wraps }, index) =>
    wraps ? wrapped(row[index] ?? '', widths[index] as number) : [row[index] ?? ''],
  );
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, n) => cells.map((lines) => lines[n] ?? ''));
}

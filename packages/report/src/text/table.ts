import { displayWidth, padded, wrapped } from './display.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Takes the room that is left, and wraps. At most one column of a table. */
  readonly wraps?: boolean;
}

export interface TableOptions {
  /** Columns of the terminal that the table may use. */
  readonly width: number;
  readonly indent?: number;
  readonly paintTitle?: (text: string) => string;
}

const GAP = 2;

/** Aligned columns. A cell may be painted, except in a column that wraps. Empty when there are no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions): readonly string[] {
  if (rows.length === 0) return [];
  const { width, indent = 0, paintTitle = (text) => text } = options;
  const widths = widthsOf(columns, rows, width - indent);
  const line = (cells: readonly string[]): string => {
    const aligned = cells.map((cell, index) => padded(cell, widths[index] as number, columns[index]?.align));
    return `${' '.repeat(indent)}${aligned.join(' '.repeat(GAP))}`.trimEnd();
  };
  const titled = columns.some(({ title }) => title !== '');
  const body = rows.flatMap((row) => rowLines(columns, row, widths).map(line));
  return titled ? [line(columns.map(({ title }) => paintTitle(title))), ...body] : body;
}

function widthsOf(columns: readonly Column[], rows: readonly (readonly string[])[], available: number): readonly number[] {
  const natural = columns.map(({ title }, index) => Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))));
  const others = natural.reduce((sum, each, index) => sum + (columns[index]?.wraps ? 0 : each), GAP * (columns.length - 1));
  return natural.map((each, index) => (columns[index]?.wraps ? Math.max(10, Math.min(each, available - others)) : each));
}

/** One row as one line or, where a cell wraps, more. */
function rowLines(columns: readonly Column[], row: readonly string[], widths: readonly number[]): readonly (readonly string[])[] {
  const cells = columns.map(({ wraps }, index) => (wraps ? wrapped(row[index] ?? '', widths[index] as number) : [row[index] ?? '']));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, n) => cells.map((lines) => lines[n] ?? ''));
}

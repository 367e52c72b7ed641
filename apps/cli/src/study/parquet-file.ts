import { renameSync } from 'node:fs';
import { SEGMENT_PHASES } from '@faultline/metrics';
import { MEASURES } from '@faultline/study';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { RowBlock } from './result-row.ts';

/** Rows that are held until they are written together. */
const ROWS_PER_GROUP = 50_000;

const PHASE_COLUMNS = SEGMENT_PHASES.map(
  (phase) => `${phase.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Us`,
);

interface Column {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING';
  /** What is held of a row, `index` counting the trials of its block from 0. Of a label it is the number of the cell. */
  readonly of: (block: RowBlock, index: number) => number;
}

/** Durations are microseconds in doubles, which are exact far beyond a century; an infinite one never ended. */
const COLUMNS: readonly Column[] = [
  { name: 'trial', type: 'INT32', of: ({ columns }, index) => columns.from + index },
  { name: 'cell', type: 'INT32', of: ({ cell }) => cell },
  { name: 'label', type: 'STRING', of: ({ cell }) => cell },
  ...MEASURES.map((name): Column => {
    const type = name.endsWith('Us') ? 'DOUBLE' : 'INT32';
    return { name, type, of: ({ columns }, index) => columns[name][index] as number };
  }),
  ...PHASE_COLUMNS.map((name, phase): Column => {
    const of: Column['of'] = ({ phaseUs }, index) => phaseUs[index * PHASE_COLUMNS.length + phase] as number;
    return { name, type: 'DOUBLE', of };
  }),
];

/**
 * The rows of a study as Parquet, with the label of each cell and a column for each phase. It is written beside its
 * place and moved there when it is whole.
 */
export class ParquetFile {
  readonly #path: string;
  readonly #labels: readonly string[];
  readonly #writer: ParquetWriter;
  readonly #values = COLUMNS.map(() => new Float64Array(ROWS_PER_GROUP));
  /** Rows that are held. */
  #rows = 0;

  constructor(path: string, labels: readonly string[]) {
    this.#path = path;
    this.#labels = labels;
    this.#writer = new ParquetWriter({
      writer: fileWriter(`${path}.partial`),
      createdBy: 'faultline',
      schema: [
        { name: 'trials', num_children: COLUMNS.length },
        ...COLUMNS.map(({ name, type }) => ({
          name,
          repetition_type: 'REQUIRED' as const,
          ...(type === 'STRING' ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const } : { type }),
        })),
      ],
    });
  }

  /** Adds the row of one trial; `index` counts the trials of the block from 0. */
  add(block: RowBlock, index: number): void {
    for (const [place, { of }] of COLUMNS.entries())
      (this.#values[place] as Float64Array)[this.#rows] = of(block, index);
    this.#rows++;
    if (this.#rows === ROWS_PER_GROUP) this.#writeGroup();
  }

  finish(): void {
    this.#writeGroup();
    this.#writer.finish();
    renameSync(`${this.#path}.partial`, this.#path);
  }

  #writeGroup(): void {
    if (this.#rows === 0) return;
    const columnData = COLUMNS.map(({ name, type }, place) => {
      const values = (this.#values[place] as Float64Array).subarray(0, this.#rows);
      return { name, data: type === 'STRING' ? Array.from(values, (cell) => this.#labels[cell] ?? '') : values };
    });
    this.#writer.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
    this.#rows = 0;
  }
}

import { renameSync } from 'node:fs';
import { SEGMENT_PHASES } from '@faultline/metrics';
import type { TrialSummary } from '@faultline/study';
import { type BasicType, fileWriter, ParquetWriter } from 'hyparquet-writer';
import { phaseLengths } from './result-row.ts';

/** Rows that are held until they are written together. */
const ROWS_PER_GROUP = 50_000;

const PHASE_COLUMNS = SEGMENT_PHASES.map(
  (phase) => `${phase.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Us`,
);

/** Durations are microseconds in doubles, which are exact far beyond a century; an infinite one never ended. */
const COLUMNS: readonly { readonly name: string; readonly type: BasicType }[] = [
  { name: 'trial', type: 'INT32' },
  { name: 'cell', type: 'INT32' },
  { name: 'label', type: 'STRING' },
  { name: 'recoveryUs', type: 'DOUBLE' },
  { name: 'failed', type: 'INT32' },
  { name: 'indeterminate', type: 'INT32' },
  { name: 'lost', type: 'INT32' },
  { name: 'lossSpanUs', type: 'DOUBLE' },
  { name: 'lostUpdates', type: 'INT32' },
  ...PHASE_COLUMNS.map((name) => ({ name, type: 'DOUBLE' as const })),
];

/**
 * The rows of a study as Parquet, with the label of each cell and a column for each phase. It is written beside its
 * place and moved there when it is whole.
 */
export class ParquetFile {
  readonly #path: string;
  readonly #labels: readonly string[];
  readonly #writer: ParquetWriter;
  #columns: (string | number)[][] = COLUMNS.map(() => []);

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
          ...(type === 'STRING'
            ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
            : { type: type as 'INT32' | 'DOUBLE' }),
        })),
      ],
    });
  }

  add(cell: number, summary: TrialSummary): void {
    const { trial, recoveryUs, failed, indeterminate, lost, lossSpanUs, lostUpdates } = summary;
    const values = [
      trial,
      cell,
      this.#labels[cell] ?? '',
      recoveryUs,
      failed,
      indeterminate,
      lost,
      lossSpanUs,
      lostUpdates,
      ...phaseLengths(summary),
    ];
    for (const [index, value] of values.entries()) this.#columns[index]?.push(value);
    if ((this.#columns[0] as unknown[]).length === ROWS_PER_GROUP) this.#writeGroup();
  }

  finish(): void {
    this.#writeGroup();
    this.#writer.finish();
    renameSync(`${this.#path}.partial`, this.#path);
  }

  #writeGroup(): void {
    const columns = this.#columns;
    if (columns[0]?.length === 0) return;
    this.#columns = COLUMNS.map(() => []);
    this.#writer.write({
      columnData: COLUMNS.map(({ name }, index) => ({ name, data: columns[index] as number[] })),
      rowGroupSize: ROWS_PER_GROUP,
    });
  }
}

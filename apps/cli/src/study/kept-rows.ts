import { join } from 'node:path';
import type { Study } from '@faultline/scenario';
import type { BlockColumns } from '@faultline/study';
import { ParquetFile } from './parquet-file.ts';
import { type RowBlock, rowLine } from './result-row.ts';
import { RowsFile } from './rows-file.ts';
import { TrialOrder } from './trial-order.ts';

export const ROWS = 'trials.ndjson';
export const PARQUET = 'trials.parquet';

/** The rows of the trials of a grid in a folder, as NDJSON and as Parquet. */
export class KeptRows {
  readonly #rows: RowsFile;
  readonly #parquet: ParquetFile;
  readonly #order: TrialOrder;
  /** Ends the command: rows are there that do not come again. */
  readonly #refuse: () => never;

  /** `digest` of the rows that have to be there; null where any may be. */
  constructor(path: string, { cells }: Study, digest: string | null, refuse: () => never) {
    this.#refuse = refuse;
    this.#rows = new RowsFile(join(path, ROWS));
    if (digest !== null && digest !== this.#rows.digestBefore) refuse();
    this.#parquet = new ParquetFile(
      join(path, PARQUET),
      cells.map(({ label }) => label),
    );
    this.#order = new TrialOrder((block, index) => this.#add(block, index));
  }

  known(cell: number, from: number, to: number): BlockColumns | undefined {
    return this.#rows.known(cell, from, to);
  }

  sink(cell: number, columns: BlockColumns): void {
    this.#order.sink(cell, columns);
    this.#rows.flush();
  }

  /** Makes both files whole. */
  finish(): { readonly count: number; readonly digest: string } {
    this.#order.flush();
    const digest = this.#rows.finish() ?? this.#refuse();
    this.#parquet.finish();
    return { count: this.#rows.rows, digest };
  }

  close(): void {
    this.#rows.close();
  }

  #add(block: RowBlock, index: number): void {
    if (!this.#rows.add(rowLine(block, index))) this.#refuse();
    this.#parquet.add(block, index);
  }
}

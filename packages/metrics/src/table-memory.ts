import { Table } from './table.ts';

/** Tables for folds that follow one another: each takes over the memory that the one before it left. */
export class TableMemory {
  readonly #tables: Table[] = [];
  #taken = 0;

  /** An empty table, which is its taker's until the next `reclaim`. */
  take(): Table {
    const known = this.#tables[this.#taken];
    const table = known ?? new Table();
    if (known === undefined) this.#tables.push(table);
    else known.clear();
    this.#taken++;
    return table;
  }

  /** Nobody reads the tables any more that were taken. */
  reclaim(): void {
    this.#taken = 0;
  }
}

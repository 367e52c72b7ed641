/**
 * The rows that the transactions of a run are about: a fixed number in use at any time, each replaced by a new one when
 * it has been written often enough, so that lists stay short. All cohorts share them, wherever they connect to.
 */
export class TransactionRows {
  readonly #places: { generation: number; writes: number }[];

  /** `places`: rows in use at any time. */
  constructor(places: number) {
    this.#places = Array.from({ length: places }, () => ({ generation: 0, writes: 0 }));
  }

  /** The row in use at a place, counted from 0. */
  at(place: number): number {
    return this.#key(place);
  }

  /** A row to write and what to write: elements count from 1 for each row, so none is written twice. */
  written(place: number, writesPerKey: number): { readonly key: number; readonly element: number } {
    const row = this.#place(place);
    if (row.writes >= writesPerKey) {
      row.generation++;
      row.writes = 0;
    }
    row.writes++;
    return { key: this.#key(place), element: row.writes };
  }

  #key(place: number): number {
    return 1 + place + this.#place(place).generation * this.#places.length;
  }

  #place(place: number): { generation: number; writes: number } {
    const found = this.#places[place];
    if (!found) throw new Error(`no row ${place} among ${this.#places.length}`);
    return found;
  }
}

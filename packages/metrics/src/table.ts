const ROWS_MIN = 64;
const COLUMNS = 3;

/** Where a table begins: most stay empty, and memory outside of the heap is dear. */
const NOTHING = new Float64Array(0);

/** A growing list of rows of three numbers without an object for each: millions of operations fit. */
export class Table {
  #values = NOTHING;
  /** Place behind the last row. */
  #end = 0;

  get rows(): number {
    return this.#end / COLUMNS;
  }

  push(first: number, second: number, third: number): void {
    const end = this.#end;
    if (end === this.#values.length) this.#grow();
    const values = this.#values;
    values[end] = first;
    values[end + 1] = second;
    values[end + 2] = third;
    this.#end = end + COLUMNS;
  }

  /** Only for `0 <= row < rows`. */
  at(row: number, column: 0 | 1 | 2): number {
    return this.#values[row * COLUMNS + column] as number;
  }

  /** The first row whose value in a column is greater than `value`, or `rows`. Only for a column that ascends. */
  firstAbove(column: 0 | 1 | 2, value: number): number {
    let low = 0;
    let high = this.rows;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle, column) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Empty again, in the memory that it has. */
  clear(): void {
    this.#end = 0;
  }

  #grow(): void {
    const grown = new Float64Array(Math.max(ROWS_MIN * COLUMNS, this.#end * 2));
    grown.set(this.#values);
    this.#values = grown;
  }
}

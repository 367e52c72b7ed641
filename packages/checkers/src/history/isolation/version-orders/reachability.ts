const BITS = 32;

/** Which vertex can be reached from which, kept as a row of bits for each vertex while edges are added. */
export class Reachability {
  readonly #size: number;
  readonly #words: number;
  readonly #rows: Uint32Array;

  constructor(size: number, rows?: Uint32Array) {
    this.#size = size;
    this.#words = Math.ceil(size / BITS);
    this.#rows = rows ?? new Uint32Array(size * this.#words);
  }

  /** Bytes that one of this size takes. */
  static bytes(size: number): number {
    return size * Math.ceil(size / BITS) * 4;
  }

  copy(): Reachability {
    return new Reachability(this.#size, this.#rows.slice());
  }

  reaches(from: number, to: number): boolean {
    return (((this.#rows[from * this.#words + (to >> 5)] as number) >>> (to & 31)) & 1) === 1;
  }

  /** Adds an edge and all that follows from it; returns how many words it looked at. */
  add(from: number, to: number): number {
    if (this.reaches(from, to)) return 1;
    let cost = this.#size;
    for (let vertex = 0; vertex < this.#size; vertex++) {
      if (vertex !== from && !this.reaches(vertex, from)) continue;
      if (this.reaches(vertex, to)) continue;
      this.#join(vertex, to);
      cost += this.#words;
    }
    return cost;
  }

  /** Adds an edge of a vertex that nothing leads to as yet, to one whose row is complete. */
  addFirst(from: number, to: number): void {
    this.#join(from, to);
  }

  #join(vertex: number, to: number): void {
    const rows = this.#rows;
    const [target, source] = [vertex * this.#words, to * this.#words];
    for (let word = 0; word < this.#words; word++)
      rows[target + word] = (rows[target + word] as number) | (rows[source + word] as number);
    const at = target + (to >> 5);
    rows[at] = (rows[at] as number) | (1 << (to & 31));
  }
}

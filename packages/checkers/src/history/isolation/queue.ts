/** Numbers of which the least, by `compare`, is taken first: a binary heap. */
export class Queue {
  readonly #compare: (a: number, b: number) => number;
  readonly #heap: number[] = [];

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  add(item: number): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#compare(heap[parent] as number, item) <= 0) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = item;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const least = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#compare(heap[child + 1] as number, heap[child] as number) < 0) child++;
      if (this.#compare(last, heap[child] as number) <= 0) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = last;
    return least;
  }
}

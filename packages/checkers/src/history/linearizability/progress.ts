import type { Call } from './calls.ts';
import type { Furthest } from './search-result.ts';

/** How far a search came, kept for the case that nothing goes further. */
export class Progress {
  readonly #calls: readonly Call<unknown>[];
  readonly #states = new Set<number>();
  #reached = -1;
  #order: Int32Array | undefined;

  constructor(calls: readonly Call<unknown>[]) {
    this.#calls = calls;
  }

  get reached(): number {
    return this.#reached;
  }

  /** Notes that so many of the calls that returned first are placed, and what the object holds then. */
  note(reached: number, state: number): void {
    if (reached < this.#reached) return;
    if (reached > this.#reached) {
      this.#reached = reached;
      this.#order = undefined;
      this.#states.clear();
    }
    this.#states.add(state);
  }

  /** Keeps the path before it is left, if it is the first that came so far. */
  keep(reached: number, path: Int32Array, depth: number): void {
    if (this.#order === undefined && reached === this.#reached) this.#order = path.slice(0, depth);
  }

  furthest(stateText: (state: number) => string): Furthest {
    const order = [...(this.#order ?? [])];
    return { order, blocking: this.#blocking(new Set(order)), states: [...this.#states].map(stateText) };
  }

  /** The call that returned first among those that are not placed. */
  #blocking(placed: ReadonlySet<number>): number {
    let blocking = -1;
    let firstReturn = Number.POSITIVE_INFINITY;
    for (const [call, { operation }] of this.#calls.entries()) {
      if (placed.has(call) || operation.completedAt >= firstReturn) continue;
      [blocking, firstReturn] = [call, operation.completedAt];
    }
    return blocking;
  }
}

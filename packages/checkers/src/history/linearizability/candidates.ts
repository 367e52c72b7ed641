import type { Call } from './calls.ts';
import { EntryList } from './entry-list.ts';
import type { Frontier } from './frontier.ts';

/** The calls that may be placed next: first those that returned, then those of which nobody knows. */
export class Candidates {
  readonly #returned: EntryList;
  readonly #doubtful: EntryList;
  readonly #frontier: Frontier;
  readonly #invokedAt: Float64Array;
  readonly #completedAt: Float64Array;

  constructor(calls: readonly Call<unknown>[], frontier: Frontier) {
    this.#returned = new EntryList(calls, ({ operation }) => operation.completedAt !== Number.POSITIVE_INFINITY);
    this.#doubtful = new EntryList(calls, ({ operation }) => operation.completedAt === Number.POSITIVE_INFINITY);
    this.#frontier = frontier;
    this.#invokedAt = Float64Array.from(calls, ({ operation }) => operation.invokedAt);
    this.#completedAt = Float64Array.from(calls, ({ operation }) => operation.completedAt);
  }

  first(): number {
    const first = this.#returned.first();
    return first === -1 ? this.#inTime(this.#doubtful.first()) : first;
  }

  following(call: number): number {
    if (this.#isDoubtful(call)) return this.#inTime(this.#doubtful.following(call));
    const next = this.#returned.following(call);
    return next === -1 ? this.#inTime(this.#doubtful.first()) : next;
  }

  /** The first of those that returned. */
  firstReturned(): number {
    return this.#returned.first();
  }

  followingReturned(call: number): number {
    return this.#returned.following(call);
  }

  lift(call: number): void {
    (this.#isDoubtful(call) ? this.#doubtful : this.#returned).lift(call);
  }

  putBack(call: number): void {
    (this.#isDoubtful(call) ? this.#doubtful : this.#returned).putBack(call);
  }

  /** A call in doubt, or -1 if it was invoked after something has returned that is not placed. */
  #inTime(call: number): number {
    if (call === -1 || this.#frontier.complete) return -1;
    return (this.#invokedAt[call] as number) < (this.#completedAt[this.#frontier.blocking] as number) ? call : -1;
  }

  #isDoubtful(call: number): boolean {
    return this.#completedAt[call] === Number.POSITIVE_INFINITY;
  }
}

import type { Call } from './calls.ts';

/**
 * Invocations and returns of calls in the order of the history, as a doubly linked list from which a call is lifted
 * when it is placed and put back when that turns out wrong (Wing and Gong 1993). Entry `i` is the invocation of call
 * `i`, entry `count + i` its return; a call that never returned has none. Only the calls that `belongs` names are in it.
 */
export class EntryList {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #returns: Uint8Array;
  readonly #count: number;
  readonly #head: number;

  constructor(calls: readonly Call<unknown>[], belongs: (call: Call<unknown>) => boolean) {
    this.#count = calls.length;
    this.#head = 2 * calls.length;
    this.#next = new Int32Array(this.#head + 1);
    this.#previous = new Int32Array(this.#head + 1);
    this.#returns = Uint8Array.from(calls, ({ operation }) =>
      Number(operation.completedAt !== Number.POSITIVE_INFINITY),
    );
    const places: { readonly entry: number; readonly at: number }[] = [];
    for (const [index, call] of calls.entries()) {
      if (!belongs(call)) continue;
      const { operation } = call;
      places.push({ entry: index, at: operation.invokedAt });
      if (this.#returns[index] === 1) places.push({ entry: this.#count + index, at: operation.completedAt });
    }
    places.sort((a, b) => a.at - b.at);
    let last = this.#head;
    for (const { entry } of places) {
      this.#link(last, entry);
      last = entry;
    }
    this.#link(last, this.#head);
  }

  /** The call whose invocation comes first, or -1 if a return or nothing does. */
  first(): number {
    return this.#callAt(this.#next[this.#head] as number);
  }

  /** The call whose invocation follows, or -1 if a return or nothing does: what comes after must wait for it. */
  following(call: number): number {
    return this.#callAt(this.#next[call] as number);
  }

  lift(call: number): void {
    this.#link(this.#previous[call] as number, this.#next[call] as number);
    if (this.#returns[call] === 0) return;
    const entry = this.#count + call;
    this.#link(this.#previous[entry] as number, this.#next[entry] as number);
  }

  /** Undoes the last {@link lift}: lifts are undone in reverse. */
  putBack(call: number): void {
    if (this.#returns[call] === 1) this.#restore(this.#count + call);
    this.#restore(call);
  }

  #callAt(entry: number): number {
    return entry < this.#count ? entry : -1;
  }

  #restore(entry: number): void {
    this.#next[this.#previous[entry] as number] = entry;
    this.#previous[this.#next[entry] as number] = entry;
  }

  #link(before: number, after: number): void {
    this.#next[before] = after;
    this.#previous[after] = before;
  }
}

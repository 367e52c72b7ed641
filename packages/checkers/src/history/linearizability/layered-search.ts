import type { Verdict } from '../history.ts';
import { clear, isSet, isWithin, set, sizeOf } from './bit-set.ts';
import { CallTable } from './call-table.ts';
import type { CallsToPlace } from './calls.ts';
import { returnsOf, slotsOf } from './frontier.ts';
import { openCalls } from './open-calls.ts';
import type { SearchBudget } from './search-result.ts';
import { IMPOSSIBLE } from './state-space.ts';

export interface LayeredResult {
  readonly verdict: Verdict;
  readonly steps: number;
  /** How many of the calls that returned first can be placed at most; one more cannot. Exact unless `unknown`. */
  readonly reached: number;
}

/** Which calls are placed, and what the object holds. */
interface Configuration {
  readonly state: number;
  /** By slot: calls that returned and are placed before their turn. */
  readonly bits: Uint32Array;
  /** Calls in doubt that are used up. */
  readonly used: Uint32Array;
  /** Set when one is found that has used less and is otherwise the same. */
  surpassed: boolean;
}

/** All configurations in which equally many calls that returned are placed without a gap. */
interface Layer {
  readonly known: Map<string, Configuration[]>;
  /** By how many calls in doubt are used up. */
  readonly waiting: Configuration[][];
}

/** Beside its bits, about. */
const BYTES_EACH = 300;

/**
 * Decides what {@link LinearizationSearch} takes too long for: histories that no order fits and that have many
 * operations in doubt. It goes through the returns one by one and keeps, of the configurations that have come so far,
 * those that used up the fewest calls in doubt: whoever has used up more, and is otherwise the same, can do no more. It
 * is exact as well, and needs no way back, but it looks at all orders of a beginning before it looks further.
 */
export class LayeredSearch<State> {
  readonly #table: CallTable<State>;
  readonly #budget: SearchBudget;
  readonly #reuses: boolean;
  readonly #byReturn: Int32Array;
  readonly #slots: Int32Array;
  readonly #bitWords: number;
  readonly #doubtful: readonly number[];
  readonly #doubtfulInTime: Int32Array;
  /** For each return the calls that are open then, of those that return. */
  readonly #open: readonly (readonly number[])[];
  readonly #layers: (Layer | undefined)[] = [];
  #steps = 0;
  #held = 0;

  /**
   * @param reuses whether a call in doubt may take effect any number of times: then there are few configurations, and
   * a history that is invalid even so is invalid; `valid` says nothing
   */
  constructor({ calls, model }: CallsToPlace<State>, budget: SearchBudget, reuses = false) {
    this.#budget = budget;
    this.#reuses = reuses;
    this.#table = new CallTable(calls, model);
    this.#byReturn = returnsOf(calls);
    const { slots, count } = slotsOf(calls, this.#byReturn);
    this.#slots = slots;
    this.#bitWords = Math.ceil(count / 32);
    const at = (call: number) => calls[call]?.operation as { readonly invokedAt: number; readonly completedAt: number };
    const ends = [...this.#byReturn].map((call) => at(call).completedAt);
    this.#doubtful = [...calls.keys()].filter((call) => at(call).completedAt === Number.POSITIVE_INFINITY);
    this.#doubtfulInTime = Int32Array.from(
      ends,
      (end) => this.#doubtful.filter((call) => at(call).invokedAt < end).length,
    );
    this.#open = openCalls(
      [...calls.keys()].filter((call) => at(call).completedAt !== Number.POSITIVE_INFINITY),
      ends,
      at,
    );
  }

  run(): LayeredResult {
    const total = this.#byReturn.length;
    const none = {
      bits: new Uint32Array(this.#bitWords),
      used: new Uint32Array(Math.ceil(this.#doubtful.length / 32)),
    };
    let reached = this.#add(0, this.#table.initial, none.bits, none.used);
    for (let at = 0; at < total && at <= reached; at++) {
      const layer = this.#layers[at];
      for (let used = 0; layer !== undefined && used < layer.waiting.length; used++) {
        for (let next = layer.waiting[used]?.pop(); next !== undefined; next = layer.waiting[used]?.pop()) {
          if (next.surpassed) continue;
          reached = Math.max(reached, this.#expand(at, next));
          if (reached === total) return { verdict: 'valid', steps: this.#steps, reached };
          if (this.#isSpent()) return { verdict: 'unknown', steps: this.#steps, reached };
        }
      }
      this.#forget(at);
    }
    return { verdict: reached === total ? 'valid' : 'invalid', steps: this.#steps, reached };
  }

  #isSpent(): boolean {
    const bytes = this.#held * (BYTES_EACH + 4 * (this.#bitWords + this.#doubtful.length / 32));
    return this.#steps > this.#budget.steps || bytes > this.#budget.bytes;
  }

  #forget(at: number): void {
    for (const some of this.#layers[at]?.known.values() ?? []) this.#held -= some.length;
    this.#layers[at] = undefined;
  }

  /** Places every call that may come next; returns the furthest that this leads. */
  #expand(at: number, { state, bits, used }: Configuration): number {
    const table = this.#table;
    let furthest = at;
    for (const call of this.#open[at] as readonly number[]) {
      this.#steps++;
      if (isSet(bits, this.#slots[call] as number) || table.isPure(call)) continue;
      if (table.spoils(call) && call !== this.#byReturn[at]) continue;
      const next = table.step(state, call);
      if (next === IMPOSSIBLE) continue;
      const placed = bits.slice();
      if (table.overwrites(call) && !table.spoils(call)) this.#placeSpoilers(at, placed);
      set(placed, this.#slots[call] as number);
      furthest = Math.max(furthest, this.#add(at, next, placed, used));
    }
    for (let index = 0; index < (this.#doubtfulInTime[at] as number); index++) {
      this.#steps++;
      const call = this.#doubtful[index] as number;
      if (isSet(used, index) || !this.#isFirstOfTwins(call, used)) continue;
      const next = table.step(state, call);
      if (next === IMPOSSIBLE || next === state) continue;
      const more = used.slice();
      if (!this.#reuses) set(more, index);
      furthest = Math.max(furthest, this.#add(at, next, bits.slice(), more));
    }
    return furthest;
  }

  #isFirstOfTwins(call: number, used: Uint32Array, twin = this.#table.twin(call)): boolean {
    return twin === -1 || (!this.#reuses && isSet(used, this.#slots[twin] as number));
  }

  #placeSpoilers(at: number, bits: Uint32Array): void {
    for (const call of this.#open[at] as readonly number[])
      if (this.#table.spoils(call)) set(bits, this.#slots[call] as number);
  }

  /** Notes a configuration in its layer, once what changes nothing is placed too; returns the layer. Changes `bits`. */
  #add(from: number, state: number, bits: Uint32Array, used: Uint32Array): number {
    const at = this.#settle(from, state, bits);
    if (at === this.#byReturn.length) return at;
    const layer: Layer = this.#layers[at] ?? { known: new Map(), waiting: [] };
    this.#layers[at] = layer;
    const key = `${state} ${bits.join()}`;
    const others = layer.known.get(key) ?? [];
    this.#steps += others.length >> 3;
    if (others.some((other) => isWithin(other.used, used))) return at;
    const left = others.filter((other) => {
      other.surpassed = isWithin(used, other.used);
      return !other.surpassed;
    });
    const configuration: Configuration = { state, bits, used, surpassed: false };
    this.#held += 1 + left.length - others.length;
    left.push(configuration);
    layer.known.set(key, left);
    while (layer.waiting.length <= sizeOf(used)) layer.waiting.push([]);
    layer.waiting[sizeOf(used)]?.push(configuration);
    return at;
  }

  /** Places what changes nothing and fits, and goes on to the first return that is not placed. */
  #settle(from: number, state: number, bits: Uint32Array): number {
    let at = from;
    for (let moved = true; moved && at < this.#byReturn.length; ) {
      moved = false;
      for (const call of this.#open[at] as readonly number[]) {
        const slot = this.#slots[call] as number;
        if (!isSet(bits, slot) && this.#isIdle(call, state)) set(bits, slot);
      }
      for (; at < this.#byReturn.length; at++) {
        const slot = this.#slots[this.#byReturn[at] as number] as number;
        if (!isSet(bits, slot)) break;
        clear(bits, slot);
        moved = true;
      }
    }
    return at;
  }

  #isIdle(call: number, state: number): boolean {
    if (this.#table.spoils(call)) return state === this.#table.bottom;
    return this.#table.isPure(call) && this.#table.step(state, call) !== IMPOSSIBLE;
  }
}

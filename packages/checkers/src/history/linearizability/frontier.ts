import type { Call } from './calls.ts';

/**
 * Which calls are placed, told in few bits. All calls that returned before the first one that returned and is not yet
 * placed (the frontier) are placed; besides them only calls may be that are open at that return. Calls that are open
 * at one time hold different slots, so the frontier and one bit per slot say it all, however long the history is.
 */
export class Frontier {
  /** Calls by their returns. */
  readonly #byReturn: Int32Array;
  readonly #slot: Int32Array;
  readonly #placed: Uint8Array;
  /** One bit for each slot of calls that returned. */
  readonly bits: Uint32Array;
  /** One bit for each call that never returned. */
  readonly doubtful: Uint32Array;
  readonly #returns: Uint8Array;
  #reached = 0;

  constructor(calls: readonly Call<unknown>[]) {
    this.#byReturn = returnsOf(calls);
    this.#placed = new Uint8Array(calls.length);
    this.#returns = Uint8Array.from(calls, ({ operation }) =>
      Number(operation.completedAt !== Number.POSITIVE_INFINITY),
    );
    const { slots, count } = slotsOf(calls, this.#byReturn);
    this.#slot = slots;
    this.bits = new Uint32Array(Math.ceil(count / 32));
    this.doubtful = new Uint32Array(Math.ceil((calls.length - this.#byReturn.length) / 32));
  }

  /** How many of the calls that returned are placed without a gap. */
  get reached(): number {
    return this.#reached;
  }

  get complete(): boolean {
    return this.#reached === this.#byReturn.length;
  }

  /** The call that returned first among those not placed. */
  get blocking(): number {
    return this.#byReturn[this.#reached] as number;
  }

  isPlaced(call: number): boolean {
    return this.#placed[call] === 1;
  }

  place(call: number): void {
    this.#placed[call] = 1;
    this.#flip(call);
    while (this.#reached < this.#byReturn.length && this.#placed[this.blocking] === 1) {
      this.#flip(this.blocking);
      this.#reached++;
    }
  }

  /** Undoes the last {@link place}. */
  takeBack(call: number, reachedBefore: number): void {
    while (this.#reached > reachedBefore) {
      this.#reached--;
      this.#flip(this.blocking);
    }
    this.#flip(call);
    this.#placed[call] = 0;
  }

  #flip(call: number): void {
    const slot = this.#slot[call] as number;
    const bits = this.#returns[call] === 1 ? this.bits : this.doubtful;
    bits[slot >> 5] = (bits[slot >> 5] as number) ^ (1 << (slot & 31));
  }
}

/** The calls that returned, by their returns. */
export function returnsOf(calls: readonly Call<unknown>[]): Int32Array {
  const returning = calls.flatMap(({ operation }, index) =>
    operation.completedAt === Number.POSITIVE_INFINITY ? [] : [{ index, at: operation.completedAt }],
  );
  returning.sort((a, b) => a.at - b.at);
  return Int32Array.from(returning, ({ index }) => index);
}

/**
 * Gives each call that returned a slot that no call holds which is open when it is invoked, and each that never
 * returned one of its own.
 */
export function slotsOf(
  calls: readonly Call<unknown>[],
  byReturn: Int32Array,
): { readonly slots: Int32Array; readonly count: number } {
  const slots = new Int32Array(calls.length);
  const free: number[] = [];
  let count = 0;
  let returned = 0;
  let doubtful = 0;
  for (const [index, { operation }] of calls.entries()) {
    if (operation.completedAt === Number.POSITIVE_INFINITY) {
      slots[index] = doubtful++;
      continue;
    }
    for (; returned < byReturn.length; returned++) {
      const earlier = byReturn[returned] as number;
      if ((calls[earlier] as Call<unknown>).operation.completedAt > operation.invokedAt) break;
      free.push(slots[earlier] as number);
    }
    slots[index] = free.pop() ?? count++;
  }
  return { slots, count };
}

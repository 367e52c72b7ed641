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
  /** One bit for each slot. */
  readonly bits: Uint32Array;
  #reached = 0;

  constructor(calls: readonly Call<unknown>[]) {
    const returning = calls.flatMap(({ operation }, index) =>
      operation.completedAt === Number.POSITIVE_INFINITY ? [] : [{ index, at: operation.completedAt }],
    );
    returning.sort((a, b) => a.at - b.at);
    this.#byReturn = Int32Array.from(returning, ({ index }) => index);
    this.#placed = new Uint8Array(calls.length);
    const { slots, count } = slotsOf(calls, this.#byReturn);
    this.#slot = slots;
    this.bits = new Uint32Array(Math.ceil(count / 32));
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
    this.bits[slot >> 5] = (this.bits[slot >> 5] as number) ^ (1 << (slot & 31));
  }
}

/** Gives each call the lowest slot that no call holds which is open when it is invoked. */
function slotsOf(calls: readonly Call<unknown>[], byReturn: Int32Array): { slots: Int32Array; count: number } {
  const slots = new Int32Array(calls.length);
  const free: number[] = [];
  let count = 0;
  let returned = 0;
  for (const [index, { operation }] of calls.entries()) {
    for (; returned < byReturn.length; returned++) {
      const earlier = byReturn[returned] as number;
      if ((calls[earlier] as Call<unknown>).operation.completedAt > operation.invokedAt) break;
      free.push(slots[earlier] as number);
    }
    slots[index] = free.pop() ?? count++;
  }
  return { slots, count };
}

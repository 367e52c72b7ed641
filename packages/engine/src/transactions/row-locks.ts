/** Somebody who holds rows: compared by identity only. */
type Owner = object;

interface Waiter {
  readonly owner: Owner;
  readonly granted: () => void;
}

/** Rows that transactions have changed and not given back: whoever wants the same row waits in line. */
export class RowLocks {
  readonly #holders = new Map<number, Owner>();
  readonly #lines = new Map<number, Waiter[]>();
  readonly #waitsFor = new Map<Owner, number>();

  /** True when the row is the owner's at once; else `granted` is called when it is. */
  acquire(key: number, owner: Owner, granted: () => void): boolean {
    const holder = this.#holders.get(key);
    if (holder === undefined || holder === owner) {
      this.#holders.set(key, owner);
      return true;
    }
    this.#waitsFor.set(owner, key);
    const line = this.#lines.get(key);
    if (line) line.push({ owner, granted });
    else this.#lines.set(key, [{ owner, granted }]);
    return false;
  }

  /** The owner gives back all that it holds, and waits no longer. */
  release(owner: Owner): void {
    this.#leaveLine(owner);
    const held = [...this.#holders].filter(([, holder]) => holder === owner).map(([key]) => key);
    for (const key of held) this.#passOn(key);
  }

  #leaveLine(owner: Owner): void {
    const key = this.#waitsFor.get(owner);
    if (key === undefined) return;
    this.#waitsFor.delete(owner);
    const line = this.#lines.get(key) ?? [];
    this.#lines.set(
      key,
      line.filter((waiter) => waiter.owner !== owner),
    );
  }

  #passOn(key: number): void {
    const line = this.#lines.get(key);
    const next = line?.shift();
    if (line?.length === 0) this.#lines.delete(key);
    if (next === undefined) {
      this.#holders.delete(key);
      return;
    }
    this.#holders.set(key, next.owner);
    this.#waitsFor.delete(next.owner);
    next.granted();
  }
}

/**
 * Why one transaction comes before another (Adya, Liskov and O'Neil 2000). `ww`: the second overwrites what the first
 * wrote. `wr`: it reads it. `rw`: it overwrites what the first read. `process` and `realtime`: it begins after the
 * first has ended, in the same process or anywhere.
 */
export type Relation = 'ww' | 'wr' | 'rw' | 'process' | 'realtime';

/**
 * What an order of versions rests on. `observed`: it was read, or no other is possible. `writes-follow-reads`: a
 * transaction read the one and wrote the other, which says the order only if nothing dirty is read. `process` and
 * `realtime`: the order in which transactions of one process, or of all, met the versions, which says it only if
 * every process sees no older state than before.
 */
export type Basis = 'observed' | 'writes-follow-reads' | 'process' | 'realtime';

export interface Dependency {
  readonly from: number;
  readonly to: number;
  readonly relation: Relation;
  readonly basis: Basis;
  /** The key, for data. */
  readonly key?: string;
  /** One sentence about the two, which are called by the names that it is given. */
  because(from: string, to: string): string;
}

/** Bits by which a search tells which dependencies it may use. */
export const BIT = {
  ww: 1,
  /** The second was written by who read the first: no pure write dependency. */
  wwAfterRead: 2,
  wr: 4,
  rw: 8,
  process: 16,
  wwByProcess: 32,
  rwByProcess: 64,
  realtime: 128,
  wwByRealtime: 256,
  rwByRealtime: 512,
} as const;

function bitOf({ relation, basis }: Dependency): number {
  if (relation === 'ww') {
    if (basis === 'process') return BIT.wwByProcess;
    if (basis === 'realtime') return BIT.wwByRealtime;
    return basis === 'observed' ? BIT.ww : BIT.wwAfterRead;
  }
  if (relation === 'rw') {
    if (basis === 'process') return BIT.rwByProcess;
    return basis === 'realtime' ? BIT.rwByRealtime : BIT.rw;
  }
  return BIT[relation];
}

/** Dependencies between transactions by number, each way of an ordered pair kept once for each bit. */
export class DependencyGraph {
  readonly size: number;
  readonly #out: Dependency[][];
  readonly #bits: number[][];
  /** Every bit that occurs. */
  #present = 0;

  constructor(size: number) {
    this.size = size;
    this.#out = Array.from({ length: size }, () => []);
    this.#bits = Array.from({ length: size }, () => []);
  }

  /** Adds a dependency. One of a transaction on itself says nothing and is left out. */
  add(dependency: Dependency): void {
    const { from, to } = dependency;
    if (from === to) return;
    const bit = bitOf(dependency);
    this.#present |= bit;
    (this.#out[from] as Dependency[]).push(dependency);
    (this.#bits[from] as number[]).push(bit);
  }

  get present(): number {
    return this.#present;
  }

  /** What depends on this transaction, all kinds together. */
  out(from: number): readonly Dependency[] {
    return this.#out[from] as Dependency[];
  }

  /** The bit of each entry of {@link out}. */
  bits(from: number): readonly number[] {
    return this.#bits[from] as number[];
  }
}

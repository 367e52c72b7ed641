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

/** What a dependency was inferred from; many may share one. */
export interface Reason {
  /** The key, for data. */
  readonly key?: string;
  /** One sentence about the two, which are called by the names that it is given. */
  because(dependency: Dependency, from: string, to: string): string;
}

export interface Dependency {
  readonly from: number;
  readonly to: number;
  readonly relation: Relation;
  readonly basis: Basis;
  readonly reason: Reason;
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

/** Relation and basis of each bit; a version order by what was read first is told apart only for `ww`. */
const MEANING: ReadonlyMap<number, readonly [Relation, Basis]> = new Map<number, readonly [Relation, Basis]>([
  [BIT.ww, ['ww', 'observed']],
  [BIT.wwAfterRead, ['ww', 'writes-follow-reads']],
  [BIT.wr, ['wr', 'observed']],
  [BIT.rw, ['rw', 'observed']],
  [BIT.process, ['process', 'observed']],
  [BIT.wwByProcess, ['ww', 'process']],
  [BIT.rwByProcess, ['rw', 'process']],
  [BIT.realtime, ['realtime', 'observed']],
  [BIT.wwByRealtime, ['ww', 'realtime']],
  [BIT.rwByRealtime, ['rw', 'realtime']],
]);

function bitOf(relation: Relation, basis: Basis): number {
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

const FIRST_ROOM = 1 << 10;

/**
 * Dependencies between transactions by number. Histories are long, so an edge is three numbers and what it shares with
 * others, its reason. Edges have numbers too: those of transaction `v` are `start(v)` to `start(v + 1)`, exclusively.
 */
export class DependencyGraph {
  readonly size: number;
  #from: Int32Array = new Int32Array(FIRST_ROOM);
  #to: Int32Array = new Int32Array(FIRST_ROOM);
  #bits: Uint16Array = new Uint16Array(FIRST_ROOM);
  #reasons: Reason[] = [];
  #starts: Int32Array | undefined;
  /** The order in which edges were added, by number. */
  #numbers: Int32Array = new Int32Array(0);

  constructor(size: number) {
    this.size = size;
  }

  /** Adds a dependency. One of a transaction on itself says nothing and is left out. */
  add(from: number, to: number, relation: Relation, basis: Basis, reason: Reason): void {
    if (from === to) return;
    const at = this.#reasons.length;
    if (at === this.#to.length) this.#grow();
    this.#from[at] = from;
    this.#to[at] = to;
    this.#bits[at] = bitOf(relation, basis);
    this.#reasons.push(reason);
    this.#starts = undefined;
  }

  copy(): DependencyGraph {
    const copy = new DependencyGraph(this.size);
    [copy.#from, copy.#to, copy.#bits] = [this.#from.slice(), this.#to.slice(), this.#bits.slice()];
    copy.#reasons = [...this.#reasons];
    return copy;
  }

  /** The number of the first edge of a transaction. */
  start(from: number): number {
    this.#starts ??= this.#sort();
    return this.#starts[from] as number;
  }

  target(edge: number): number {
    return this.#to[this.#numbers[edge] as number] as number;
  }

  bit(edge: number): number {
    return this.#bits[this.#numbers[edge] as number] as number;
  }

  /** Calls `visit` with each transaction that depends on this one, as often as it does. */
  forEachTarget(from: number, visit: (to: number) => void): void {
    for (let edge = this.start(from); edge < this.start(from + 1); edge++) visit(this.target(edge));
  }

  dependency(edge: number): Dependency {
    const at = this.#numbers[edge] as number;
    const [relation, basis] = MEANING.get(this.#bits[at] as number) as readonly [Relation, Basis];
    return {
      from: this.#from[at] as number,
      to: this.#to[at] as number,
      relation,
      basis,
      reason: this.#reasons[at] as Reason,
    };
  }

  #sort(): Int32Array {
    const starts = new Int32Array(this.size + 2);
    const edges = this.#reasons.length;
    for (let at = 0; at < edges; at++) {
      const next = (this.#from[at] as number) + 2;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let vertex = 2; vertex < starts.length; vertex++)
      starts[vertex] = (starts[vertex] as number) + (starts[vertex - 1] as number);
    this.#numbers = new Int32Array(edges);
    for (let at = 0; at < edges; at++) {
      const slot = (this.#from[at] as number) + 1;
      const edge = starts[slot] as number;
      this.#numbers[edge] = at;
      starts[slot] = edge + 1;
    }
    return starts;
  }

  #grow(): void {
    const [from, to, bits] = [this.#from, this.#to, this.#bits];
    this.#from = new Int32Array(2 * from.length);
    this.#to = new Int32Array(2 * to.length);
    this.#bits = new Uint16Array(2 * bits.length);
    this.#from.set(from);
    this.#to.set(to);
    this.#bits.set(bits);
  }
}

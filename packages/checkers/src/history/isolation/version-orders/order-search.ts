import type { EdgeBudget } from '../cycle-search.ts';
import type { DependencyGraph } from '../dependency.ts';
import { type CycleRule, LAYERINGS, type Layering } from './cycle-rule.ts';
import { knownOrder } from './known-order.ts';
import type { OpenOrder, OpenPair, OpenVersion } from './open-order.ts';
import { Reachability } from './reachability.ts';

/** More than this is not held at a time, with all copies. */
const MOST_BYTES = 1 << 28;
const MOST_PAIRS = 2_000_000;
/** Of bits that are looked at together: many of them cost what one step of other searches does. */
const WORDS_IN_STEP = 16;

export interface OrderSearchResult {
  readonly verdict: 'possible' | 'impossible' | 'unknown';
  /** Pairs whose order follows from what was known, in the order in which it was found. */
  readonly forced: readonly OpenPair[];
  /** The pair of which neither order is possible, if none had to be tried before. */
  readonly conflict: OpenPair | undefined;
}

/** A pair of which neither order is possible. */
class Conflict {
  readonly pair: OpenPair;
  constructor(pair: OpenPair) {
    this.pair = pair;
  }
}

class BudgetSpent extends Error {}

/**
 * Looks for an order of the versions of each key that closes no forbidden cycle, as in a polygraph (Papadimitriou
 * 1979): of each two versions one comes first; where one order would close a cycle, the other is certain (Tan et al.,
 * "Cobra", OSDI 2020); what is left is tried. `graph` has no forbidden cycle to begin with.
 */
export class OrderSearch {
  readonly #layering: Layering;
  readonly #budget: EdgeBudget;
  readonly #size: number;
  readonly #bytes: number;
  /** Undefined if there are too many, or too many transactions. */
  readonly #pairs: readonly OpenPair[] | undefined;

  constructor(size: number, orders: readonly OpenOrder[], rule: CycleRule, budget: EdgeBudget) {
    this.#layering = LAYERINGS[rule.wanted.anti];
    this.#size = size * this.#layering.layers;
    this.#bytes = Reachability.bytes(this.#size);
    this.#budget = budget;
    this.#pairs = this.#bytes > MOST_BYTES || pairCount(orders) > MOST_PAIRS ? undefined : pairsOf(orders);
  }

  /**
   * @param guesses Instants by writer, of each of which an order is guessed before all are tried: the version that was
   * written first comes first, wherever that is possible.
   */
  run(graph: DependencyGraph, rule: CycleRule, guesses: readonly Float64Array[]): OrderSearchResult {
    const forced: OpenPair[] = [];
    const decide = (): Pick<OrderSearchResult, 'verdict'> & { readonly conflict?: OpenPair } => {
      const guess = this.#guess(graph, rule, guesses, forced);
      if (guess === undefined) return { verdict: 'unknown' };
      if (guess instanceof Conflict) return { verdict: 'impossible', conflict: guess.pair };
      const { known, open, isRight } = guess;
      const isPossible = isRight || this.#isPossible(known, open, MOST_BYTES - this.#bytes);
      return { verdict: isPossible ? 'possible' : 'impossible' };
    };
    const { verdict, conflict } = this.#withinBudget(decide) ?? { verdict: 'unknown' };
    return { verdict, forced, conflict };
  }

  /** Whether one of the guesses is right; if none is, there may be an order all the same. */
  isGuessed(graph: DependencyGraph, rule: CycleRule, guesses: readonly Float64Array[]): boolean {
    const guess = this.#withinBudget(() => this.#guess(graph, rule, guesses, []));
    return guess !== undefined && !(guess instanceof Conflict) && guess.isRight;
  }

  #guess(
    graph: DependencyGraph,
    rule: CycleRule,
    guesses: readonly Float64Array[],
    forced: OpenPair[],
  ):
    | { readonly known: Reachability; readonly open: readonly OpenPair[]; readonly isRight: boolean }
    | Conflict
    | undefined {
    const known = this.#pairs && knownOrder(graph, this.#layering, rule, (words) => this.#spend(words));
    if (this.#pairs === undefined || known === undefined) return undefined;
    const open = this.#settle(known, this.#pairs, forced);
    if (open instanceof Conflict) return open;
    return { known, open, isRight: guesses.some((writtenAt) => this.#fits(known, open, writtenAt)) };
  }

  #withinBudget<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      return undefined;
    }
  }

  /** Adds whatever is certain until nothing more is, and returns the pairs that are left. */
  #settle(known: Reachability, pairs: readonly OpenPair[], forced?: OpenPair[]): readonly OpenPair[] | Conflict {
    let open = pairs;
    for (;;) {
      const left: OpenPair[] = [];
      for (const pair of open) {
        const { key, first, second } = pair;
        const canBeFirst = !this.#closes(known, first, second);
        const canBeSecond = !this.#closes(known, second, first);
        if (!canBeFirst && !canBeSecond) return new Conflict(pair);
        if (canBeFirst && canBeSecond) left.push(pair);
        else {
          const certain = canBeFirst ? pair : { key, first: second, second: first };
          this.#add(known, certain.first, certain.second);
          forced?.push(certain);
        }
      }
      if (left.length === open.length) return left;
      open = left;
    }
  }

  /** Whether the pairs can be put in order one by one, as the guess says or, where that is impossible, the other way. */
  #fits(known: Reachability, open: readonly OpenPair[], writtenAt: Float64Array): boolean {
    if (2 * this.#bytes > MOST_BYTES) return false;
    const supposed = known.copy();
    this.#spend(this.#bytes >> 2);
    const at = ({ writer }: OpenVersion): number => writtenAt[writer] as number;
    const guessed = open.map(({ key, first, second }) =>
      at(first) <= at(second) ? { key, first, second } : { key, first: second, second: first },
    );
    guessed.sort((a, b) => at(a.second) - at(b.second) || at(b.first) - at(a.first));
    return guessed.every(({ first, second }) => {
      const isAsGuessed = !this.#closes(supposed, first, second);
      if (!isAsGuessed && this.#closes(supposed, second, first)) return false;
      if (isAsGuessed) this.#add(supposed, first, second);
      else this.#add(supposed, second, first);
      return true;
    });
  }

  /** Tries both orders of the first pair that is left, in depth. */
  #isPossible(known: Reachability, open: readonly OpenPair[], bytesLeft: number): boolean {
    const [pair, ...others] = open;
    if (pair === undefined) return true;
    if (bytesLeft < this.#bytes) throw new BudgetSpent();
    const { first, second } = pair;
    for (const [before, after] of [
      [first, second],
      [second, first],
    ] as const) {
      const supposed = known.copy();
      this.#spend(this.#bytes >> 2);
      this.#add(supposed, before, after);
      const left = this.#settle(supposed, others);
      if (!(left instanceof Conflict) && this.#isPossible(supposed, left, bytesLeft - this.#bytes)) return true;
    }
    return false;
  }

  #closes(known: Reachability, before: OpenVersion, after: OpenVersion): boolean {
    this.#spend(WORDS_IN_STEP * (1 + before.readers.length));
    if (this.#closesOne(known, before.writer, after.writer, false)) return true;
    if (!this.#layering.countsMissed) return false;
    return before.readers.some(
      (reader) => reader !== after.writer && this.#closesOne(known, reader, after.writer, true),
    );
  }

  #closesOne(known: Reachability, from: number, to: number, isMissed: boolean): boolean {
    return this.#layering.closing(from, to, isMissed).some(([start, end]) => known.reaches(start, end));
  }

  #add(known: Reachability, before: OpenVersion, after: OpenVersion): void {
    this.#addOne(known, before.writer, after.writer, false);
    if (!this.#layering.countsMissed) return;
    for (const reader of before.readers) if (reader !== after.writer) this.#addOne(known, reader, after.writer, true);
  }

  #addOne(known: Reachability, from: number, to: number, isMissed: boolean): void {
    for (const [start, end] of this.#layering.edges(from, to, isMissed)) this.#spend(known.add(start, end));
  }

  #spend(words: number): void {
    this.#budget.left -= words / WORDS_IN_STEP;
    if (this.#budget.left < 0) throw new BudgetSpent();
  }
}

function pairsOf(orders: readonly OpenOrder[]): readonly OpenPair[] {
  return orders.flatMap(({ key, versions }) =>
    versions.flatMap((first, at) => versions.slice(at + 1).map((second) => ({ key, first, second }))),
  );
}

const pairCount = (orders: readonly OpenOrder[]): number =>
  orders.reduce((count, { versions }) => count + (versions.length * (versions.length - 1)) / 2, 0);

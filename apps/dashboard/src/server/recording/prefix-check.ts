import type { TraceStore } from './trace-store.ts';

/**
 * The common past of a new run and the one that it takes the place of: compares the new run with the old one, record by record up to an instant: an intervention may
 * change nothing before it happens. Headers differ, since they hold the scenario.
 */
export class PrefixCheck {
  readonly store: TraceStore;
  /** Records before this place have to be the same. */
  readonly untilSeq: number;
  readonly #told: (message: string) => void;
  #isTold = false;

  /** @param told Called at the first difference, if there is one. */
  constructor(
    old: { readonly store: TraceStore; readonly reachedUs: number },
    beforeUs: number,
    told: (message: string) => void,
  ) {
    this.store = old.store;
    this.untilSeq = old.store.seqAfter(Math.min(beforeUs - 1, old.reachedUs));
    this.#told = told;
  }

  see(seq: number, line: string): void {
    if (seq === 0 || seq >= this.untilSeq || this.#isTold) return;
    const [known] = this.store.lines(seq, seq + 1);
    if (known === line) return;
    this.#isTold = true;
    this.#told(`record ${seq} was ${known ?? 'missing'} and is ${line}`);
  }
}

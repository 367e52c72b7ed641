import { TraceReader } from './trace-reader.ts';
import type { TraceStore } from './trace-store.ts';

/**
 * The common past of a new run and the one that it takes the place of: compares the new run with the old one, record by
 * record up to an instant, since an intervention may change nothing before it happens. Headers differ: they hold the
 * scenario.
 */
export class PrefixCheck {
  readonly store: TraceStore;
  /** Records before this place have to be the same. */
  readonly untilSeq: number;
  readonly #reader: TraceReader;
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
    this.#reader = new TraceReader(old.store);
    this.#told = told;
  }

  /** @param lines Of the new run, from `fromSeq` on. */
  compare(fromSeq: number, lines: readonly string[]): void {
    const from = Math.max(1, fromSeq);
    const until = Math.min(this.untilSeq, fromSeq + lines.length);
    if (this.#isTold || from >= until) return;
    const known = this.#reader.lines(from, until);
    for (let seq = from; seq < until; seq++) {
      const [was, is] = [known[seq - from], lines[seq - fromSeq]];
      if (was === is) continue;
      this.#isTold = true;
      this.#told(`record ${seq} was ${was ?? 'missing'} and is ${is}`);
      return;
    }
  }
}

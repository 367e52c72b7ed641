import type { Recording, Witness } from './recording.ts';

/**
 * Compares a new run with the one that it takes the place of, record by record up to an instant: an intervention may
 * change nothing before it happens. Headers differ, since they hold the scenario.
 */
export class PrefixCheck {
  readonly #old: Recording;
  readonly #untilSeq: number;
  readonly #told: (message: string) => void;
  #isTold = false;

  /** @param told Called at the first difference, if there is one. */
  constructor(old: Recording, beforeUs: number, told: (message: string) => void) {
    this.#old = old;
    this.#untilSeq = old.store.seqAfter(Math.min(beforeUs - 1, old.reachedUs));
    this.#told = told;
  }

  readonly witness: Witness = (seq, line) => {
    if (seq === 0 || seq >= this.#untilSeq || this.#isTold) return;
    const [known] = this.#old.store.lines(seq, seq + 1);
    if (known === line) return;
    this.#isTold = true;
    this.#told(`record ${seq} was ${known ?? 'missing'} and is ${line}`);
  };
}

/** Records that were simulated in a hurry, over all runs of a server, at most: about 300 bytes each. */
const RECORDS_MAX = 400_000;

/**
 * Records that are simulated and not written down yet, over all runs of a server. Until they are written and packed
 * they take ten times the memory, so that nobody may hurry ahead of the writing without bounds.
 */
export class Backlog {
  readonly #recordsMax: number;
  records = 0;

  constructor(recordsMax = RECORDS_MAX) {
    this.#recordsMax = recordsMax;
  }

  get isFull(): boolean {
    return this.records >= this.#recordsMax;
  }
}

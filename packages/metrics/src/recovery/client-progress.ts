const NEVER = Number.POSITIVE_INFINITY;

/** When each client of a cohort worked again: its first success that was invoked after the last one that went wrong. */
export class ClientProgress {
  readonly #clients: number;
  // One place more than clients, so that they may be counted from 0 or from 1.
  readonly #wrongUs: Float64Array;
  /** Invocation and completion of the first success after `#wrongUs`. */
  readonly #invokedUs: Float64Array;
  readonly #workingUs: Float64Array;
  /** Invocation and completion of the newest success. */
  readonly #newestUs: Float64Array;
  readonly #newestDoneUs: Float64Array;

  constructor(clients: number) {
    this.#clients = clients;
    this.#wrongUs = new Float64Array(clients + 1).fill(-1);
    this.#invokedUs = new Float64Array(clients + 1).fill(NEVER);
    this.#workingUs = new Float64Array(clients + 1).fill(NEVER);
    this.#newestUs = new Float64Array(clients + 1).fill(-1);
    this.#newestDoneUs = new Float64Array(clients + 1).fill(-1);
  }

  succeeded(client: number, invokedAtUs: number, completedAtUs: number): void {
    this.#newestUs[client] = invokedAtUs;
    this.#newestDoneUs[client] = completedAtUs;
    if (this.#workingUs[client] === NEVER && invokedAtUs > (this.#wrongUs[client] as number)) {
      this.#invokedUs[client] = invokedAtUs;
      this.#workingUs[client] = completedAtUs;
    }
  }

  /**
   * An operation went wrong. If the client had successes both before and after its invocation (it has many
   * connections), the newest stands for the first one after: an upper bound.
   */
  wentWrong(client: number, invokedAtUs: number): void {
    if (invokedAtUs <= (this.#wrongUs[client] as number)) return;
    this.#wrongUs[client] = invokedAtUs;
    if (invokedAtUs < (this.#invokedUs[client] as number) && this.#invokedUs[client] !== NEVER) return;
    const later = (this.#newestUs[client] as number) > invokedAtUs;
    this.#invokedUs[client] = later ? (this.#newestUs[client] as number) : NEVER;
    this.#workingUs[client] = later ? (this.#newestDoneUs[client] as number) : NEVER;
  }

  /** The instant from which this share of the clients works; Infinity for never. Clients without trouble count from `faultUs`. */
  shareWorkingUs(share: number, faultUs: number): number {
    const times: number[] = [];
    for (let client = 0; client < this.#wrongUs.length; client++) {
      if ((this.#wrongUs[client] as number) >= 0) times.push(this.#workingUs[client] as number);
    }
    times.sort((a, b) => a - b);
    const needed = Math.ceil(share * this.#clients);
    const untroubled = this.#clients - times.length;
    return needed <= untroubled ? faultUs : (times[needed - untroubled - 1] as number);
  }
}

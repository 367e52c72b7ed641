const NEVER = Number.POSITIVE_INFINITY;
/** Before every instant. */
const BEFORE = Number.NEGATIVE_INFINITY;

/** When each client of a cohort worked again: its first success that was invoked after the last one that went wrong. */
export class ClientProgress {
  readonly #clients: number;
  readonly #wrongUs: number[];
  /** Invocation and completion of the first success after `#wrongUs`. */
  readonly #invokedUs: number[];
  readonly #workingUs: number[];
  /** Invocation and completion of the newest success. */
  readonly #newestUs: number[];
  readonly #newestDoneUs: number[];
  /** The instant that was asked for last, and the first client that is not known to have worked since. */
  #sinceUs = BEFORE;
  #awaited = 0;

  constructor(clients: number) {
    this.#clients = clients;
    // One place more than clients, so that they may be counted from 0 or from 1. Lists of numbers, which the language
    // keeps unboxed as well, are made in a tenth of the time of typed arrays.
    const places = clients + 1;
    this.#wrongUs = new Array<number>(places).fill(BEFORE);
    this.#invokedUs = new Array<number>(places).fill(NEVER);
    this.#workingUs = new Array<number>(places).fill(NEVER);
    this.#newestUs = new Array<number>(places).fill(BEFORE);
    this.#newestDoneUs = new Array<number>(places).fill(BEFORE);
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
    // The first success after it is still that, or has yet to come: nearly all of an outage is this.
    if (invokedAtUs < (this.#invokedUs[client] as number)) return;
    const later = (this.#newestUs[client] as number) > invokedAtUs;
    this.#invokedUs[client] = later ? (this.#newestUs[client] as number) : NEVER;
    this.#workingUs[client] = later ? (this.#newestDoneUs[client] as number) : NEVER;
  }

  /** Whether every client has had a success that was invoked at an instant or later. */
  allWorkSince(sinceUs: number): boolean {
    if (sinceUs !== this.#sinceUs) {
      this.#sinceUs = sinceUs;
      this.#awaited = 0;
    }
    while (this.#awaited < this.#clients && (this.#newestUs[this.#awaited] as number) >= sinceUs) this.#awaited++;
    return this.#awaited === this.#clients;
  }

  /** The instant from which this share of the clients works; Infinity for never. Clients without trouble count from `faultUs`. */
  shareWorkingUs(share: number, faultUs: number): number {
    const spared = this.#clients - Math.ceil(share * this.#clients);
    // The share is nearly all: of those in trouble, the latest, one more than are spared. The first is the latest of all.
    const latestUs: number[] = [];
    for (let client = 0; client < this.#wrongUs.length; client++) {
      if (this.#wrongUs[client] === BEFORE) continue;
      const atUs = this.#workingUs[client] as number;
      if (latestUs.length > spared && atUs <= (latestUs[spared] as number)) continue;
      let place = Math.min(latestUs.length, spared);
      for (; place > 0 && (latestUs[place - 1] as number) < atUs; place--)
        latestUs[place] = latestUs[place - 1] as number;
      latestUs[place] = atUs;
    }
    return latestUs[spared] ?? faultUs;
  }
}

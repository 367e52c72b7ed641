import type { ClientPath } from './client-paths.ts';
import type { Successes } from './successes.ts';

/** A time in which a cohort's operations did not succeed, or not reliably. Times are invocations, in microseconds. */
export interface Interruption {
  /** Invocation of the first operation that went wrong. */
  fromUs: number;
  /** Invocation of the last one, and its client. */
  lastUs: number;
  lastClient: number;
  /** Completion of the first success that was invoked after `lastUs`; Infinity while there is none. */
  endUs: number;
  /** How the last client got there: what is known of its look-ups and connections when it ended. */
  path: ClientPath | null;
}

/**
 * The interruptions of one cohort and action, in order of time.
 *
 * Operations are told in the order of completion but judged by their invocation, so one may fall into an
 * interruption that is over, extend it, begin one in the past, or join two.
 */
export class Interruptions {
  readonly #list: Interruption[] = [];
  readonly #stableForUs: number;
  readonly #successes: Successes;
  #open: Interruption | null = null;

  /** Interruptions end with successes that somebody else adds. */
  constructor(stableForUs: number, successes: Successes) {
    this.#stableForUs = stableForUs;
    this.#successes = successes;
  }

  get list(): readonly Interruption[] {
    return this.#list;
  }

  get last(): Interruption | undefined {
    return this.#list[this.#list.length - 1];
  }

  /** The last one while it has not ended; else null. */
  get open(): Interruption | null {
    return this.#open;
  }

  /** Whether an operation invoked at this instant belongs to an interruption that is known already. */
  covers(atUs: number): boolean {
    for (const known of this.#list) if (known.fromUs <= atUs && atUs <= known.lastUs) return true;
    return false;
  }

  /** An operation went wrong. Returns the interruption when this changed its end, else null. */
  add(atUs: number, client: number): Interruption | null {
    const open = this.#open;
    if (open !== null && atUs > open.lastUs) {
      // It goes on, as in nearly all of an outage: no success has been invoked since the last one, let alone since this.
      open.lastUs = atUs;
      open.lastClient = client;
      return open;
    }
    const changed = this.#insert(atUs, client);
    const last = this.last as Interruption;
    this.#open = last.endUs === Number.POSITIVE_INFINITY ? last : null;
    return changed;
  }

  /** Any place among those that are known may be its own. */
  #insert(atUs: number, client: number): Interruption | null {
    let place = this.#list.length - 1;
    while (place >= 0 && (this.#list[place] as Interruption).fromUs > atUs) place--;
    const before = place < 0 ? null : (this.#list[place] as Interruption);
    if (before !== null && atUs <= before.lastUs) return null;
    const endUs = this.#successes.firstInvokedAfter(atUs);
    let changed: Interruption;
    if (before !== null && atUs <= before.endUs + this.#stableForUs) {
      changed = before;
      changed.lastUs = atUs;
      changed.lastClient = client;
      changed.endUs = endUs;
    } else {
      changed = { fromUs: atUs, lastUs: atUs, lastClient: client, endUs, path: null };
      place++;
      this.#list.splice(place, 0, changed);
    }
    return place < this.#list.length - 1 && this.#joinFollowing(place) ? null : changed;
  }

  /** An operation that was invoked after the last one that went wrong succeeded: the open one is over. */
  end(completedAtUs: number, path: ClientPath): void {
    const open = this.#open as Interruption;
    open.endUs = completedAtUs;
    open.path = path;
    this.#open = null;
  }

  /** Joins interruptions between which service was never stable. Whether the end came from a later one. */
  #joinFollowing(place: number): boolean {
    const first = this.#list[place] as Interruption;
    let joined = false;
    for (
      let next = this.#list[place + 1];
      next && next.fromUs <= first.endUs + this.#stableForUs;
      next = this.#list[place + 1]
    ) {
      first.lastUs = next.lastUs;
      first.lastClient = next.lastClient;
      first.endUs = next.endUs;
      first.path = next.path;
      this.#list.splice(place + 1, 1);
      joined = true;
    }
    return joined;
  }
}

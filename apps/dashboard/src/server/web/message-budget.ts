import type { ClientMessage } from '../../protocol/client-messages.ts';

/** Messages that make the server simulate anew cost this much, */
const CHANGE_COST = 10;

/** and one more for so many bytes, since reading a long scenario takes longer than beginning to simulate it. */
const BYTES_FOR_ONE = 2_000;

const CHANGES: ReadonlySet<ClientMessage['type']> = new Set([
  'load',
  'restart',
  'race',
  'inject',
  'heal',
  'request',
  'export',
  'save',
]);

/** How much one page may say: a bucket that fills by `perSecond` up to `atOnce`. */
export class MessageBudget {
  readonly #perSecond: number;
  readonly #atOnce: number;
  #left: number;
  #filledAtMs: number;

  constructor(perSecond: number, atOnce: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#left = atOnce;
    this.#filledAtMs = nowMs;
  }

  /** Whether there is budget for any message at all; takes it. */
  takeOne(nowMs: number): boolean {
    return this.#take(1, nowMs);
  }

  /** Whether there is budget for what this message makes the server do beside reading it; takes it. */
  takeFor(type: ClientMessage['type'], bytes: number, nowMs: number): boolean {
    return !CHANGES.has(type) || this.#take(CHANGE_COST - 1 + Math.floor(bytes / BYTES_FOR_ONE), nowMs);
  }

  #take(cost: number, nowMs: number): boolean {
    this.#left = Math.min(this.#atOnce, this.#left + ((nowMs - this.#filledAtMs) * this.#perSecond) / 1_000);
    this.#filledAtMs = nowMs;
    if (this.#left < cost) return false;
    this.#left -= cost;
    return true;
  }
}

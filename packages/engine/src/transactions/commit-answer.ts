import type { Agenda, Handle } from '@faultline/clock';
import type { Exchange, Reply } from '../nodes/exchange.ts';
import type { Committing } from '../replication/pending.ts';

/**
 * A transaction between its commit record and its answer. Once the record is durable, the transaction appears in
 * snapshots a moment later; then it gives its rows back, and then its client hears of it.
 */
export class CommitAnswer implements Committing {
  readonly #agenda: Agenda;
  readonly #exchange: Exchange;
  readonly #result: Reply;
  readonly #delayUs: number;
  readonly #extraUs: number;
  readonly #visible: () => void;
  #handle: Handle = 0;
  #over = false;

  /** `extraUs` is what the answer takes beside durability and visibility; `visible` is called once. */
  constructor(options: {
    readonly agenda: Agenda;
    readonly exchange: Exchange;
    readonly result: Reply;
    readonly delayUs: number;
    readonly extraUs: number;
    readonly visible: () => void;
  }) {
    this.#agenda = options.agenda;
    this.#exchange = options.exchange;
    this.#result = options.result;
    this.#delayUs = options.delayUs;
    this.#extraUs = options.extraUs;
    this.#visible = options.visible;
  }

  /** Rows have to be given back even when the client waits no more. */
  get isOver(): boolean {
    return this.#over;
  }

  set appended(place: Exchange['appended']) {
    this.#exchange.appended = place;
  }

  replyAt(durableAtUs: number, reply: Reply): void {
    this.#cancel();
    const visibleAtUs = durableAtUs + this.#delayUs;
    this.#handle = this.#agenda.scheduleAt(Math.max(visibleAtUs, this.#agenda.nowUs), () => {
      this.#over = true;
      this.#visible();
    });
    if (!this.#exchange.isOver) this.#exchange.replyAt(visibleAtUs + this.#extraUs, { ...reply, ...this.#result });
  }

  hold(): void {
    this.#cancel();
    if (!this.#exchange.isOver) this.#exchange.hold();
  }

  #cancel(): void {
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#handle = 0;
  }
}

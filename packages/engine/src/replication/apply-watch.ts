import type { Agenda, Handle } from '@faultline/clock';
import type { Copy } from './copy.ts';

/** Tells once all of some copies have applied everything that they received; a stall or a cut in between moves the instant. */
export class ApplyWatch {
  readonly #agenda: Agenda;
  readonly #done: () => void;
  #copies: readonly Copy[] = [];
  #handle: Handle = 0;

  constructor(agenda: Agenda, done: () => void) {
    this.#agenda = agenda;
    this.#done = done;
  }

  /** Whether an instant is known at which all will have applied what they received. */
  get isUnderWay(): boolean {
    return this.#copies.length > 0 && this.#handle !== 0;
  }

  /** Watches these copies in place of any others. */
  await(copies: readonly Copy[]): void {
    this.#copies = copies;
    this.check();
  }

  /** The streams may have changed: looks again when they will be done. */
  check(): void {
    if (this.#copies.length === 0) return;
    this.#agenda.cancel(this.#handle);
    this.#handle = 0;
    const atUs = Math.max(this.#agenda.nowUs, ...this.#copies.map((copy) => this.#appliedAllAtUs(copy)));
    if (atUs === Number.POSITIVE_INFINITY) return;
    this.#handle = this.#agenda.scheduleAt(atUs, () => {
      this.#copies = [];
      this.#done();
    });
  }

  #appliedAllAtUs(copy: Copy): number {
    const { nowUs } = this.#agenda;
    return copy.stream ? copy.stream.appliesAtUs(copy.receivedHead(nowUs)) : nowUs;
  }
}

import type { Agenda, Handle } from '@faultline/clock';
import type { Copy } from './copy.ts';

/** Tells once a copy that was attached again holds what its sender had then; a cut in between moves the instant. */
export class SyncWatch {
  readonly #agenda: Agenda;
  readonly #inSync: (copy: Copy) => void;
  /** Made with the first one. */
  #checks: Map<Copy, { readonly target: number; handle: Handle }> | null = null;

  constructor(agenda: Agenda, inSync: (copy: Copy) => void) {
    this.#agenda = agenda;
    this.#inSync = inSync;
  }

  /** Copies that will be in sync at an instant that is known. */
  get underWay(): number {
    return [...(this.#checks?.values() ?? [])].filter(({ handle }) => handle !== 0).length;
  }

  /** Watches until the copy holds everything up to `target`. */
  begin(copy: Copy, target: number): void {
    // Whoever is attached twice is in sync once, when it holds what was there the second time.
    this.end(copy);
    this.#checks ??= new Map();
    this.#checks.set(copy, { target, handle: 0 });
  }

  /** The stream may have changed: looks again when it will be done. */
  check(copy: Copy): void {
    const check = this.#checks?.get(copy);
    if (!check || !copy.stream) return;
    if (check.handle !== 0) this.#agenda.cancel(check.handle);
    check.handle = 0;
    if (!copy.stream.connected) return;
    const atUs = copy.stream.arrivesAtUs(check.target);
    if (atUs === Number.POSITIVE_INFINITY) return;
    check.handle = this.#agenda.scheduleAt(Math.max(atUs, this.#agenda.nowUs), () => {
      this.#checks?.delete(copy);
      this.#inSync(copy);
    });
  }

  end(copy: Copy): void {
    const check = this.#checks?.get(copy);
    if (check && check.handle !== 0) this.#agenda.cancel(check.handle);
    this.#checks?.delete(copy);
  }
}

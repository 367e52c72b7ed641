import { CommandError, EXIT } from '../exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Turns Ctrl-C into an orderly end of whatever listens to `signal`. A second time ends the process at once. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #ask: () => void;

  /** `kept`: what becomes of the work so far, in words. */
  constructor(kept: string) {
    this.#ask = () => {
      this.end();
      this.#controller.abort(new CommandError(`stopped before the end: ${kept}`, EXIT.inconclusive));
    };
    for (const signal of SIGNALS) process.on(signal, this.#ask);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Leaves the process as it was. */
  end(): void {
    for (const signal of SIGNALS) process.off(signal, this.#ask);
  }
}

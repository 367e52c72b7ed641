import type { Breaker } from './breaker.ts';
import { IS_BROKEN } from './source-mutants.ts';

const WHOLE = -1;
const NOTHING = -2;

/** Turns mutants on and off that stand in the source beside what they stand for. */
export class SourceBreaker implements Breaker {
  #broken = WHOLE;
  #passed = new Set<number>();

  constructor() {
    Object.assign(globalThis, { [IS_BROKEN]: (mutant: number) => this.#isBroken(mutant) });
  }

  async passedBy(act: () => Promise<void>): Promise<ReadonlySet<number>> {
    this.#passed = new Set();
    await act();
    return this.#passed;
  }

  breakNothing(): void {
    this.#broken = NOTHING;
  }

  breakOnly(mutant: number): void {
    this.#broken = mutant;
  }

  mend(): void {
    this.#broken = WHOLE;
  }

  #isBroken(mutant: number): boolean {
    if (this.#broken === mutant) return true;
    if (this.#broken === WHOLE) this.#passed.add(mutant);
    return false;
  }
}

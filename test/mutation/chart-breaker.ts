import type { DeploymentKind } from '@faultline/models';
import { type ChartCounts, rewritten, watchedKind } from '@faultline/testing';
import type { Breaker } from './breaker.ts';
import { type ChartMutant, chartMutantsOf } from './chart-mutants.ts';

/** Puts mutants into the chart of a kind itself, so that all who hold it have a broken one. */
export class ChartBreaker implements Breaker {
  readonly #machine: DeploymentKind['machine'];
  readonly #whole: DeploymentKind['machine'];
  readonly #watched: DeploymentKind['machine'];
  readonly #same: DeploymentKind['machine'];
  readonly #mutants: readonly ChartMutant[];
  readonly #counts: ChartCounts = { states: new Map(), transitions: new Map() };

  constructor(kind: DeploymentKind) {
    this.#machine = kind.machine;
    this.#whole = { ...kind.machine } as DeploymentKind['machine'];
    this.#watched = watchedKind(kind, this.#counts).machine;
    this.#same = rewritten(kind.machine, {});
    this.#mutants = chartMutantsOf(kind);
  }

  async passedBy(act: () => Promise<void>): Promise<ReadonlySet<number>> {
    for (const counts of Object.values(this.#counts)) for (const name of counts.keys()) counts.set(name, 0);
    Object.assign(this.#machine, this.#watched);
    try {
      await act();
    } finally {
      this.mend();
    }
    // What explores a chart asks for actions and carries none out, so that nothing is counted: it comes by everything.
    if (!this.#countedAny()) return new Set(this.#mutants.keys());
    const passed = new Set<number>();
    for (const [number, { place, state }] of this.#mutants.entries()) {
      // A transition that was not taken matters too, in a state that was: a broken guard might take it.
      if (state === '' || this.#came(place) || this.#came(state)) passed.add(number);
    }
    return passed;
  }

  breakNothing(): void {
    Object.assign(this.#machine, this.#same);
  }

  breakOnly(mutant: number): void {
    const broken = this.#mutants[mutant];
    if (!broken) throw new Error(`there is no mutant ${mutant}`);
    // A mutant is made of what the machine is just now.
    this.mend();
    Object.assign(this.#machine, broken.machine());
  }

  mend(): void {
    Object.assign(this.#machine, this.#whole);
  }

  #countedAny(): boolean {
    return Object.values(this.#counts).some((counts) => [...counts.values()].some((count) => count > 0));
  }

  #came(place: string): boolean {
    return (this.#counts.states.get(place) ?? 0) > 0 || (this.#counts.transitions.get(place) ?? 0) > 0;
  }
}

import type { BlockColumns } from '../block-columns.ts';
import { OutcomeTally } from '../grid/outcome-tally.ts';
import { PhaseMedians } from './phase-medians.ts';

/** A step that somebody was called for: the trials in which they were, and in which they did it. */
interface StepTally {
  readonly step: string;
  readonly who: string;
  called: number;
  done: number;
}

/** What is kept of all trials of one kind. Blocks are added in the order of their trials: of equals the first is named. */
export class KindTally {
  readonly outcomes = new OutcomeTally();
  readonly phases = new PhaseMedians();
  readonly #steps = new Map<string, StepTally>();

  get steps(): readonly Readonly<StepTally>[] {
    return [...this.#steps.values()];
  }

  add(columns: BlockColumns): void {
    this.outcomes.add(columns);
    this.phases.add(columns);
    const trials = columns.calls.map(() => 0);
    for (const call of columns.call) trials[call] = (trials[call] as number) + 1;
    for (const [call, steps] of columns.calls.entries()) this.#addSteps(steps, trials[call] as number);
  }

  /** However often a step was called for in one trial, it counts once. */
  #addSteps(steps: BlockColumns['calls'][number], trials: number): void {
    for (const [index, { step, who }] of steps.entries()) {
      const isSame = (other: (typeof steps)[number]) => other.step === step && other.who === who;
      if (steps.findIndex(isSame) < index) continue;
      const key = `${who}/${step}`;
      const tally = this.#steps.get(key) ?? { step, who, called: 0, done: 0 };
      tally.called += trials;
      if (steps.some((other) => isSame(other) && other.done)) tally.done += trials;
      this.#steps.set(key, tally);
    }
  }
}

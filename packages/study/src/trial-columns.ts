import type { TrialSummary } from './trial-summary.ts';

/**
 * The measures of many trials as columns of numbers, 56 bytes a trial; what is said in words is counted, not kept.
 * Trial numbers begin at 1.
 */
export class TrialColumns {
  readonly recoveryUs: Float64Array;
  readonly failed: Float64Array;
  readonly indeterminate: Float64Array;
  readonly lost: Float64Array;
  readonly lossSpanUs: Float64Array;
  readonly lostUpdates: Float64Array;
  readonly trials: number;
  /** Length of each phase in each trial (0 where it did not occur), in the order in which phases first appeared. */
  readonly phases = new Map<string, { readonly us: Float32Array; readonly actors: Map<string | null, number> }>();
  /** Trials in which somebody was called for a step, and in which they did it, by step and person. */
  readonly steps = new Map<string, { readonly step: string; readonly who: string; called: number; done: number }>();

  constructor(trials: number) {
    this.trials = trials;
    this.recoveryUs = new Float64Array(trials);
    this.failed = new Float64Array(trials);
    this.indeterminate = new Float64Array(trials);
    this.lost = new Float64Array(trials);
    this.lossSpanUs = new Float64Array(trials);
    this.lostUpdates = new Float64Array(trials);
  }

  put(summary: TrialSummary): void {
    const place = summary.trial - 1;
    this.recoveryUs[place] = summary.recoveryUs;
    this.failed[place] = summary.failed;
    this.indeterminate[place] = summary.indeterminate;
    this.lost[place] = summary.lost;
    this.lossSpanUs[place] = summary.lossSpanUs;
    this.lostUpdates[place] = summary.lostUpdates;
    for (const { phase, actor, us } of summary.phases) this.#addPhase(place, phase, actor, us);
    this.#addSteps(summary.steps);
  }

  /** However often a step was called for in one trial, it counts once. */
  #addSteps(steps: TrialSummary['steps']): void {
    for (const [index, { step, who }] of steps.entries()) {
      const isSame = (other: TrialSummary['steps'][number]) => other.step === step && other.who === who;
      if (steps.findIndex(isSame) < index) continue;
      const key = `${who}/${step}`;
      const column = this.steps.get(key) ?? { step, who, called: 0, done: 0 };
      column.called++;
      if (steps.some((other) => isSame(other) && other.done)) column.done++;
      this.steps.set(key, column);
    }
  }

  #addPhase(place: number, phase: string, actor: string | null, us: number): void {
    let column = this.phases.get(phase);
    if (!column) {
      column = { us: new Float32Array(this.trials), actors: new Map() };
      this.phases.set(phase, column);
    }
    column.us[place] = (column.us[place] as number) + us;
    column.actors.set(actor, (column.actors.get(actor) ?? 0) + 1);
  }
}

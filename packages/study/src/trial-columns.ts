import { type BlockColumns, eachPhase } from './block-columns.ts';

/** Whole numbers of a trial that a comparison has quantiles of. */
const COUNTS = ['failed', 'indeterminate', 'lost', 'lostUpdates'] as const;

/**
 * The measures of many trials as columns of numbers, up to 50 bytes a trial; what is said in words is counted, not kept.
 * Trial numbers begin at 1.
 */
export class TrialColumns {
  readonly recoveryUs: Float64Array;
  readonly failed: Uint32Array;
  readonly indeterminate: Uint32Array;
  readonly lost: Uint32Array;
  readonly lostUpdates: Uint32Array;
  readonly trials: number;
  /** The farthest back that acknowledged writes were lost in any trial. */
  lossSpanMaxUs = 0;
  /** Length of each phase in each trial (0 where it did not occur), in the order in which phases first appeared. */
  readonly phases = new Map<string, { readonly us: Float32Array; readonly actors: Map<string | null, number> }>();
  /** Trials in which somebody was called for a step, and in which they did it, by step and person. */
  readonly steps = new Map<string, { readonly step: string; readonly who: string; called: number; done: number }>();

  constructor(trials: number) {
    this.trials = trials;
    this.recoveryUs = new Float64Array(trials);
    this.failed = new Uint32Array(trials);
    this.indeterminate = new Uint32Array(trials);
    this.lost = new Uint32Array(trials);
    this.lostUpdates = new Uint32Array(trials);
  }

  put(block: BlockColumns): void {
    const place = block.from - 1;
    this.recoveryUs.set(block.recoveryUs, place);
    for (const count of COUNTS) {
      // Memory that nobody wrote to takes none: most kinds lose nothing in any trial.
      if (block[count].some((value) => value !== 0)) this[count].set(block[count], place);
    }
    this.lossSpanMaxUs = block.lossSpanUs.reduce((most, us) => Math.max(most, us), this.lossSpanMaxUs);
    eachPhase(block, (index, phase, actor, us) => this.#addPhase(place + index, phase, actor, us));
    const trials = block.calls.map(() => 0);
    for (const call of block.call) trials[call] = (trials[call] as number) + 1;
    for (const [call, steps] of block.calls.entries()) this.#addSteps(steps, trials[call] as number);
  }

  /** However often a step was called for in one trial, it counts once. */
  #addSteps(steps: BlockColumns['calls'][number], trials: number): void {
    for (const [index, { step, who }] of steps.entries()) {
      const isSame = (other: (typeof steps)[number]) => other.step === step && other.who === who;
      if (steps.findIndex(isSame) < index) continue;
      const key = `${who}/${step}`;
      const column = this.steps.get(key) ?? { step, who, called: 0, done: 0 };
      column.called += trials;
      if (steps.some((other) => isSame(other) && other.done)) column.done += trials;
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

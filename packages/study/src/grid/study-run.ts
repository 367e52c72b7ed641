import type { StudyResult } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import type { Job } from '../executors/run-all.ts';
import type { TrialBlock } from '../trial.ts';
import type { TrialSummary } from '../trial-summary.ts';
import { BlockShelf } from './block-shelf.ts';
import { cellResult, isPrecise } from './cell-result.ts';
import { CellTally } from './cell-tally.ts';

/** Trials of one block: the unit in which a study is handed out, stopped and resumed. */
const TRIALS_PER_STUDY_BLOCK = 25;

/** With precision asked for, each look has this many times the trials of the one before. */
const LOOK_GROWTH = 2;

/** Told every block of every cell in the order of the grid, whatever the order in which they were carried out. */
export type BlockSink = (cell: number, summaries: readonly TrialSummary[]) => void;

/** Blocks that were carried out before; undefined for those that were not. */
export type KnownBlocks = (cell: number, from: number, to: number) => readonly TrialSummary[] | undefined;

/**
 * A study in the making: rounds of jobs until nothing more is to be done. Its result depends on the study alone, not
 * on who carried the blocks out, in which order, or how often it was stopped and resumed.
 */
export class StudyRun {
  readonly #study: Study;
  readonly #sink: BlockSink;
  readonly #known: KnownBlocks;
  readonly #tallies: readonly CellTally[];
  readonly #open: Set<number>;
  /** Trials of every open cell so far, finished or handed out. */
  #trials = 0;

  constructor(study: Study, sink: BlockSink = () => {}, known: KnownBlocks = () => undefined) {
    this.#study = study;
    this.#sink = sink;
    this.#known = known;
    this.#tallies = study.cells.map(() => new CellTally(study.objectives));
    this.#open = new Set(study.cells.keys());
  }

  /** Jobs of the next look at the study, all of which have to be collected before the next call; none when it is over. */
  nextRound(): readonly Job<TrialBlock>[] {
    const upTo = this.#nextLook();
    if (upTo <= this.#trials) return [];
    const from = this.#trials + 1;
    this.#trials = upTo;
    return this.#jobs(from, upTo);
  }

  /** Cells that are still looked at, and how many trials of each are asked for. */
  get progress(): { readonly open: number; readonly trials: number } {
    return { open: this.#open.size, trials: this.#trials };
  }

  result(): StudyResult {
    const { name, summary, seed, objectives, factors, cells } = this.#study;
    const results = cells.map((cell, index) => cellResult(cell, this.#tallies[index] as CellTally, this.#study));
    const trials = results.reduce((sum, cell) => sum + cell.trials, 0);
    return { study: name, summary, seed, objectives, factors, trials, cells: results };
  }

  #nextLook(): number {
    const { trials, precision } = this.#study;
    if (this.#trials === 0) return precision === null ? trials : Math.min(trials, precision.budget);
    if (precision === null) return this.#trials;
    for (const cell of this.#open) {
      if (isPrecise(this.#tallies[cell] as CellTally, precision)) this.#open.delete(cell);
    }
    // Differences are taken trial by trial, so the first cell goes on as long as any other does.
    if (this.#open.size > 0) this.#open.add(0);
    return this.#open.size === 0 ? this.#trials : Math.min(this.#trials * LOOK_GROWTH, precision.budget);
  }

  /** Block by block, and in each cell by cell: what is collected early has little to wait for. */
  #jobs(from: number, upTo: number): readonly Job<TrialBlock>[] {
    const cells = [...this.#open].sort((a, b) => a - b);
    const jobs: Job<TrialBlock>[] = [];
    let reference: readonly TrialSummary[] = [];
    const asked: number[] = [];
    const shelf = new BlockShelf<readonly TrialSummary[]>((place, summaries) => {
      const cell = asked[place] as number;
      if (cell === 0) reference = summaries;
      this.#collect(cell, summaries, reference);
    });
    const known: (() => void)[] = [];
    for (let first = from; first <= upTo; first += TRIALS_PER_STUDY_BLOCK) {
      const last = Math.min(upTo, first + TRIALS_PER_STUDY_BLOCK - 1);
      for (const cell of cells) {
        const place = asked.push(cell) - 1;
        const before = this.#known(cell, first, last);
        if (before) known.push(() => shelf.put(place, before));
        else jobs.push(this.#job(cell, first, last, (summaries) => shelf.put(place, summaries)));
      }
    }
    for (const put of known) put();
    return jobs;
  }

  #job(cell: number, from: number, to: number, collect: (summaries: readonly TrialSummary[]) => void): Job<TrialBlock> {
    const { scenario } = this.#study.cells[cell] as Study['cells'][number];
    return { block: { job: 'comparison', scenario, seed: this.#study.seed, from, to }, collect };
  }

  #collect(cell: number, summaries: readonly TrialSummary[], reference: readonly TrialSummary[]): void {
    const tally = this.#tallies[cell] as CellTally;
    for (const [index, summary] of summaries.entries()) tally.add(summary, cell === 0 ? undefined : reference[index]);
    this.#sink(cell, summaries);
  }
}

import type { Estimate, StudyResult } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { type BlockColumns, trialsIn } from '../block-columns.ts';
import { BLOCK_SIZES, BLOCKS_PER_ROUND, type BlockSizes, firstBlocks, type Trials } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import type { TrialBlock } from '../trial.ts';
import { BlockShelf } from './block-shelf.ts';
import { cellResult, isPrecise } from './cell-result.ts';
import { CellTally } from './cell-tally.ts';

/** Trials of all cells that are finished together, and so lost together when a study is killed: large grids have smaller blocks. */
const TRIALS_TOGETHER = 10_000;

/** With precision asked for, each look has this many times the trials of the one before. */
const LOOK_GROWTH = 2;

/** Told every block of every cell in the order of the grid, whatever the order in which they were carried out. */
export type BlockSink = (cell: number, columns: BlockColumns) => void;

/** Blocks that were carried out before; undefined for those that were not. */
export type KnownBlocks = (cell: number, from: number, to: number) => BlockColumns | undefined;

/**
 * A study in the making: rounds of jobs until nothing more is to be done. Its result depends on the study alone, not
 * on who carried the blocks out, in which order, or how often it was stopped and resumed.
 */
export class StudyRun implements Rounds<TrialBlock> {
  readonly #study: Study;
  readonly #sink: BlockSink;
  readonly #known: KnownBlocks;
  readonly #tallies: readonly CellTally[];
  readonly #open: Set<number>;
  readonly #sizes: BlockSizes;
  /** Trials of every open cell up to the next look at the figures. */
  #look = 0;
  /** Trials of every open cell so far, finished or handed out. */
  #asked = 0;
  /** Trials of all cells: finished, and finished once the present look is over. */
  #done = 0;
  #planned = 0;

  constructor(study: Study, sink: BlockSink = () => {}, known: KnownBlocks = () => undefined) {
    this.#study = study;
    this.#sink = sink;
    this.#known = known;
    this.#tallies = study.cells.map(() => new CellTally(study.objectives));
    this.#open = new Set(study.cells.keys());
    this.#sizes = sizesFor(study);
  }

  /** Some of the jobs that are left, all of which have to be collected before the next call; none when it is over. */
  nextRound(): readonly Job<TrialBlock>[] {
    for (;;) {
      if (this.#asked === this.#look) {
        const upTo = this.#nextLook();
        if (upTo <= this.#look) return [];
        this.#planned += (upTo - this.#look) * this.#open.size;
        this.#look = upTo;
      }
      const blocks = this.#nextBlocks();
      this.#asked = blocks.at(-1)?.to ?? this.#look;
      const jobs = this.#jobs(blocks);
      // Where all is known already there is nothing to be done, but the study may not be over.
      if (jobs.length > 0) return jobs;
    }
  }

  /** Trials of all cells: how many are finished, and how many will be at the next look. */
  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#planned };
  }

  /** A quantile of the recovery time as far as it is known, of the open cell that knows it least; null before any trial. */
  watched(quantile: number): { readonly label: string; readonly estimate: Estimate } | null {
    let least: { readonly label: string; readonly estimate: Estimate; readonly width: number } | null = null;
    for (const cell of this.#open) {
      const estimate = (this.#tallies[cell] as CellTally).outcomes.recovery.estimate(quantile);
      if (estimate === null) continue;
      const width = relativeWidth(estimate);
      if (least === null || width > least.width)
        least = { label: this.#study.cells[cell]?.label ?? '', estimate, width };
    }
    return least;
  }

  result(): StudyResult {
    const { name, summary, seed, objectives, factors, cells } = this.#study;
    const results = cells.map((cell, index) => cellResult(cell, this.#tallies[index] as CellTally, this.#study));
    const trials = results.reduce((sum, cell) => sum + cell.trials, 0);
    return { study: name, summary, seed, objectives, factors, trials, cells: results };
  }

  #nextLook(): number {
    const { trials, precision } = this.#study;
    if (this.#look === 0) return precision === null ? trials : Math.min(trials, precision.budget);
    if (precision === null) return this.#look;
    for (const cell of this.#open) {
      if (isPrecise(this.#tallies[cell] as CellTally, precision)) this.#open.delete(cell);
    }
    // Differences are taken trial by trial, so the first cell goes on as long as any other does.
    if (this.#open.size > 0) this.#open.add(0);
    return this.#open.size === 0 ? this.#look : Math.min(this.#look * LOOK_GROWTH, precision.budget);
  }

  /** So many blocks of every open cell as one round may have. */
  #nextBlocks(): readonly Trials[] {
    const count = Math.max(1, Math.floor(BLOCKS_PER_ROUND / this.#open.size));
    return firstBlocks(count, this.#asked + 1, this.#look, this.#sizes);
  }

  /** Block by block, and in each cell by cell: what is collected early has little to wait for. */
  #jobs(blocks: readonly Trials[]): readonly Job<TrialBlock>[] {
    const cells = [...this.#open].sort((a, b) => a - b);
    const jobs: Job<TrialBlock>[] = [];
    let reference: BlockColumns | undefined;
    const asked: number[] = [];
    const shelf = new BlockShelf<BlockColumns>((place, columns) => {
      const cell = asked[place] as number;
      if (cell === 0) reference = columns;
      this.#collect(cell, columns, cell === 0 ? undefined : reference);
    });
    for (const { from, to } of blocks) {
      for (const cell of cells) {
        const place = asked.push(cell) - 1;
        const before = this.#known(cell, from, to);
        if (before) shelf.put(place, before);
        else jobs.push(this.#job(cell, from, to, (columns) => shelf.put(place, columns)));
      }
    }
    return jobs;
  }

  #job(cell: number, from: number, to: number, collect: (columns: BlockColumns) => void): Job<TrialBlock> {
    const { scenario } = this.#study.cells[cell] as Study['cells'][number];
    return { block: { job: 'comparison', scenario, seed: this.#study.seed, from, to }, collect };
  }

  #collect(cell: number, columns: BlockColumns, reference: BlockColumns | undefined): void {
    (this.#tallies[cell] as CellTally).add(columns, reference);
    this.#done += trialsIn(columns);
    this.#sink(cell, columns);
  }
}

function sizesFor({ cells }: Study): BlockSizes {
  const most = Math.max(1, Math.floor(TRIALS_TOGETHER / cells.length));
  return { least: Math.min(BLOCK_SIZES.least, most), most: Math.min(BLOCK_SIZES.most, most) };
}

/** Width of an interval as a share of the value; Infinity where a side is open or may be never. */
function relativeWidth({ value, low, high }: Estimate): number {
  if (low === null || high === null) return Number.POSITIVE_INFINITY;
  if (low === high) return 0;
  return Number.isFinite(high) ? (high - low) / value : Number.POSITIVE_INFINITY;
}

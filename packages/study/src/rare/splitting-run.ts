import { RandomStreams } from '@faultline/clock';
import type { RareResult } from '@faultline/metrics';
import type { RareSpec, StudyCell } from '@faultline/scenario';
import { blocksOf } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import { BlockShelf } from '../grid/block-shelf.ts';
import type { Particle, SplittingBlock } from './splitting-block.ts';
import { copiesOf } from './splitting-copies.ts';
import { splittingOutcome } from './splitting-estimate.ts';
import { nextSplittingLevel } from './splitting-level.ts';

/** Repetitions of the estimate, whose spread is its error. */
const REPETITIONS = 10;

/** Steps that each trial takes at each level, to come away from the one that it was copied from. */
const STEPS = 5;

/** Trials of one block: each takes several steps. */
const BLOCK_SIZES = { least: 10, most: 10 };

const LEVELS_MAX = 60;

type Phase = 'pilot' | 'estimate' | 'over';

/**
 * The chance of a rare event in one cell by multilevel splitting, in the making, for events that many small causes
 * bring about together. A pilot finds levels of recovery time, each of which about a fifth of the trials beyond the one
 * before come farther than. Then, in independent repetitions with those levels: trials beyond a level are copied in
 * place of the others, and take steps on which some of their chance is drawn again and which are taken back where they
 * come no farther than the level. The product of the shares is unbiased, however far those steps lead (Cérou, Del
 * Moral, Furon and Guyader, "Sequential Monte Carlo for rare event estimation", Statistics and Computing 22, 2012).
 */
export class SplittingRun implements Rounds<SplittingBlock> {
  readonly #cell: StudyCell;
  readonly #spec: RareSpec;
  readonly #seed: string;
  readonly #levels: number[] = [];
  #phase: Phase = 'pilot';
  #stage = 0;
  #begun = false;
  /** Those of one repetition after those of the one before; empty where a repetition has died out. */
  #groups: (readonly Particle[])[] = [];
  #shares: number[] = [];
  #hits = 0;
  #refused: string | null = null;
  #trials = { pilot: 0, estimate: 0 };
  #done = 0;
  #planned = 0;

  constructor(cell: StudyCell, spec: RareSpec, seed: string) {
    this.#cell = cell;
    this.#spec = spec;
    this.#seed = seed;
  }

  nextRound(): readonly Job<SplittingBlock>[] {
    if (this.#phase === 'over') return [];
    if (!this.#begun) return this.#first(1, this.#spec.pilot);
    if (this.#phase === 'pilot') return this.#afterPilot();
    return this.#afterEstimate();
  }

  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#planned };
  }

  result(): RareResult {
    const { recoveryOverUs, writesLost } = this.#spec;
    const outcome =
      this.#refused === null ? splittingOutcome(this.#shares, this.#hits) : { estimate: null, refused: this.#refused };
    return {
      method: 'splitting',
      label: this.#cell.label,
      recoveryOverUs,
      writesLost,
      pilotTrials: this.#trials.pilot,
      trials: this.#trials.estimate,
      ...outcome,
      tilt: [],
      levelsUs: this.#levels,
    };
  }

  /** The event is a score above this. */
  get #target(): number {
    return this.#spec.recoveryOverUs ?? -1;
  }

  #first(groups: number, size: number): readonly Job<SplittingBlock>[] {
    this.#begun = true;
    this.#stage = 0;
    this.#groups = Array.from({ length: groups }, () => []);
    return this.#jobs(groups, size, null);
  }

  #afterPilot(): readonly Job<SplittingBlock>[] {
    const [particles] = this.#groups as [readonly Particle[]];
    const before = this.#levels.at(-1) ?? Number.NEGATIVE_INFINITY;
    const level = nextSplittingLevel(scoresOf(particles), before, this.#target);
    if (level === null || this.#levels.length === LEVELS_MAX) return this.#giveUp(particles.length);
    this.#levels.push(level);
    if (level < this.#target) return this.#goOn();
    this.#phase = 'estimate';
    this.#shares = Array.from({ length: REPETITIONS }, () => 1);
    return this.#first(REPETITIONS, Math.max(1, Math.floor(this.#spec.trials / REPETITIONS)));
  }

  #afterEstimate(): readonly Job<SplittingBlock>[] {
    const level = this.#levels[this.#stage] as number;
    for (const [group, particles] of this.#groups.entries()) {
      const farther = particles.filter(({ score }) => score > level).length;
      this.#shares[group] = particles.length === 0 ? 0 : (this.#shares[group] as number) * (farther / particles.length);
      if (level === this.#target) this.#hits += farther;
    }
    if (level !== this.#target) return this.#goOn();
    this.#phase = 'over';
    return [];
  }

  /** Copies the trials beyond the level of this stage, and lets the copies take their steps. */
  #goOn(): readonly Job<SplittingBlock>[] {
    const level = this.#levels[this.#stage] as number;
    const chance = new RandomStreams(this.#seedOfStage());
    const copied = this.#groups.map((particles, group) =>
      copiesOf(particles, level, chance.stream(`splitting/copies/${group}`)),
    );
    this.#stage++;
    const size = Math.max(...copied.map(({ length }) => length));
    this.#groups = copied.map(() => []);
    // All repetitions may have died out: their shares stay 0, and there is nothing to carry out.
    if (size === 0) return this.#phase === 'pilot' ? this.#giveUp(0) : this.#dieOut();
    return this.#jobs(copied.length, size, { level, copied });
  }

  #dieOut(): readonly Job<SplittingBlock>[] {
    this.#phase = 'over';
    return [];
  }

  #giveUp(trials: number): readonly Job<SplittingBlock>[] {
    const from = this.#levels.at(-1);
    const there = from === undefined ? 'at all' : `over ${Math.round(from / 1e6)} s`;
    this.#refused = `the pilot found no way there: of ${trials} trials with a recovery time ${there}, fewer than a fifth come farther when some of their chance is drawn again`;
    this.#phase = 'over';
    return [];
  }

  #seedOfStage(): string {
    return `${this.#seed}.splitting-${this.#phase}-${this.#stage}`;
  }

  #jobs(
    groups: number,
    size: number,
    going: { readonly level: number; readonly copied: readonly (readonly Particle[])[] } | null,
  ): readonly Job<SplittingBlock>[] {
    const seed = this.#seedOfStage();
    const { scenario } = this.#cell;
    const { writesLost } = this.#spec;
    const steps = going === null ? 1 : STEPS;
    const alive = Array.from({ length: groups }, (_, group) => group).filter(
      (group) => going === null || going.copied[group]?.length !== 0,
    );
    const places: number[] = [];
    const shelf = new BlockShelf<readonly Particle[]>((place, particles) => {
      const group = places[place] as number;
      this.#groups[group] = [...(this.#groups[group] as readonly Particle[]), ...particles];
      this.#done += particles.length;
    });
    this.#trials[this.#phase === 'pilot' ? 'pilot' : 'estimate'] += alive.length * size * steps;
    this.#planned += alive.length * size;
    return alive.flatMap((group) =>
      blocksOf(group * size + 1, (group + 1) * size, BLOCK_SIZES).map(({ from, to }) => {
        const place = places.push(group) - 1;
        const particles = going?.copied[group]?.slice(from - 1 - group * size, to - group * size);
        return {
          block: {
            job: 'splitting' as const,
            scenario,
            seed,
            from,
            to,
            writesLost,
            going: going === null || particles === undefined ? null : { particles, level: going.level, steps },
          },
          collect: (result: readonly Particle[]) => shelf.put(place, result),
        };
      }),
    );
  }
}

const scoresOf = (particles: readonly Particle[]): readonly number[] => particles.map(({ score }) => score);

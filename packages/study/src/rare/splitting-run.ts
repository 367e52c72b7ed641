import { RandomStreams } from '@faultline/clock';
import type { RareResult } from '@faultline/metrics';
import type { RareSpec, StudyCell } from '@faultline/scenario';
import { blocksOf, type Trials } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import { LineageTree } from './lineage-tree.ts';
import type { Particle, SplittingBlock } from './splitting-block.ts';
import { copiesOf } from './splitting-copies.ts';
import { splittingOutcome } from './splitting-estimate.ts';
import { nextSplittingLevel } from './splitting-level.ts';
import { fartherThan, keepParticles, particlesOf, type StageTrials, stageTrials } from './splitting-stage.ts';

/** Repetitions of the estimate, whose spread is its error. */
const REPETITIONS = 10;

/** Steps that each trial takes at each level, to come away from the one that it was copied from. */
const STEPS = 5;

/** Trials of one block: each takes several steps. */
const BLOCK_SIZES = { least: 10, most: 10 };

const LEVELS_MAX = 60;

type Phase = 'pilot' | 'estimate' | 'over';

/** What the trials of a stage go on from, by repetition, and the level that they have to come farther than. */
interface GoingOn {
  readonly level: number;
  readonly origins: readonly StageTrials[];
}

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
  /** By repetition; none where it has died out. */
  #groups: readonly StageTrials[] = [];
  /** Lineages of all trials that go on, and the seeds of the stages that they name. */
  #stageSeeds: string[] = [];
  #tree = new LineageTree(this.#stageSeeds);
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
    this.#stageSeeds = [];
    this.#tree = new LineageTree(this.#stageSeeds);
    return this.#jobs(groups, size, null);
  }

  #afterPilot(): readonly Job<SplittingBlock>[] {
    const [{ scores }] = this.#groups as [StageTrials];
    const before = this.#levels.at(-1) ?? Number.NEGATIVE_INFINITY;
    const level = nextSplittingLevel([...scores], before, this.#target);
    if (level === null || this.#levels.length === LEVELS_MAX) return this.#giveUp(scores.length);
    this.#levels.push(level);
    if (level < this.#target) return this.#goOn();
    this.#phase = 'estimate';
    this.#shares = Array.from({ length: REPETITIONS }, () => 1);
    return this.#first(REPETITIONS, Math.max(1, Math.floor(this.#spec.trials / REPETITIONS)));
  }

  #afterEstimate(): readonly Job<SplittingBlock>[] {
    const level = this.#levels[this.#stage] as number;
    for (const [group, trials] of this.#groups.entries()) {
      const farther = fartherThan(level, trials);
      const all = trials.scores.length;
      this.#shares[group] = all === 0 ? 0 : (this.#shares[group] as number) * (farther / all);
      if (level === this.#target) this.#hits += farther;
    }
    return level === this.#target ? this.#end() : this.#goOn();
  }

  /** Copies the trials beyond the level of this stage, and lets the copies take their steps. */
  #goOn(): readonly Job<SplittingBlock>[] {
    const level = this.#levels[this.#stage] as number;
    const chance = new RandomStreams(this.#seedOfStage());
    const copied = this.#groups.map((trials, group) =>
      copiesOf(trials, level, chance.stream(`splitting/copies/${group}`)),
    );
    this.#stage++;
    const size = Math.max(...copied.map(({ scores }) => scores.length));
    const { tree, lasts } = this.#tree.pruned(copied.map((trials) => trials.lasts));
    this.#tree = tree;
    const origins = copied.map(({ scores }, group) => ({ lasts: lasts[group] as Int32Array, scores }));
    // All repetitions may have died out: their shares stay 0, and there is nothing to carry out.
    if (size === 0) return this.#phase === 'pilot' ? this.#giveUp(0) : this.#end();
    return this.#jobs(origins.length, size, { level, origins });
  }

  #end(): readonly Job<SplittingBlock>[] {
    this.#phase = 'over';
    return [];
  }

  #giveUp(trials: number): readonly Job<SplittingBlock>[] {
    const from = this.#levels.at(-1);
    const there = from === undefined ? 'at all' : `over ${Math.round(from / 1e6)} s`;
    this.#refused = `the pilot found no way there: of ${trials} trials with a recovery time ${there}, fewer than a fifth come farther when some of their chance is drawn again`;
    return this.#end();
  }

  #seedOfStage(): string {
    return `${this.#seed}.splitting-${this.#phase}-${this.#stage}`;
  }

  #jobs(groups: number, size: number, going: GoingOn | null): readonly Job<SplittingBlock>[] {
    this.#groups = Array.from({ length: groups }, (_, group) =>
      stageTrials(going === null || going.origins[group]?.lasts.length !== 0 ? size : 0),
    );
    const alive = [...this.#groups.keys()].filter((group) => this.#groups[group]?.lasts.length !== 0);
    this.#stageSeeds.push(this.#seedOfStage());
    this.#trials[this.#phase === 'pilot' ? 'pilot' : 'estimate'] += alive.length * size * (going === null ? 1 : STEPS);
    this.#planned += alive.length * size;
    return alive.flatMap((group) =>
      blocksOf(group * size + 1, (group + 1) * size, BLOCK_SIZES).map((block) => this.#job(block, group, going)),
    );
  }

  #job({ from, to }: Trials, group: number, going: GoingOn | null): Job<SplittingBlock> {
    const tree = this.#tree;
    const trials = this.#groups[group] as StageTrials;
    const origins = going?.origins[group];
    const first = from - 1 - group * trials.lasts.length;
    const { scenario } = this.#cell;
    const { writesLost } = this.#spec;
    const stage = this.#stageSeeds.length - 1;
    const seed = this.#stageSeeds[stage] as string;
    const goingOn = (): SplittingBlock['going'] =>
      going === null || origins === undefined
        ? null
        : { particles: particlesOf(origins, tree, first, first + to - from + 1), level: going.level, steps: STEPS };
    return {
      // Made when it is asked for: the lineages of all trials in words would be most of what is in memory.
      get block() {
        return { job: 'splitting' as const, scenario, seed, from, to, writesLost, going: goingOn() };
      },
      collect: (result: readonly Particle[]) => {
        keepParticles(result, trials, first, { tree, origins, stage, trial: from });
        this.#done += result.length;
      },
    };
  }
}

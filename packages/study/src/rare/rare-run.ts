import type { RareResult, RareTilt } from '@faultline/metrics';
import type { RareSpec, StudyCell } from '@faultline/scenario';
import { blocksOf } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import { BlockShelf } from '../grid/block-shelf.ts';
import { learntTilts, nextLevel } from './cross-entropy.ts';
import { type PilotTrial, PilotTrials } from './pilot-trials.ts';
import type { RareBlock, RareTrial } from './rare-block.ts';
import { RareTally } from './rare-estimate.ts';

const TRIALS_PER_BLOCK = 50;

/** Trials of one round at the most: so many jobs, and what comes back early, are in memory at a time. */
const TRIALS_PER_ROUND = 2_048 * TRIALS_PER_BLOCK;

/** Looks of the pilot: each raises the level; an event that is out of reach after as many is given up. */
const PILOT_LOOKS_MAX = 25;

type Stage = 'pilot' | 'estimate' | 'over';

/**
 * The chance of a rare event in one cell, in the making: a pilot finds a tilt under which the event is common, then
 * trials under it, weighted back, give the estimate. Depends on the study's text and seed alone.
 */
export class RareRun implements Rounds<RareBlock> {
  readonly #cell: StudyCell;
  readonly #spec: RareSpec;
  readonly #seed: string;
  readonly #tally = new RareTally();
  #stage: Stage = 'pilot';
  #tilts: readonly RareTilt[] = [];
  #pilot = new PilotTrials();
  #looks = 0;
  /** Trials of the present look, and how many of them were handed out. */
  #wanted = 0;
  #asked = 0;
  #done = 0;
  #planned = 0;
  #refused: string | null = null;

  constructor(cell: StudyCell, spec: RareSpec, seed: string) {
    this.#cell = cell;
    this.#spec = spec;
    this.#seed = seed;
  }

  nextRound(): readonly Job<RareBlock>[] {
    if (this.#asked === this.#wanted && !this.#begin()) return [];
    const from = this.#asked + 1;
    this.#asked = Math.min(this.#wanted, this.#asked + TRIALS_PER_ROUND);
    if (this.#stage === 'pilot') return this.#jobs(from, (trial) => this.#pilot.add(trial));
    return this.#jobs(from, ({ weight, ...trial }) => this.#tally.add(weight, this.#score(trial) > this.#target));
  }

  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#planned };
  }

  result(): RareResult {
    const { recoveryOverUs, writesLost, pilot } = this.#spec;
    const refused = this.#refused ?? this.#tally.refusal;
    const pilots = this.#looks - (this.#tally.trials > 0 ? 1 : 0);
    return {
      method: 'importance-sampling',
      label: this.#cell.label,
      recoveryOverUs,
      writesLost,
      pilotTrials: pilots * pilot,
      trials: this.#tally.trials,
      estimate: refused === null ? this.#tally.estimate() : null,
      refused,
      tilt: this.#tilts,
      levelsUs: [],
    };
  }

  /** Recovery time where the rest of the event holds, -1 elsewhere. */
  #score({ recoveryUs, lost }: Pick<RareTrial, 'recoveryUs' | 'lost'>): number {
    return this.#spec.writesLost && lost === 0 ? -1 : recoveryUs;
  }

  /** The event is a score above this. */
  get #target(): number {
    return this.#spec.recoveryOverUs ?? -1;
  }

  /** Begins the next look; false when it is over. */
  #begin(): boolean {
    this.#stage = this.#nextStage();
    if (this.#stage === 'over') return false;
    this.#looks++;
    this.#pilot = new PilotTrials();
    this.#asked = 0;
    this.#wanted = this.#stage === 'pilot' ? this.#spec.pilot : this.#spec.trials;
    this.#planned += this.#wanted;
    return true;
  }

  #nextStage(): Stage {
    if (this.#stage !== 'pilot') return 'over';
    return this.#looks === 0 ? 'pilot' : this.#learn();
  }

  #learn(): Stage {
    const scores = this.#pilot.all.map((trial) => this.#score(trial));
    const level = nextLevel(scores, this.#target);
    if (level === null) {
      return this.#giveUp(
        'no trial of the pilot lost an acknowledged write: the timings of the charts do not decide that',
      );
    }
    const reached = scores.filter((score) => score > this.#target).length;
    const isElite = (trial: PilotTrial): boolean => {
      const score = this.#score(trial);
      return score > this.#target || (score >= level && level < this.#target);
    };
    this.#tilts = learntTilts(this.#pilot, isElite);
    if (reached * 10 >= this.#pilot.all.length) return 'estimate';
    if (this.#looks < PILOT_LOOKS_MAX) return 'pilot';
    return this.#giveUp(
      `the pilot did not come there in ${PILOT_LOOKS_MAX} looks: longer timings of the charts hardly make the event likelier`,
    );
  }

  #giveUp(reason: string): Stage {
    this.#refused = reason;
    return 'over';
  }

  /** Collected in the order of the trials, whoever carries them out: sums of weights then are the same to the bit. */
  #jobs(first: number, take: (trial: RareTrial) => void): readonly Job<RareBlock>[] {
    const shelf = new BlockShelf<readonly RareTrial[]>((_, block) => {
      block.forEach(take);
      this.#done += block.length;
    });
    const { scenario } = this.#cell;
    const withHazards = this.#stage === 'pilot';
    const seed = `${this.#seed}.rare-${withHazards ? `pilot-${this.#looks}` : 'estimate'}`;
    return blocksOf(first, this.#asked, { least: TRIALS_PER_BLOCK, most: TRIALS_PER_BLOCK }).map(
      ({ from, to }, place) => ({
        block: { job: 'rare', scenario, seed, from, to, tilts: this.#tilts, withHazards },
        collect: (result) => shelf.put(place, result),
      }),
    );
  }
}

import { ecdf } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { ComparisonRun, type Executor, runRounds } from '@faultline/study';
import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import type { RacePlan } from './race-plan.ts';

type RaceDistribution = Omit<ServerMessageOf<'race-distribution'>, 'type' | 'run'>;

/** How recovery times of deployment kinds are distributed: many trials in the background, told as they come in. */
export class RaceTrials {
  readonly #race: RacePlan;
  readonly #comparison: ComparisonRun;
  /** Recovery times in microseconds by kind; Infinity for never. */
  readonly #recoveryUs: ReadonlyMap<string, number[]>;
  #isCancelled = false;

  constructor(race: RacePlan) {
    this.#race = race;
    const { racers, fault, trials, seed } = race;
    this.#recoveryUs = new Map(racers.map(({ kind }) => [kind.id, []]));
    this.#comparison = new ComparisonRun(
      { kinds: racers.map(({ kind }) => kind), registry: kinds, fault, trials, seed },
      (kind, { recoveryUs }) => this.#recoveryUs.get(kind)?.push(...recoveryUs),
    );
  }

  get done(): number {
    return this.#comparison.progress.done;
  }

  get of(): number {
    return this.#comparison.progress.planned;
  }

  /** Resolves when all trials are in, or soon after `cancel`. Rejects when a trial fails. */
  async run(executor: Executor, told: () => void): Promise<void> {
    await runRounds(this.#cancellable(executor), this.#comparison, () => {
      if (!this.#isCancelled) told();
    }).catch((error: unknown) => {
      // Trials that run when a server ends are cut off: nobody waits for them.
      if (!this.#isCancelled) throw error;
    });
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  /** The curves of the trials that are in. */
  distribution(): RaceDistribution {
    const { racers, fault, seed, trials } = this.#race;
    const complete = this.done === this.of;
    return {
      fault: fault.summary,
      seed,
      trials,
      complete,
      kinds: racers.map(({ kind }) => {
        const values = this.#recoveryUs.get(kind.id) ?? [];
        return {
          kind: kind.id,
          title: kind.title,
          trials: values.length,
          never: values.filter((value) => value === Number.POSITIVE_INFINITY).length,
          curve: ecdf(values).map(({ value, share, low, high }) => ({ us: value, share, low, high })),
        };
      }),
      notes: complete ? [...this.#comparison.result().notes] : [],
    };
  }

  /** Nothing more is started once it is cancelled. */
  #cancellable(executor: Executor): Executor {
    return {
      width: executor.width,
      run: (block) => (this.#isCancelled ? Promise.reject(new RaceCancelled()) : executor.run(block)),
      close: () => executor.close(),
    };
  }
}

/** Trials were given up because nobody waits for them any more. */
class RaceCancelled extends Error {}

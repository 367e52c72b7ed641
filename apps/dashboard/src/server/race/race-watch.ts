import type { Executor } from '@faultline/study';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import type { RacePlan } from './race-plan.ts';
import { RaceTrials } from './race-trials.ts';

/** What a race needs of the session that watches it. */
export interface RaceAudience {
  /** The run that the page sees now. */
  readonly run: () => number;
  readonly send: (message: ServerMessage) => void;
  readonly report: (message: string) => void;
  readonly executor: () => Executor;
}

/** The trials of a session's race, if there is one, told to its page as they come in. */
export class RaceWatch {
  readonly #audience: RaceAudience;
  #plan: RacePlan | null = null;
  #trials: RaceTrials | null = null;

  constructor(audience: RaceAudience) {
    this.#audience = audience;
  }

  start(plan: RacePlan): void {
    this.end();
    this.#plan = plan;
    this.tell();
    if (plan.trials === 0) return;
    const trials = new RaceTrials(plan);
    this.#trials = trials;
    trials
      .run(this.#audience.executor(), () => this.tell())
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        this.#audience.report(`trials of a race: ${text}`);
        const told = `The trials broke off, which is our fault: ${text}`;
        this.#audience.send({ type: 'problem', where: 'race', text: told });
      });
  }

  /** Nobody watches any more: what has begun is finished, and nothing else is started. */
  end(): void {
    this.#trials?.cancel();
    this.#trials = null;
    this.#plan = null;
  }

  tell(): void {
    if (this.#plan === null) return;
    const run = this.#audience.run();
    const { racers, fault, trials } = this.#plan;
    this.#audience.send({ type: 'race-plan', run, kinds: racers.map(({ kind }) => kind.id), fault: fault.id, trials });
    if (this.#trials === null) return;
    const { done, of } = this.#trials;
    this.#audience.send({ type: 'race-progress', run, done, of });
    this.#audience.send({ type: 'race-distribution', run, ...this.#trials.distribution() });
  }
}

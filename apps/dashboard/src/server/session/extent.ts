import type { Recording } from '../recording/recording.ts';

/** The times that bound play, over all lanes of a session. */
export class Extent {
  readonly #recordings: readonly Recording[];

  constructor(recordings: readonly Recording[]) {
    this.#recordings = recordings;
  }

  get horizonUs(): number {
    return Math.max(0, ...this.#recordings.map(({ scenario }) => scenario.horizonUs));
  }

  /** Where play ends: at the horizon, or where the last lane had to stop. */
  get endUs(): number {
    return Math.max(0, ...this.#recordings.map(({ done, reachedUs }) => (done ? reachedUs : this.horizonUs)));
  }

  /** Time can pass up to here: all lanes are simulated so far. A lane that has ended holds no other back. */
  get limitUs(): number {
    const limits = this.#recordings.map(({ done, reachedUs }) => (done ? this.horizonUs : reachedUs));
    return Math.min(this.endUs, ...limits);
  }

  get isDone(): boolean {
    return this.#recordings.every(({ done }) => done);
  }

  /** The lane to simulate next, undefined when all are done. */
  get furthestBehind(): Recording | undefined {
    const open = this.#recordings.filter(({ done }) => !done);
    return open.reduce<Recording | undefined>(
      (last, each) => (last === undefined || each.reachedUs < last.reachedUs ? each : last),
      undefined,
    );
  }

  /** The next turning point of any lane, or the end; Infinity while it is not simulated yet. */
  nextTurningPointUs(afterUs: number): number {
    const next = this.#recordings.map(({ turningPoints }) => turningPoints.after(afterUs) ?? Number.POSITIVE_INFINITY);
    const known = Math.min(...next);
    const { limitUs, endUs } = this;
    return known <= limitUs || limitUs < endUs ? known : endUs;
  }
}

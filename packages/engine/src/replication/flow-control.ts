import { SECOND_US } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { CopySet } from './copy-set.ts';
import { lagUs } from './reading.ts';
import type { Timeline } from './timeline.ts';

const LAW = 'the services publish the limit and not the law; an example in the documentation shows a delay of 2 ms';

export const flowControlDefaults = {
  flowControlPart: quantity(
    1_000,
    'times',
    'smaller than the lag beyond the limit is the delay of a commit',
    'assumed',
    LAW,
    '2026-11',
  ),
  flowControlMax: quantity(SECOND_US, 'µs', 'that a commit is held back at the most', 'assumed', LAW, '2026-11'),
};

/** The copies of a log, as flow control knows them. */
type Followers = Pick<CopySet, 'revision' | 'all'>;

/**
 * Commits are held back while a connected reader is further behind than the limit (one that is gone tells nobody
 * of its lag).
 */
export class FlowControl {
  readonly #limitUs: number;
  readonly #copies: Followers;
  readonly #writes: { readonly timeline: Timeline | null };
  /** Up to then no copy can be too far behind, unless something happens to the copies: every write asks, and next to none has to look. */
  #easyUntilUs = -1;
  #revision = -1;

  /** `writes` has the history that is written. */
  constructor(limitUs: number, copies: Followers, writes: { readonly timeline: Timeline | null }) {
    this.#limitUs = limitUs;
    this.#copies = copies;
    this.#writes = writes;
  }

  /** For how long, if the commit comes now, in microseconds. */
  heldBackUs(nowUs: number): number {
    const { revision } = this.#copies;
    if (nowUs <= this.#easyUntilUs && revision === this.#revision) return 0;
    const excessUs = this.#lookUs(nowUs) - this.#limitUs;
    this.#revision = revision;
    const { flowControlPart, flowControlMax } = flowControlDefaults;
    return excessUs <= 0 ? 0 : Math.min(Math.round(excessUs / flowControlPart.value), flowControlMax.value);
  }

  /** How far the furthest copy is behind; finds out when to look again. */
  #lookUs(nowUs: number): number {
    const current = this.#writes.timeline as Timeline;
    let behindUs = 0;
    let oldestUs = nowUs;
    for (const copy of this.#copies.all()) {
      if (!copy.stream?.connected || !copy.replays) continue;
      const applied = copy.appliedHead(nowUs);
      behindUs = Math.max(behindUs, lagUs(current, copy.timeline, applied, nowUs));
      // What it lacks may only become durable later, and is as old then as when it was written.
      const next = current.sharedWith(copy.timeline, applied) + 1;
      if (next <= current.head) oldestUs = Math.min(oldestUs, current.appendedAtUs(next));
    }
    this.#easyUntilUs = oldestUs + this.#limitUs;
    return behindUs;
  }
}

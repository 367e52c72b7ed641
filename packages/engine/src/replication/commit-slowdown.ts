import { SECOND_US } from '@faultline/clock';
import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { CopySet } from './copy-set.ts';
import { FlowControl } from './flow-control.ts';
import type { Timeline } from './timeline.ts';

/** What the copies of a log make of a commit beside its durability: every write asks. */
export class CommitSlowdown {
  readonly #copies: CopySet;
  readonly #whileRebuilding: number;
  /** Null where the service has none. */
  readonly #flowControl: FlowControl | null;

  /** `writes` has the history that is written. */
  constructor(
    layout: LogReplication | FollowerReplication,
    copies: CopySet,
    writes: { readonly timeline: Timeline | null },
  ) {
    const isLog = layout.rule === 'log';
    this.#copies = copies;
    this.#whileRebuilding = isLog ? layout.rebuildSlowdown.value : 1;
    const limit = isLog ? layout.flowControlLag : undefined;
    this.#flowControl = limit ? new FlowControl(limit.value * SECOND_US, copies, writes) : null;
  }

  /** Factor on the writer's service time: more than 1 while a copy is made again. */
  get factor(): number {
    return this.#copies.isRebuilding ? this.#whileRebuilding : 1;
  }

  /** How long flow control holds a commit back now, in microseconds; 0 where there is none. */
  heldBackUs(nowUs: number): number {
    return this.#flowControl === null ? 0 : this.#flowControl.heldBackUs(nowUs);
  }
}

import type { Sampler } from '@faultline/clock';
import type { AcknowledgedWhen } from '@faultline/models';
import type { Path } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';
import type { Stream } from './stream.ts';
import type { Timeline } from './timeline.ts';

/** What a copy does with an entry, and when it answers. */
export interface CopyWork {
  readonly flush: Sampler;
  /** Each copy flushes batch by batch; else the flushes of neighbours overlap. */
  readonly flushesInBatches: boolean;
  /** Applying one entry always takes the same time, in microseconds. */
  readonly applyUs: number;
  readonly acknowledgedWhen: AcknowledgedWhen;
}

/** The paths between a sender and a copy. */
export interface Ways {
  readonly out: Path;
  readonly back: Path;
}

/** What one node's own storage holds of the log, and the stream that feeds it while there is one. */
export class Copy {
  readonly node: Node;
  /** Counts towards the acknowledgement while it is attached. */
  readonly durable: boolean;
  /** Applies what it receives, and can serve reads of it. */
  readonly replays: boolean;
  attached = true;
  rebuilding = false;
  /** Replication is paused by a fault, or its apply is stalled, so many times. */
  paused = 0;
  applyStalls = 0;
  stream: Stream | null = null;
  /** Between the present sender and this copy; null before they are asked for. */
  ways: Ways | null = null;
  timeline: Timeline;
  #received: number;
  #applied: number;

  constructor(node: Node, durable: boolean, replays: boolean, timeline: Timeline) {
    this.node = node;
    this.durable = durable;
    this.replays = replays;
    this.timeline = timeline;
    this.#received = timeline.head;
    this.#applied = timeline.head;
  }

  receivedHead(nowUs: number): number {
    return this.stream ? this.stream.receivedHead(nowUs) : this.#received;
  }

  appliedHead(nowUs: number): number {
    return this.stream ? this.stream.appliedHead(nowUs) : this.#applied;
  }

  /** Ends the stream and keeps its positions as they are now. */
  settle(nowUs: number): void {
    if (!this.stream) return;
    this.stream.disconnect(nowUs, true);
    this.#received = this.stream.receivedHead(nowUs);
    this.#applied = this.stream.appliedHead(nowUs);
    this.timeline = this.stream.timeline;
    this.stream = null;
  }

  /** The copy now holds exactly this. */
  place(timeline: Timeline, received: number, applied: number): void {
    this.stream = null;
    this.timeline = timeline;
    this.#received = received;
    this.#applied = Math.min(applied, received);
  }
}

import type { Exchange, Reply } from '../nodes/exchange.ts';
import type { Timeline } from './timeline.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** How a write will end if nothing changes in the world until then. Instants in microseconds. */
export interface Commit {
  /** When the answer leaves the node; Infinity while none is in sight. */
  readonly answersAtUs: number;
  /** What the answer takes beside durability, in microseconds. */
  readonly extraUs: number;
  /** Why nothing was written, such as `read-only`; null for none. */
  readonly error: string | null;
  /** Where the write is in the log; 0 when it is in none. */
  readonly lsn: number;
  readonly timeline: number;
  readonly committedAtUs: number;
}

/** How a read ends: nothing that changes later touches it. */
export interface Look {
  readonly answersAtUs: number;
  /** Why nothing was read, such as `unavailable`; null for none. */
  readonly error: string | null;
  /** Number of the operation that wrote what was read; 0 when nobody did. */
  readonly value: number;
  readonly staleUs: number;
  /** The point as of which it was read; 0 where there is no one log. */
  readonly lsn: number;
  readonly timeline: number;
}

/** The one commit that a plane has to show at a time: a write leaves no object behind. */
export class CommitInSight implements Commit {
  answersAtUs = NEVER;
  extraUs = 0;
  error: string | null = null;
  lsn = 0;
  timeline = 0;
  committedAtUs = 0;

  /** Nothing is written, and the client hears why. */
  refused(error: string, answersAtUs: number): this {
    this.#isNowhere(answersAtUs);
    this.error = error;
    return this;
  }

  /** Nothing is written, and the client hears nothing. */
  held(): this {
    return this.#isNowhere(NEVER);
  }

  /** What was appended just now at `lsn` is answered `extraUs` after it is durable. */
  written(timeline: Timeline, lsn: number, committedAtUs: number, extraUs: number): this {
    this.answersAtUs = timeline.durableAtUs(lsn) + extraUs;
    this.extraUs = extraUs;
    this.error = null;
    this.lsn = lsn;
    this.timeline = timeline.id;
    this.committedAtUs = committedAtUs;
    return this;
  }

  #isNowhere(answersAtUs: number): this {
    this.answersAtUs = answersAtUs;
    this.extraUs = 0;
    this.error = null;
    this.lsn = 0;
    this.timeline = 0;
    this.committedAtUs = 0;
    return this;
  }
}

/** The one look that a plane has to show at a time. */
export class LookTaken implements Look {
  answersAtUs = 0;
  error: string | null = null;
  value = 0;
  staleUs = 0;
  lsn = 0;
  timeline = 0;

  refused(error: string, answersAtUs: number): this {
    this.saw(answersAtUs, 0, 0);
    this.error = error;
    return this;
  }

  /** As of a position of one log, where there is one. */
  saw(answersAtUs: number, value: number, staleUs: number, lsn = 0, timeline = 0): this {
    this.answersAtUs = answersAtUs;
    this.error = null;
    this.value = value;
    this.staleUs = staleUs;
    this.lsn = lsn;
    this.timeline = timeline;
    return this;
  }
}

/** What the client is told in the end. */
function replyTo({ error, lsn, timeline, committedAtUs }: Commit): Reply {
  return error === null ? { lsn, timeline, committedAtUs } : { error };
}

/** What a reader is told. Timelines are numbered from 1. */
export function replyWith({ error, value, staleUs, lsn, timeline }: Look): Reply {
  if (error !== null) return { error };
  return timeline === 0 ? { value, staleUs } : { value, staleUs, timeline, lsn };
}

/** Tells whoever waits when the answer leaves, or that none is in sight. */
export function promise(exchange: Pick<Exchange, 'replyAt' | 'hold'>, commit: Commit): void {
  if (commit.answersAtUs === Number.POSITIVE_INFINITY) exchange.hold();
  else exchange.replyAt(commit.answersAtUs, replyTo(commit));
}

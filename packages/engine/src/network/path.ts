import type { Agenda, RandomStream, RandomStreams } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { Quantile } from '../tabulated.ts';
import type { Site } from './site.ts';

const LINUX = 'Linux, include/net/tcp.h:';

/** When TCP sends a segment again that was not acknowledged: after waits that double. */
export const retransmissionDefaults = {
  retransmitFirst: quantity(200_000, 'µs', 'first wait of a segment', 'documented', `${LINUX} TCP_RTO_MIN`, '2026-11'),
  retransmitMax: quantity(120_000_000, 'µs', 'longest wait', 'documented', `${LINUX} TCP_RTO_MAX`, '2026-11'),
};
export const RETRANSMIT_FIRST_US = retransmissionDefaults.retransmitFirst.value;
const RETRANSMIT_MAX_US = retransmissionDefaults.retransmitMax.value;

/** A message is through after so many tries at the latest: two weeks, which outlasts whoever waits for it. */
const TRIES_MAX = 10_000;

/** Of all messages, those of which it is not worked out how long they need unless it matters. */
const USUAL_SHARE = 0.99;

/** One direction between two sites, as it is now: what faults left of it. */
export class Path {
  readonly from: Site;
  readonly to: Site;
  open = true;
  /** When it last closed; -1 when it never did. A message sent before and due after that instant is lost. */
  closedAtUs = -1;
  slowdown = 1;
  lossProbability = 0;
  /** From here on nothing is lost any more. */
  lossEndsAtUs = 0;
  /** Made when first needed: on most paths nobody ever waits. */
  #waiting: Set<() => void> | null = null;
  readonly #quantileOf: (from: Site, to: Site) => Quantile;
  readonly #streams: RandomStreams;
  readonly #agenda: Agenda;
  /** Found when the first message takes this way: some paths are only looked at. */
  #quantile: Quantile | null = null;
  #random: RandomStream | null = null;
  /** Most messages need no longer; -1 before it was asked. */
  #usualUs = -1;
  /** Made when first needed: most paths never lose anything. */
  #lossRandom: RandomStream | null = null;

  constructor(
    from: Site,
    to: Site,
    quantileOf: (from: Site, to: Site) => Quantile,
    streams: RandomStreams,
    agenda: Agenda,
  ) {
    this.from = from;
    this.to = to;
    this.#quantileOf = quantileOf;
    this.#streams = streams;
    this.#agenda = agenda;
  }

  /** Called when the path opens again, in the order of arrival. */
  get waiting(): Set<() => void> {
    this.#waiting ??= new Set();
    return this.#waiting;
  }

  /** Those that wait, who do so no longer. */
  takeWaiting(): readonly (() => void)[] {
    const waiting = this.#waiting ? [...this.#waiting] : [];
    this.#waiting = null;
    return waiting;
  }

  /**
   * Draws the time that one message needs, lost segments sent again included.
   *
   * @param random Given by a sender that has one stream for all of its many paths; else each path has its own.
   */
  latencyUs(random: RandomStream = this.#ownRandom): number {
    const latency = this.#latencyOf(random());
    if (this.slowdown === 1 && this.lossProbability === 0) return latency;
    return Math.round(latency * this.slowdown) + this.#retransmissionsUs();
  }

  /**
   * The same draw, for a message of which only matters whether it needs less than `limitUs`: 0 where it surely does, without
   * working out how much less.
   */
  latencyNear(limitUs: number): number {
    if (this.slowdown !== 1 || this.lossProbability !== 0) return this.latencyUs();
    if (this.#usualUs < 0) this.#usualUs = this.#latencyOf(USUAL_SHARE);
    const uniform = this.#ownRandom();
    // What is drawn grows with its uniform number.
    return uniform < USUAL_SHARE && this.#usualUs < limitUs ? 0 : this.#latencyOf(uniform);
  }

  /** Instant of the first retransmission at or after `nowUs` of a segment first sent at `sentAtUs`. */
  static retransmitAtUs(sentAtUs: number, nowUs: number): number {
    let at = sentAtUs;
    let wait = RETRANSMIT_FIRST_US;
    while (at < nowUs) {
      at += wait;
      wait = Math.min(wait * 2, RETRANSMIT_MAX_US);
    }
    return at;
  }

  /** The latency that belongs to a uniform number, where nothing is lost or slow. */
  #latencyOf(uniform: number): number {
    this.#quantile ??= this.#quantileOf(this.from, this.to);
    return this.#quantile(uniform);
  }

  get #ownRandom(): RandomStream {
    this.#random ??= this.#streams.stream(`${this.from.name}->${this.to.name}`);
    return this.#random;
  }

  /** What waiting for lost segments takes. One that is sent again after the loss is over gets through. */
  #retransmissionsUs(): number {
    if (this.lossProbability === 0) return 0;
    this.#lossRandom ??= this.#streams.stream(`${this.from.name}->${this.to.name}/loss`);
    const forUs = this.lossEndsAtUs - this.#agenda.nowUs;
    let total = 0;
    let wait = RETRANSMIT_FIRST_US;
    for (let tries = 1; tries < TRIES_MAX && total < forUs && this.#lossRandom() < this.lossProbability; tries++) {
      total += wait;
      wait = Math.min(wait * 2, RETRANSMIT_MAX_US);
    }
    return total;
  }
}

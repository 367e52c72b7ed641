import type { Agenda, RandomStream } from '@faultline/clock';
import type { DnsAnswer, DnsEndpoint } from './zone.ts';

/** An answer that a resolver holds, and until when. */
export interface HeldAnswer {
  readonly node: string | null;
  readonly expiresAtUs: number;
}

/**
 * The resolver of a network (in a VPC: one for the clients of an AZ). It keeps each answer for the record's
 * TTL; negative answers too, for the same time, which is the shorter of the two values in an RDS zone.
 *
 * Others have asked it before the run began: the first answer that it gives for a name has lived for some part of its
 * TTL. Without that the age of an answer at the fault would follow from the instant of the fault.
 *
 * It answers clients of an AZ or a Region that is cut off as well. That is assumed: a VPC has its resolver in every AZ,
 * and what one says that reaches no zone is not published. It hardly shows, as such clients reach no address outside.
 */
export class Resolver {
  readonly #agenda: Agenda;
  readonly #random: RandomStream;
  readonly #cache = new Map<DnsEndpoint, HeldAnswer>();
  readonly #answered: ((endpoint: DnsEndpoint, answer: DnsAnswer) => void) | null;

  /** `answered` is told every answer, for those who watch. */
  constructor(
    agenda: Agenda,
    random: RandomStream,
    answered: ((endpoint: DnsEndpoint, answer: DnsAnswer) => void) | null = null,
  ) {
    this.#agenda = agenda;
    this.#random = random;
    this.#answered = answered;
  }

  /** What it answers, and until when that may be kept. */
  ask(endpoint: DnsEndpoint): HeldAnswer {
    const held = this.#answerFor(endpoint);
    this.#answered?.(endpoint, { node: held.node, ttlUs: held.expiresAtUs - this.#agenda.nowUs });
    return held;
  }

  #answerFor(endpoint: DnsEndpoint): HeldAnswer {
    const { nowUs } = this.#agenda;
    const held = this.#cache.get(endpoint);
    if (held && held.expiresAtUs > nowUs) return held;
    const { node, ttlUs } = endpoint.ask();
    const answer = { node, expiresAtUs: nowUs + (held ? ttlUs : Math.round(ttlUs * this.#random())) };
    this.#cache.set(endpoint, answer);
    return answer;
  }
}

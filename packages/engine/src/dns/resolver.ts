import type { Agenda } from '@faultline/clock';
import type { DnsAnswer, DnsEndpoint } from './zone.ts';

/** The answer that a cache holds, and until when. */
interface Cached {
  readonly node: string | null;
  readonly expiresAtUs: number;
}

/**
 * The resolver of a network (in a VPC: one for the clients of an AZ). It keeps each answer for the record's
 * TTL; negative answers too, for the same time, which is the shorter of the two values in an RDS zone.
 */
export class Resolver {
  readonly #agenda: Agenda;
  readonly #cache = new Map<DnsEndpoint, Cached>();

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  ask(endpoint: DnsEndpoint): DnsAnswer {
    const nowUs = this.#agenda.nowUs;
    const cached = this.#cache.get(endpoint);
    if (cached && cached.expiresAtUs > nowUs) return { node: cached.node, ttlUs: cached.expiresAtUs - nowUs };
    const answer = endpoint.ask();
    this.#cache.set(endpoint, { node: answer.node, expiresAtUs: nowUs + answer.ttlUs });
    return answer;
  }
}

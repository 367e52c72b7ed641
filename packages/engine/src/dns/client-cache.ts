import type { Agenda, RandomStream } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { DnsCacheSpec } from '@faultline/scenario';
import type { Resolver } from './resolver.ts';
import type { DnsEndpoint } from './zone.ts';

export const clientCacheDefaults = {
  negativeAnswer: quantity(
    10_000_000,
    'µs',
    'that a cache which ignores TTLs keeps a failed look-up',
    'documented',
    'Java networking properties, networkaddress.cache.negative.ttl',
    '2026-11',
  ),
};
const NEGATIVE_US = clientCacheDefaults.negativeAnswer.value;

/** Longer than any run: more than a century, a share of which is still decades. */
const NEVER_US = 4e15;

/**
 * What became of a look-up: the cache `held` an answer, or it asked and took in one that is `changed`, or the same one,
 * `renewed` for another lifetime; or it asked, was told the same and keeps `nothing` of it.
 */
export type LookUp = 'held' | 'changed' | 'renewed' | 'nothing';

/** The cache inside one client process: it may honour the TTL, or keep an answer far longer. */
export class ClientDnsCache {
  readonly #spec: DnsCacheSpec;
  readonly #agenda: Agenda;
  readonly #resolver: Resolver;
  /**
   * What is left of the first answer's lifetime, from 0 to 1: the clients of a run have been running for long, and
   * at different ages. Without it all of them would ask again in step.
   */
  readonly #firstShare: number;
  #endpoint: DnsEndpoint | null = null;
  #node: string | null = null;
  #expiresAtUs = -1;

  constructor(spec: DnsCacheSpec, agenda: Agenda, resolver: Resolver, random: RandomStream) {
    this.#firstShare = random();
    this.#spec = spec;
    this.#agenda = agenda;
    this.#resolver = resolver;
  }

  /** When the present answer ends; null for never. */
  get expiresAtUs(): number | null {
    return this.#spec.mode === 'forever' && this.#node !== null ? null : this.#expiresAtUs;
  }

  /** The answer that was given last; null for none. */
  get node(): string | null {
    return this.#node;
  }

  /** `node` is the answer for this endpoint then. */
  lookUp(endpoint: DnsEndpoint): LookUp {
    const holds = this.#endpoint === endpoint && this.#expiresAtUs > this.#agenda.nowUs;
    return holds ? 'held' : this.#ask(endpoint);
  }

  #ask(endpoint: DnsEndpoint): LookUp {
    const { nowUs } = this.#agenda;
    const { node, expiresAtUs } = this.#resolver.ask(endpoint);
    const changed = this.#endpoint !== endpoint || node !== this.#node;
    const share = this.#endpoint === null ? this.#firstShare : 1;
    this.#endpoint = endpoint;
    this.#node = node;
    this.#expiresAtUs = nowUs + Math.round(this.#lifetimeUs(node, expiresAtUs - nowUs) * share);
    if (changed) return 'changed';
    return this.#expiresAtUs > nowUs ? 'renewed' : 'nothing';
  }

  #lifetimeUs(node: string | null, ttlUs: number): number {
    switch (this.#spec.mode) {
      case 'none':
        return 0;
      case 'ttl':
        return ttlUs;
      case 'fixed':
        return node === null ? Math.min(NEGATIVE_US, this.#spec.us) : this.#spec.us;
      case 'forever':
        return node === null ? NEGATIVE_US : NEVER_US;
    }
  }
}

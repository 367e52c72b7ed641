import { ClientDnsCache } from '../dns/client-cache.ts';
import type { Node } from '../nodes/node.ts';
import type { CohortView } from './cohort-view.ts';
import { Pool } from './pool.ts';

/** One client process: its own DNS cache and its own pool. */
export class Client {
  readonly index: number;
  readonly cohort: CohortView;
  readonly pool: Pool;
  readonly #dns: ClientDnsCache;
  /** The node that the answer of its DNS cache names. */
  #found: Node | null = null;

  constructor(index: number, cohort: CohortView) {
    const { world, spec } = cohort;
    this.index = index;
    this.cohort = cohort;
    this.#dns = new ClientDnsCache(spec.dnsCache, world.agenda, cohort.resolver, cohort.dnsRandom);
    this.pool = new Pool(spec.pool, spec.driver.keepalive, world.agenda, ({ node }, reason) =>
      cohort.records.disconnect(index, node, reason),
    );
  }

  /** The node to connect to: by DNS, or by the cluster's own topology for a driver that knows it. Null when nobody can say. */
  resolve(): Node | null {
    const { cohort } = this;
    if (cohort.spec.driver.failover === 'topology') return cohort.database.knownWriter(cohort.site);
    const lookUp = this.#dns.lookUp(cohort.endpoint);
    if (lookUp === 'held') return this.#found;
    const { node, expiresAtUs } = this.#dns;
    if (lookUp === 'changed') {
      this.#found = node === null ? null : cohort.database.node(node);
      cohort.records.resolve(this.index, cohort.endpoint.id, node, expiresAtUs);
    } else if (lookUp === 'renewed') cohort.records.renewed(this.index, cohort.endpoint.id, node, expiresAtUs);
    return this.#found;
  }
}

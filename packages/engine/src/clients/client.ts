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
  /** The node that was found last: an outage asks for the same one again and again. */
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
    const { node, taken } = this.#dns.lookUp(cohort.endpoint);
    if (taken) cohort.records.resolve(this.index, cohort.endpoint.id, node, this.#dns.expiresAtUs);
    if (node === null) return null;
    if (this.#found?.id !== node) this.#found = cohort.database.node(node);
    return this.#found;
  }
}

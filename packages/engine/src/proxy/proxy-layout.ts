import type { EndpointLayout, NodeLayout } from '@faultline/models';
import { type DatabaseSpec, PROXY_ENDPOINT, proxyHosts } from '@faultline/scenario';
import { providedProxyDefaults } from './provided-proxy-defaults.ts';

const TTL_US = providedProxyDefaults.proxyTtl.value;

/** What a proxy of the provider consists of: a host in each of several AZs, and a name for all of them. */
export interface ProxyLayout {
  readonly hosts: readonly NodeLayout[];
  readonly endpoint: EndpointLayout;
}

/** The proxy of a database in its Region; null for one without. */
export function proxyLayout(spec: DatabaseSpec, region: string): ProxyLayout | null {
  if (!spec.proxy) return null;
  const hosts = proxyHosts(spec).map(({ id, az }) => {
    return { id, az, region, role: PROXY_ENDPOINT, readable: false, writable: false };
  });
  return { hosts, endpoint: { id: PROXY_ENDPOINT, nodes: hosts.map(({ id }) => id), ttlUs: TTL_US, serves: 'both' } };
}

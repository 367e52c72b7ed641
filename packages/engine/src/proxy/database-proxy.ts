import type { ProxySpec } from '@faultline/scenario';
import type { ProxyBlueprint } from '../blueprint.ts';
import type { Session } from '../clients/session.ts';
import { buildEndpoint } from '../dns/build-endpoint.ts';
import type { DnsEndpoint } from '../dns/zone.ts';
import { buildNode } from '../nodes/build-node.ts';
import type { Node } from '../nodes/node.ts';
import type { Surroundings } from '../surroundings.ts';
import { providedProxyDefaults } from './provided-proxy-defaults.ts';
import { ProxyHost } from './proxy-host.ts';

const RESTART_US = providedProxyDefaults.proxyRestart.value;
const HEALTH_CHECK_US = providedProxyDefaults.proxyHealthCheck.value;

/**
 * A proxy of the provider before one database: a host in each of several AZs, and a name for all of them. It belongs to
 * the database's Region and depends on no DNS name of the database.
 */
export class DatabaseProxy {
  readonly endpoint: DnsEndpoint;
  readonly #world: Surroundings;
  readonly #region: string;
  readonly #hosts: ReadonlyMap<string, ProxyHost>;
  /** Hosts that are down and will be started. */
  readonly #restarting = new Set<ProxyHost>();
  #checking = false;

  constructor(
    world: Surroundings,
    database: string,
    spec: ProxySpec,
    { region, hosts, endpoint }: ProxyBlueprint,
    nodes: readonly Node[],
  ) {
    this.#world = world;
    this.#region = region;
    this.#hosts = new Map(
      hosts.map((host) => [host.layout.id, new ProxyHost(world, buildNode(world, database, host), spec, nodes)]),
    );
    this.endpoint = buildEndpoint(world, database, endpoint);
  }

  /** Its hosts as machines. */
  get nodes(): readonly Node[] {
    return [...this.#hosts.values()].map(({ node }) => node);
  }

  node(id: string): Node | undefined {
    return this.#hosts.get(id)?.node;
  }

  /** A client has connected to one of its hosts. */
  accept(node: Node): Session | null {
    return this.#hosts.get(node.id)?.accept() ?? null;
  }

  /** The world has changed. */
  look(): void {
    for (const host of this.#hosts.values()) {
      if (host.node.alive) host.look();
      else this.#restart(host);
    }
    this.#checkHealth();
  }

  #restart(host: ProxyHost): void {
    const { node } = host;
    if (this.#restarting.has(host) || this.#world.hasNoPower(node.site)) return;
    this.#restarting.add(host);
    this.#world.agenda.schedule(RESTART_US, () => {
      this.#restarting.delete(host);
      this.#world.change(() => {
        if (node.alive || this.#world.hasNoPower(node.site)) return;
        if (!node.hostUp) {
          node.hostGeneration++;
          node.hostReturned();
        }
        node.process = 'running';
        host.begin();
      });
      node.record(this.#world.nowUs);
    });
  }

  /** The name leads to hosts that the control plane sees at work. When it sees none, the name stays as it is. */
  #checkHealth(): void {
    if (this.#checking || this.#isRight(this.#healthy())) return;
    this.#checking = true;
    this.#world.agenda.schedule(HEALTH_CHECK_US, () => {
      this.#checking = false;
      const healthy = this.#healthy();
      if (!this.#isRight(healthy)) this.endpoint.repoint(healthy, 0, () => {});
    });
  }

  #isRight(healthy: readonly string[]): boolean {
    return healthy.length === 0 || healthy.join() === this.endpoint.nodes.join();
  }

  #healthy(): readonly string[] {
    const { network } = this.#world;
    const eyes = network.site(`control-plane/${this.#region}`, this.#region, null);
    return this.nodes.filter((node) => node.alive && network.connects(eyes, node.site)).map(({ id }) => id);
  }
}

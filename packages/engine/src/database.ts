import type { Command, DeploymentKind, Layout } from '@faultline/models';
import type { DatabaseBlueprint } from './blueprint.ts';
import type { ClientDatabase } from './clients/cohort-view.ts';
import type { Session } from './clients/session.ts';
import { ChartRunner } from './control/chart-runner.ts';
import { carryOut } from './control/commands.ts';
import type { ControlledDatabase } from './control/controlled-database.ts';
import { Eyes } from './control/eyes.ts';
import { HostReplacements } from './control/host-replacements.ts';
import { Observer } from './control/observer.ts';
import { Starts } from './control/starts.ts';
import { DatabaseContext } from './database-context.ts';
import { buildEndpoint } from './dns/build-endpoint.ts';
import { defaultEndpointsOf } from './dns/default-endpoints.ts';
import type { DnsEndpoint } from './dns/zone.ts';
import type { Site } from './network/site.ts';
import { buildNode } from './nodes/build-node.ts';
import { knownWriter } from './nodes/known-writer.ts';
import type { Node } from './nodes/node.ts';
import { DatabaseProxy } from './proxy/database-proxy.ts';
import { buildPlane } from './replication/build-plane.ts';
import type { DataPlane } from './replication/plane.ts';
import type { Surroundings } from './surroundings.ts';

/** One database of the scenario: nodes, data, endpoints, and the charts that control them. */
export class Database implements ControlledDatabase, ClientDatabase {
  readonly name: string;
  readonly blueprint: DatabaseBlueprint;
  readonly kind: DeploymentKind;
  readonly layout: Layout;
  readonly nodes: ReadonlyMap<string, Node>;
  /** The same, for what is done at every change. */
  readonly #eachNode: readonly Node[];
  readonly plane: DataPlane;
  readonly #starts: Starts;
  /** One for each chart: the control plane of the Region that the chart works in. */
  readonly observers: readonly Observer[];
  readonly charts: readonly ChartRunner[];
  readonly #world: Surroundings;
  readonly #eyes: Eyes;
  readonly #endpoints = new Map<string, DnsEndpoint>();
  readonly #replacements: HostReplacements;
  readonly #proxy: DatabaseProxy | null;

  constructor(world: Surroundings, blueprint: DatabaseBlueprint) {
    const { spec, kind, layout } = blueprint;
    this.#world = world;
    this.blueprint = blueprint;
    this.name = spec.name;
    this.kind = kind;
    this.layout = layout;
    const nodes = new Map<string, Node>();
    for (const node of blueprint.nodes) nodes.set(node.layout.id, buildNode(world, spec.name, node));
    this.nodes = nodes;
    this.#eachNode = [...nodes.values()];
    const context = new DatabaseContext(world, blueprint, nodes, this);
    this.plane = buildPlane(context, layout.replication, (source) => world.planeOf(source));
    this.#proxy =
      spec.proxy && blueprint.proxy
        ? new DatabaseProxy(world, spec.name, spec.proxy, blueprint.proxy, this.#eachNode)
        : null;
    for (const each of blueprint.endpoints) this.#endpoints.set(each.layout.id, buildEndpoint(world, spec.name, each));
    if (this.#proxy) this.#endpoints.set(this.#proxy.endpoint.id, this.#proxy.endpoint);
    this.#starts = new Starts(world, this);
    this.#replacements = new HostReplacements(world, this.plane, (node, site) => this.#observes(node, site));
    this.#eyes = new Eyes(world, spec.name, spec.observer);
    this.observers = layout.charts.map((chart) => this.#observerFor(chart));
    const execute = (command: Command) => carryOut(world, this, command);
    this.charts = blueprint.charts.map((chart) => new ChartRunner(context, chart, execute, world.executeChart));
  }

  /** Sets the charts going and shows how everything stands. */
  start(): void {
    for (const endpoint of this.endpoints()) endpoint.record();
    for (const node of this.hosts()) node.record(this.#world.nowUs);
    for (const chart of this.charts) chart.start();
  }

  node(id: string): Node {
    const node = this.nodes.get(id) ?? this.#proxy?.node(id);
    if (!node) throw new Error(`${this.name} has no node ${id}`);
    return node;
  }

  endpoint(id: string): DnsEndpoint {
    const endpoint = this.#endpoints.get(id);
    if (!endpoint) throw new Error(`${this.name} has no endpoint ${id}`);
    return endpoint;
  }

  endpoints(): Iterable<DnsEndpoint> {
    return this.#endpoints.values();
  }

  /** Every machine of it: its nodes and the hosts of its proxy. */
  hosts(): Iterable<Node> {
    return this.#proxy === null ? this.#eachNode : [...this.#eachNode, ...this.#proxy.nodes];
  }

  accept(node: Node): Session | null {
    return this.#proxy?.accept(node) ?? null;
  }

  /** Where clients go that name only the database: the endpoint for writes, of their own Region when there are several. */
  defaultEndpoint(region: string): DnsEndpoint {
    return this.endpoint(defaultEndpointsOf(this.layout)(region));
  }

  /** Nodes that a fault's target stands for now: a node's own name, or all nodes of a role. */
  nodesNamed(name: string): readonly Node[] {
    const node = this.nodes.get(name) ?? this.#proxy?.node(name);
    return node ? [node] : this.#eachNode.filter((candidate) => candidate.role === name);
  }

  knownWriter(site: Site): Node | null {
    return knownWriter(this.#eachNode, site, this.#world.network);
  }

  startNode(node: Node, startUs: number, clean: boolean): void {
    this.#starts.begin(node, startUs, clean);
  }

  /** A process ended: a start that was under way is void, and the log has to know. */
  nodeStopped(node: Node): void {
    this.#starts.cancel(node);
    if (this.nodes.has(node.id)) this.plane.nodeStopped(node);
  }

  observes(node: Node): boolean {
    return this.#observes(node, node.site);
  }

  /** Tells a fact named after the node's role to the charts that this node concerns. */
  tellOf(node: string, observation: string, detail?: Readonly<Record<string, unknown>>): void {
    const fact = this.blueprint.factNames.of(this.node(node).role, observation);
    this.tell(fact, detail === undefined ? { node } : { node, ...detail }, node);
  }

  /** Tells the charts that `concerns` belongs to, or all. */
  tell(fact: string, detail: Readonly<Record<string, unknown>> = {}, concerns?: string): void {
    for (const chart of this.charts)
      if (concerns === undefined || chart.nodes.includes(concerns)) chart.tell(fact, detail);
  }

  /** Gives a node a new host as soon as its AZ has power and launches hosts, and the control plane reaches it. */
  replaceHost(node: Node, az: string | null, volumeLost: boolean): void {
    this.#replacements.order(node, az, volumeLost);
    this.#world.change(() => {});
  }

  /** After every change of the world: what waited for it, then what the control plane sees. */
  afterChange(): void {
    this.#replacements.reconsider();
    for (const node of this.#eachNode) {
      // The control plane ends a fenced writer that it reaches; one that storage refuses ends by itself.
      if (node.fenced && !node.readsWhileFenced && node.alive && (this.observes(node) || this.plane.refuses(node))) {
        this.#world.stopNode(node, 'stopped', false);
        node.record(this.#world.nowUs);
      }
    }
    this.plane.refresh();
    this.#proxy?.look();
    for (const observer of this.observers) observer.look();
  }

  /** A node goes, with its host and its volume. */
  discard(node: Node): void {
    this.#world.change(() => this.#replacements.discard(node));
    node.record(this.#world.nowUs);
  }

  #observerFor(chart: Layout['charts'][number]): Observer {
    const watched = chart.nodes.map((id) => this.node(id));
    return new Observer(
      this.#eyes.in((watched[0] as Node).region),
      this.#world.network,
      watched,
      this.plane,
      (node, observation, detail) => this.tellOf(node.id, observation, detail),
    );
  }

  #observes({ region }: Node, site: Site): boolean {
    return this.#world.network.sees(this.#eyes.in(region), site);
  }
}

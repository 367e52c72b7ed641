import { Agenda, type RandomStream, RandomStreams } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { AfflictedPlaces } from './afflicted-places.ts';
import { blueprintsOf, clientsOf, type DatabaseBlueprint, regionsByAz, streamNamesOf } from './blueprint.ts';
import type { ChartExecutor } from './charts/chart-execution.ts';
import { interpretChart } from './charts/interpreted-chart.ts';
import { Cohort } from './clients/cohort.ts';
import { TransactionRows } from './clients/transaction-rows.ts';
import { Operators } from './control/operators.ts';
import { Database } from './database.ts';
import { Resolver } from './dns/resolver.ts';
import { Network } from './network/network.ts';
import type { Site } from './network/site.ts';
import type { Node } from './nodes/node.ts';
import { Observation } from './observation.ts';
import { Recorder } from './recorder.ts';
import type { DataPlane } from './replication/plane.ts';
import type { Surroundings } from './surroundings.ts';

export interface WorldOptions {
  readonly recorder?: Recorder;
  readonly observed?: boolean;
  readonly executeChart?: ChartExecutor;
  /** Chance in place of that of the scenario's seed. */
  readonly streams?: RandomStreams | undefined;
  /** Whether operations go straight on as long as nothing else happens. */
  readonly goesStraight?: boolean;
}

/** Everything that a run simulates, on one agenda. */
export class World implements Surroundings {
  readonly scenario: Scenario;
  readonly agenda = new Agenda();
  readonly recorder: Recorder;
  readonly streams: RandomStreams;
  readonly network: Network;
  readonly operators: Operators;
  readonly serverRandom: RandomStream;
  readonly executeChart: ChartExecutor;
  readonly cohorts: ReadonlyMap<string, Cohort>;
  /** Of its databases. */
  readonly blueprints: readonly DatabaseBlueprint[];
  readonly #databases = new Map<string, Database>();
  /** The same, for what is done at every change. */
  readonly #eachDatabase: readonly Database[];
  readonly #resolvers = new Map<string, Resolver>();
  readonly #powerless = new AfflictedPlaces();
  readonly #withoutLaunches = new AfflictedPlaces();
  readonly observation: Observation | null;
  readonly goesStraight: boolean;
  #transactionRows: TransactionRows | null = null;
  #operations = 0;
  #changing = 0;

  constructor(scenario: Scenario, kinds: ReadonlyMap<string, DeploymentKind>, options: WorldOptions = {}) {
    const { recorder = new Recorder(), observed = false, executeChart = interpretChart, streams } = options;
    this.scenario = scenario;
    this.recorder = recorder;
    this.executeChart = executeChart;
    this.observation = observed ? new Observation(this.agenda, this.recorder, this.#databases) : null;
    this.goesStraight = options.goesStraight === true && !observed;
    this.streams = streams ?? new RandomStreams(scenario.seed, streamNamesOf(scenario.topology));
    this.network = new Network(this.agenda, this.streams, scenario.topology.links);
    this.serverRandom = this.streams.stream('server');
    this.operators = new Operators(
      this.agenda,
      this.streams,
      this.recorder,
      scenario.topology.operators,
      (cohort, to) => this.#repoint(cohort, to),
    );
    this.blueprints = blueprintsOf(scenario.topology, kinds);
    for (const blueprint of this.blueprints) this.#databases.set(blueprint.spec.name, new Database(this, blueprint));
    this.#eachDatabase = [...this.#databases.values()];
    const cohorts = new Map<string, Cohort>();
    for (const spec of clientsOf(scenario.topology))
      cohorts.set(spec.name, new Cohort(this, spec, (database) => this.database(database)));
    this.cohorts = cohorts;
  }

  get nowUs(): number {
    return this.agenda.nowUs;
  }

  get transactionRows(): TransactionRows {
    this.#transactionRows ??= new TransactionRows(
      Math.max(0, ...this.scenario.workload.map((work) => (work.action === 'transaction' ? work.keys : 0))),
    );
    return this.#transactionRows;
  }

  database(name: string): Database {
    const database = this.#databases.get(name);
    if (!database) throw new Error(`no database ${name}`);
    return database;
  }

  databases(): Iterable<Database> {
    return this.#databases.values();
  }

  planeOf(database: string): DataPlane {
    return this.database(database).plane;
  }

  followersOf(database: string): readonly Database[] {
    return this.#eachDatabase.filter(({ layout: { replication } }) => {
      return replication.rule === 'follower' && replication.source === database;
    });
  }

  databaseOf(node: Node): Database {
    return this.database(node.database);
  }

  /** Every change of the physical world goes through here: what was under way is fixed first, and all who depend on it look again after. */
  change(mutate: () => void): void {
    if (this.#changing === 0) {
      for (const database of this.#eachDatabase) database.plane.settle();
      this.observation?.look();
    }
    this.#changing++;
    mutate();
    this.#changing--;
    if (this.#changing > 0) return;
    for (const database of this.#eachDatabase) database.afterChange();
    this.observation?.changed();
  }

  /** The process of a node ends, with all that hangs on it. */
  stopNode(node: Node, state: 'crashed' | 'stopped', silently: boolean): void {
    node.stop(state, silently, this.nowUs);
    this.databaseOf(node).nodeStopped(node);
  }

  /** A site in an AZ or a Region of the scenario. */
  place(name: string, place: string): Site {
    const region = regionsByAz(this.scenario.topology).get(place);
    return region === undefined ? this.network.site(name, place, null) : this.network.site(name, region, place);
  }

  /** One resolver for the clients of an AZ. */
  resolverOf(site: Site): Resolver {
    const place = site.az ?? site.region;
    let resolver = this.#resolvers.get(place);
    if (!resolver) {
      resolver = new Resolver(
        this.agenda,
        this.streams.stream(`resolver/${place}`),
        this.observation && ((endpoint, answer) => this.observation?.resolved(endpoint, answer)),
      );
      this.#resolvers.set(place, resolver);
    }
    return resolver;
  }

  hasNoPower(site: Site): boolean {
    return this.#powerless.includes(site);
  }

  /** An AZ or a Region loses its power until the returned function is called. */
  cutPower(place: string): () => void {
    return this.#powerless.add(place);
  }

  launchesHosts(site: Site): boolean {
    return !this.#withoutLaunches.includes(site);
  }

  /** No host can be launched in an AZ or a Region until the returned function is called. */
  blockLaunches(place: string): () => void {
    return this.#withoutLaunches.add(place);
  }

  nextOperation(): number {
    return ++this.#operations;
  }

  #repoint(cohort: string, to: string): void {
    const [name, endpoint] = to.split('.', 2) as [string, string | undefined];
    const clients = this.cohorts.get(cohort);
    if (!clients) return;
    const database = this.database(name);
    clients.goTo(
      database,
      endpoint === undefined ? database.defaultEndpoint(clients.site.region) : database.endpoint(endpoint),
    );
  }
}

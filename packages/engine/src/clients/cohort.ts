import type { RandomStream } from '@faultline/clock';
import type { ClientSpec, OperationWorkloadSpec, TransactionWorkloadSpec, WorkloadSpec } from '@faultline/scenario';
import { ArrivalList } from '../arrival-list.ts';
import type { Database } from '../database.ts';
import type { Resolver } from '../dns/resolver.ts';
import type { DnsEndpoint } from '../dns/zone.ts';
import type { Site } from '../network/site.ts';
import type { Patience } from '../nodes/exchange.ts';
import type { Statement, TransactionStatement } from '../nodes/server.ts';
import { oncePer } from '../once-per.ts';
import type { Surroundings } from '../surroundings.ts';
import { Client } from './client.ts';
import { ClientRecords } from './client-records.ts';
import type { CohortView, Observation } from './cohort-view.ts';
import { connectPatienceOf } from './handshake.ts';
import { Operation } from './operation.ts';
import { RegionRouting, type RoutedApplication } from './region-routing.ts';
import { StraightOperations } from './straight/straight-operations.ts';
import { transactionSteps } from './transaction-steps.ts';

/** Clients that are alike: same place, same settings, same target. */
export class Cohort implements CohortView, RoutedApplication {
  readonly world: Surroundings;
  readonly spec: ClientSpec;
  readonly site: Site;
  readonly patience: Patience;
  readonly connectPatience: Patience;
  readonly clients: readonly Client[];
  readonly resolver: Resolver;
  readonly dnsRandom: RandomStream;
  readonly backoffRandom: RandomStream;
  readonly serviceRandom: RandomStream;
  readonly #keyRandom: RandomStream;
  readonly records: ClientRecords;
  readonly #unfinished = new ArrivalList<Operation>();
  /** Null where operations go event by event. */
  readonly straight: StraightOperations | null;
  database: Database;
  endpoint: DnsEndpoint;
  #nextKey = 0;
  readonly #routing: RegionRouting | null;
  readonly #ended = (operation: Operation): void => {
    this.#unfinished.delete(operation);
    operation.next?.();
  };

  constructor(world: Surroundings, spec: ClientSpec, databaseOf: (name: string) => Database) {
    this.world = world;
    this.spec = spec;
    this.site = world.place(spec.name, spec.from);
    this.patience = patienceOf(spec.driver);
    this.connectPatience = connectPatienceOf(spec.driver);
    this.database = databaseOf(spec.database);
    this.endpoint = this.#ownEndpoint();
    this.resolver = world.resolverOf(this.site);
    this.dnsRandom = world.streams.stream(`${spec.name}/dns`);
    this.backoffRandom = world.streams.stream(`${spec.name}/backoff`);
    this.serviceRandom = world.streams.stream(`${spec.name}/service`);
    this.#keyRandom = world.streams.stream(`${spec.name}/keys`);
    this.records = new ClientRecords(world.agenda, world.recorder, spec.name);
    this.straight = world.goesStraight ? new StraightOperations(this, this.#unfinished, this.#ended) : null;
    this.#routing = spec.routing ? new RegionRouting(this, spec.routing) : null;
    const clients: Client[] = [];
    for (let index = 0; index < spec.count; index++) clients.push(new Client(index, this));
    this.clients = clients;
  }

  /**
   * Starts one operation at one client; `finished` is called when its client has the outcome. It has to be the last thing
   * that its event does: time may pass meanwhile.
   */
  begin(client: Client, workload: WorkloadSpec, finished: (() => void) | null): void {
    if (this.world.hasNoPower(this.site)) {
      finished?.();
      return;
    }
    const statement = this.#statement(workload);
    if (this.straight && statement.action !== 'transaction') {
      this.straight.begin(client, statement, finished);
      return;
    }
    const operation = new Operation(client, statement, this.#ended, finished);
    this.#unfinished.add(operation);
    operation.attempt();
  }

  /** The run is over: what is still under way has no outcome. */
  abandonUnfinished(): void {
    const unfinished = [...this.#unfinished, ...(this.straight?.unfinished() ?? [])];
    for (const operation of unfinished.sort((a, b) => a.op - b.op)) operation.endOfRun();
  }

  /** Somebody points the clients elsewhere; connections that exist are not used again. */
  goTo(database: Database, endpoint: DnsEndpoint): void {
    this.database = database;
    this.use(endpoint);
    this.#routing?.movedByHand(endpoint.id);
  }

  use(endpoint: DnsEndpoint): void {
    this.endpoint = endpoint;
    for (const client of this.clients) client.pool.retireAll();
  }

  endpointIn(region: string): DnsEndpoint {
    return this.database.endpoint(region);
  }

  observe(observation: Observation): void {
    this.#routing?.observe(observation);
  }

  #statement(workload: WorkloadSpec): Statement {
    if (workload.action === 'transaction') return this.#transaction(workload);
    const { action, consistency } = workload;
    return { action, key: this.nextKey(workload), op: this.world.nextOperation(), consistency };
  }

  #transaction(workload: TransactionWorkloadSpec): TransactionStatement {
    const random = this.world.streams.stream(`${this.spec.name}/transactions`);
    const steps = transactionSteps(workload, this.world.transactionRows, random);
    return { action: 'transaction', op: this.world.nextOperation(), isolation: workload.isolation, steps };
  }

  nextKey(workload: OperationWorkloadSpec): number {
    if (workload.keyChoice === 'uniform') return 1 + Math.floor(this.#keyRandom() * workload.keys);
    this.#nextKey = (this.#nextKey % workload.keys) + 1;
    return this.#nextKey;
  }

  #ownEndpoint(): DnsEndpoint {
    const { endpoint, routing } = this.spec;
    if (endpoint !== null) return this.database.endpoint(endpoint);
    if (routing) return this.database.endpoint(routing.regions[0] as string);
    return this.database.defaultEndpoint(this.site.region);
  }
}

const patienceOf = oncePer(({ keepalive, socketTimeoutUs, retransmitTimeoutUs }: ClientSpec['driver']): Patience => {
  return {
    answerUs: socketTimeoutUs ?? Number.POSITIVE_INFINITY,
    retransmitUs: retransmitTimeoutUs,
    silenceUs: keepalive ? keepalive.idleUs + keepalive.intervalUs * keepalive.probes : Number.POSITIVE_INFINITY,
    ...(keepalive ? { idleUs: keepalive.idleUs } : {}),
  };
});

import { quantity } from '@faultline/models';
import type { ConnectOutcome, OpRecord } from '@faultline/trace';
import { Listed } from '../arrival-list.ts';
import { type Answer, Exchange, type Patience, type Reply, type RequestEnds } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { ping, type Statement, serve } from '../nodes/server.ts';
import type { Client } from './client.ts';
import type { ClientRecords } from './client-records.ts';
import type { Connection } from './connection.ts';
import { type Connecting, Handshake } from './handshake.ts';
import type { Borrower } from './pool.ts';
import { backoffUs, triesAgain } from './retry.ts';

export const operationDefaults = {
  validationTimeout: quantity(
    5_000_000,
    'µs',
    'that a pool waits when it tests a connection',
    'documented',
    'HikariCP, README: validationTimeout',
    '2026-11',
  ),
};
const VALIDATION_TIMEOUT_US = operationDefaults.validationTimeout.value;
export const VALIDATION: Patience = {
  answerUs: VALIDATION_TIMEOUT_US,
  retransmitUs: VALIDATION_TIMEOUT_US,
  silenceUs: VALIDATION_TIMEOUT_US,
};

/** Errors that tell of the request and not of the server that gave them. */
export const REFUSALS_OF_HEALTHY_SERVERS: readonly string[] = ['replicated-write-conflict', 'serialization-failure'];

/** One operation of one client, over as many attempts as its retry policy allows. */
export class Operation extends Listed implements Borrower, Connecting, RequestEnds {
  readonly client: Client;
  readonly #statement: Statement;
  readonly #action: OpRecord['action'];
  readonly #invokedAtUs: number;
  /** What its client does once it has the outcome. */
  readonly next: (() => void) | null;
  readonly #ended: (operation: Operation) => void;
  #attempts = 0;
  #node: Node | null = null;
  /** The node that the present attempt has asked; null until it has. */
  #asked: Node | null = null;
  /** Some attempt was sent and not answered: it may have taken effect. */
  #uncertain = false;
  #appended: Exchange['appended'] = null;
  /** What it talks on at present, and whether it only tests it so far. */
  #connection: Connection | null = null;
  #validating = false;
  #current: Exchange | null = null;

  constructor(
    client: Client,
    statement: Statement,
    ended: (operation: Operation) => void,
    next: (() => void) | null,
    invokedAtUs: number = client.cohort.world.nowUs,
  ) {
    super();
    this.client = client;
    this.#statement = statement;
    this.#action = actionOf(statement);
    this.#invokedAtUs = invokedAtUs;
    this.next = next;
    this.#ended = ended;
  }

  attempt(): void {
    this.#attempts++;
    this.#asked = null;
    this.client.pool.borrow(this);
  }

  lend(connection: Connection, validate: boolean): void {
    if (validate) this.test(connection, this.#now).start();
    else this.#send(connection);
  }

  borrowTimedOut(): void {
    this.#failed('pool-timeout', false);
  }

  open(): void {
    this.openTo(this.client.resolve());
  }

  openTo(node: Node | null): void {
    if (node) new Handshake(this.client, node, this).exchange().start();
    else if (this.client.cohort.spec.driver.failover === 'topology') this.#lookForWriter();
    else this.notConnected(null, 'unresolved', this.#now);
  }

  /** An attempt of it is under way, as many as that were begun, and they were followed without it. */
  takeUp(attempts: number, uncertain: boolean, node: Node | null): void {
    this.#attempts = attempts;
    this.#uncertain = uncertain;
    this.#node = node;
  }

  /** Its number in the run. */
  get op(): number {
    return this.#statement.op;
  }

  endOfRun(): void {
    this.#record('indeterminate', 'run-ended', {});
  }

  /** A driver that watches the topology asks again and again until some node says who the writer is. */
  #lookForWriter(): void {
    const { driver, pool } = this.client.cohort.spec;
    const waitedUs = this.#now - this.#invokedAtUs;
    if (waitedUs >= Math.max(pool.borrowTimeoutUs, driver.topologyRefreshUs)) {
      this.notConnected(null, 'unresolved', this.#now);
      return;
    }
    this.#agenda.schedule(driver.topologyRefreshUs, () => this.open());
  }

  connected(connection: Connection, startedAtUs: number): void {
    this.#records.connect(this.client.index, connection.node, 'ok', startedAtUs);
    this.#send(connection);
  }

  notConnected(node: Node | null, outcome: ConnectOutcome, startedAtUs: number): void {
    if (node) this.#node = this.#asked = node;
    this.#records.connect(this.client.index, node, outcome, startedAtUs);
    this.client.pool.drop();
    this.#failed(outcome === 'unresolved' ? 'name-not-resolved' : `connection-${outcome}`, false);
  }

  /** What was sent on the connection has arrived. */
  atNode(exchange: Exchange): void {
    const { node, session } = this.#connection as Connection;
    const { world, serviceRandom } = this.client.cohort;
    if (this.#validating) ping(exchange);
    else if (session) session.serve(this.#statement, exchange, serviceRandom);
    else serve(world, node, this.#statement, exchange, serviceRandom);
  }

  atClient(answer: Answer): void {
    const connection = this.#connection as Connection;
    if (!this.#validating) this.#answered(connection, answer);
    else if (answer.kind === 'reply') this.#send(connection);
    else {
      this.#disconnected(connection, 'validation-failed');
      this.client.pool.borrow(this);
    }
  }

  #send(connection: Connection): void {
    this.ask(connection, this.#now).start();
  }

  /** The exchange of its statement on this connection, begun at `startedAtUs`, which nobody has started. */
  ask(connection: Connection, startedAtUs: number): Exchange {
    this.#validating = false;
    this.#node = this.#asked = connection.node;
    return this.#exchange(connection, this.client.cohort.patience, startedAtUs);
  }

  /** The same for a test of the connection, before it is used. */
  test(connection: Connection, startedAtUs: number): Exchange {
    this.#validating = true;
    return this.#exchange(connection, VALIDATION, startedAtUs);
  }

  #exchange(connection: Connection, patience: Patience, startedAtUs: number): Exchange {
    const { node, out, back, incarnation } = connection;
    this.#connection = connection;
    this.#current = new Exchange(this.#agenda, node, out, back, incarnation, patience, this, startedAtUs);
    return this.#current;
  }

  #answered(connection: Connection, answer: Answer): void {
    this.#appended = this.#served?.appended ?? this.#appended;
    if (answer.kind !== 'reply') {
      const error = answer.kind === 'reset' ? 'connection-reset' : 'no-answer';
      this.#disconnected(connection, error);
      this.#failed(error, this.#action === 'write');
      return;
    }
    const { error } = answer.reply;
    if (error === 'read-only' && this.client.cohort.spec.driver.discardReadOnly) this.#disconnected(connection, error);
    else this.client.pool.release(connection);
    if (error) this.#failed(error, false);
    else this.#finish('ok', undefined, answer.reply);
  }

  #failed(error: string, uncertain: boolean): void {
    this.#uncertain ||= uncertain;
    const { cohort } = this.client;
    this.#observe(REFUSALS_OF_HEALTHY_SERVERS.includes(error));
    const { retry } = cohort.spec;
    if (!triesAgain(retry, this.#attempts, this.#uncertain)) {
      this.#finish(this.#uncertain ? 'indeterminate' : 'fail', error, {});
      return;
    }
    this.#agenda.schedule(backoffUs(retry, this.#attempts, cohort.backoffRandom), () => this.attempt());
  }

  #finish(outcome: OpRecord['outcome'], error: string | undefined, reply: Reply): void {
    if (outcome === 'ok') this.#observe(true);
    this.#record(outcome, error, reply);
    this.#ended(this);
  }

  #observe(works: boolean): void {
    this.client.cohort.observe({ action: this.#action, works, node: this.#asked });
  }

  #record(outcome: OpRecord['outcome'], error: string | undefined, reply: Reply): void {
    const { cohort, index } = this.client;
    const served = this.#served;
    const appended = served?.appended ?? this.#appended;
    const statement = this.#statement;
    const key = statement.action === 'transaction' ? 0 : statement.key;
    const record = this.#records.operation(
      index,
      statement.op,
      this.#action,
      key,
      this.#invokedAtUs,
      outcome,
      cohort.database.name,
      this.#attempts,
    );
    if (error !== undefined) record.error = error;
    if (this.#node) record.node = this.#node.id;
    if (served && served !== this.#current && this.#node === this.#current?.node) {
      record.node = served.node.id;
      record.via = this.#node.id;
    }
    if (appended) {
      record.position = { timeline: appended.timeline, lsn: appended.lsn };
      record.committedAtUs = appended.atUs;
    }
    if (reply.value !== undefined) {
      record.value = reply.value;
      record.staleUs = reply.staleUs ?? 0;
    }
    if (statement.action === 'transaction') {
      record.transaction = reply.transaction ?? statement.steps;
      if (reply.transaction && this.#action === 'read') record.staleUs = reply.staleUs ?? 0;
    }
    this.#records.ended(record);
    cohort.world.observation?.answered(record, this.#current, reply);
  }

  #disconnected(connection: Connection, reason: string): void {
    this.client.pool.drop();
    this.#records.disconnect(this.client.index, connection.node, reason);
  }

  get #records(): ClientRecords {
    return this.client.cohort.records;
  }

  /** The exchange with the database: the client's own, or that of the proxy for it. */
  get #served(): Exchange | null {
    return this.#current?.behind ?? this.#current;
  }

  get #agenda() {
    return this.client.cohort.world.agenda;
  }

  get #now(): number {
    return this.#agenda.nowUs;
  }
}

/** A transaction that writes anything counts as a write. */
function actionOf(statement: Statement): OpRecord['action'] {
  if (statement.action !== 'transaction') return statement.action;
  return statement.steps.some(([kind]) => kind !== 'r') ? 'write' : 'read';
}

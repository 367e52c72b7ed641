import type { ConnectOutcome, OpRecord } from '@faultline/trace';
import type { ArrivalList } from '../../arrival-list.ts';
import type { Exchange } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { ClientRecords } from '../client-records.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { Handshake } from '../handshake.ts';
import { Operation, REFUSALS_OF_HEALTHY_SERVERS } from '../operation.ts';

/** What is known of an operation in its first attempt. */
export interface FirstAttempt {
  readonly client: Client;
  readonly statement: PlainStatement;
  readonly finished: (() => void) | null;
  readonly invokedAtUs: number;
}

/**
 * The operation of a cohort that goes straight on, one at a time and the same object for all of them: how it ends, or how
 * an `Operation` takes it up that goes event by event.
 */
export class StraightOperation implements FirstAttempt {
  readonly #cohort: CohortView;
  readonly #unfinished: ArrivalList<Operation>;
  readonly #ended: (operation: Operation) => void;
  client!: Client;
  statement!: PlainStatement;
  finished: (() => void) | null = null;
  invokedAtUs = 0;

  constructor(cohort: CohortView, unfinished: ArrivalList<Operation>, ended: (operation: Operation) => void) {
    this.#cohort = cohort;
    this.#unfinished = unfinished;
    this.#ended = ended;
  }

  begin(client: Client, statement: PlainStatement, finished: (() => void) | null, invokedAtUs: number): void {
    this.client = client;
    this.statement = statement;
    this.finished = finished;
    this.invokedAtUs = invokedAtUs;
  }

  goOnWith({ client, statement, finished, invokedAtUs }: FirstAttempt): void {
    this.begin(client, statement, finished, invokedAtUs);
  }

  /** From here on it goes event by event. */
  takenUp(): Operation {
    const operation = this.asOperation();
    this.#unfinished.add(operation);
    return operation;
  }

  asOperation(): Operation {
    const operation = new Operation(this.client, this.statement, this.#ended, this.finished, this.invokedAtUs);
    operation.takeUp();
    return operation;
  }

  /** The exchange of an attempt to open a connection, of an operation that is taken up; nobody has started it. */
  handshake(node: Node, startedAtUs: number): Exchange {
    return new Handshake(this.client, node, this.takenUp(), startedAtUs).exchange();
  }

  notConnected(node: Node, outcome: Exclude<ConnectOutcome, 'ok' | 'unresolved'>, startedAtUs: number): void {
    const { index, pool } = this.client;
    this.#cohort.records.connect(index, node, outcome, startedAtUs);
    pool.drop();
    this.#failed(node, connectErrors[outcome], false);
  }

  /** The connection is gone, and nobody knows what became of the statement. */
  lost({ node }: Connection, reason: string): void {
    this.dropped(node, reason);
    this.#failed(node, reason, this.statement.action === 'write');
  }

  /** The server has answered, and not done it. */
  refused(connection: Connection, error: string): void {
    const { node } = connection;
    if (error === 'read-only' && this.#cohort.spec.driver.discardReadOnly) this.dropped(node, error);
    else this.client.pool.release(connection);
    this.#failed(node, error, false);
  }

  /** The client gives up the connection that it was lent. */
  dropped(node: Node, reason: string): void {
    const { index, pool } = this.client;
    pool.drop();
    this.#cohort.records.disconnect(index, node, reason);
  }

  wrote(connection: Connection, timeline: number, lsn: number, committedAtUs: number): void {
    const record = this.#succeeded(connection);
    record.position = this.#cohort.records.position(timeline, lsn);
    record.committedAtUs = committedAtUs;
    this.#finish(record);
  }

  read(connection: Connection, value: number, staleUs: number): void {
    const record = this.#succeeded(connection);
    record.value = value;
    record.staleUs = staleUs;
    this.#finish(record);
  }

  #succeeded(connection: Connection): ReturnType<ClientRecords['operation']> {
    const { node } = connection;
    this.client.pool.release(connection);
    this.#cohort.observe({ action: this.statement.action, works: true, node });
    const record = this.#record('ok');
    record.node = node.id;
    return record;
  }

  #failed(asked: Node, error: string, uncertain: boolean): void {
    if (this.#cohort.spec.retry.attempts > 1) {
      this.takenUp().failedFirst(asked, error, uncertain);
      return;
    }
    const works = REFUSALS_OF_HEALTHY_SERVERS.includes(error);
    this.#cohort.observe({ action: this.statement.action, works, node: asked });
    const record = this.#record(uncertain ? 'indeterminate' : 'fail');
    record.error = error;
    record.node = asked.id;
    this.#finish(record);
  }

  #record(outcome: OpRecord['outcome']): ReturnType<ClientRecords['operation']> {
    const { records, database } = this.#cohort;
    const { op, action, key } = this.statement;
    return records.operation(this.client.index, op, action, key, this.invokedAtUs, outcome, database.name, 1);
  }

  #finish(record: OpRecord): void {
    this.#cohort.records.ended(record);
    this.finished?.();
  }
}

const connectErrors = {
  refused: 'connection-refused',
  timeout: 'connection-timeout',
  starting: 'connection-starting',
  reset: 'connection-reset',
} as const;

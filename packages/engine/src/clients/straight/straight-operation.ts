import type { ConnectOutcome, OpRecord } from '@faultline/trace';
import type { ArrivalList } from '../../arrival-list.ts';
import type { Exchange } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import type { ClientRecords } from '../client-records.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { Handshake } from '../handshake.ts';
import { Operation, REFUSALS_OF_HEALTHY_SERVERS } from '../operation.ts';
import { backoffUs, triesAgain } from '../retry.ts';
import { Underway } from './underway.ts';

/**
 * The operation of a cohort that goes straight on, one at a time: how it ends, or how an `Operation` takes it up that goes
 * event by event.
 */
export class StraightOperation {
  underway = new Underway();
  /** Of operations that are over, to be used again. */
  readonly #spare: Underway[] = [];
  readonly #cohort: CohortView;
  readonly #unfinished: ArrivalList<Operation>;
  readonly #ended: (operation: Operation) => void;
  readonly #retry: (afterUs: number) => void;

  /** @param retry Lets the operation under way try again after a while. */
  constructor(
    cohort: CohortView,
    unfinished: ArrivalList<Operation>,
    ended: (operation: Operation) => void,
    retry: (afterUs: number) => void,
  ) {
    this.#retry = retry;
    this.#cohort = cohort;
    this.#unfinished = unfinished;
    this.#ended = ended;
  }

  /** One to begin an operation with. */
  take(): Underway {
    return this.#spare.pop() ?? new Underway();
  }

  /** An operation that is over, and waits nowhere. */
  giveBack(over: Underway): void {
    this.#spare.push(over);
  }

  /** The operation under way waits elsewhere from now on. */
  handOver(): Underway {
    const { underway } = this;
    this.underway = this.take();
    return underway;
  }

  /** An operation that waited goes on; the one that was under way is over. */
  goOnWith(other: Underway): void {
    this.giveBack(this.underway);
    this.underway = other;
  }

  /** The same while the one that was under way is still at work, which is returned, to go on when the other one does not. */
  putAside(other: Underway): Underway {
    const { underway } = this;
    this.underway = other;
    return underway;
  }

  /** From here on it goes event by event. */
  takenUp(): Operation {
    const operation = this.asOperation();
    this.#unfinished.add(operation);
    return operation;
  }

  asOperation(): Operation {
    const { client, action, key, op, consistency, finished, invokedAtUs, attempts, uncertain, node } = this.underway;
    const statement = { action, key, op, consistency };
    const operation = new Operation(client, statement, this.#ended, finished, invokedAtUs);
    operation.takeUp(attempts, uncertain, node);
    return operation;
  }

  /** The exchange of an attempt to open a connection, of an operation that is taken up; nobody has started it. */
  handshake(node: Node, startedAtUs: number): Exchange {
    return new Handshake(this.underway.client, node, this.takenUp(), startedAtUs).exchange();
  }

  notConnected(node: Node, outcome: Exclude<ConnectOutcome, 'ok' | 'unresolved'>, startedAtUs: number): void {
    const { index, pool } = this.underway.client;
    this.#cohort.records.connect(index, node, outcome, startedAtUs);
    pool.drop();
    this.#failed(node, connectErrors[outcome], false);
  }

  /** Nobody answered the request for a connection in time. */
  timedOut(node: Node, startedAtUs: number): void {
    const { records, spec } = this.#cohort;
    const { client, action, op, invokedAtUs, attempts, uncertain, finished } = this.underway;
    if (!records.countsTimeOuts || uncertain || triesAgain(spec.retry, attempts, uncertain)) {
      this.notConnected(node, 'timeout', startedAtUs);
      return;
    }
    client.pool.drop();
    this.#cohort.observe({ action, works: false, node });
    records.timedOut(client.index, op, action, invokedAtUs);
    finished?.();
  }

  /** The connection is gone, and nobody knows what became of the statement. */
  lost({ node }: Connection, reason: string): void {
    this.dropped(node, reason);
    this.#failed(node, reason, this.underway.action === 'write');
  }

  /** The server has answered, and not done it. */
  refused(connection: Connection, error: string): void {
    const { node } = connection;
    if (error === 'read-only' && this.#cohort.spec.driver.discardReadOnly) this.dropped(node, error);
    else this.underway.client.pool.release(connection);
    this.#failed(node, error, false);
  }

  /** The client gives up the connection that it was lent. */
  dropped(node: Node, reason: string): void {
    const { index, pool } = this.underway.client;
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
    const { client, action } = this.underway;
    client.pool.release(connection);
    this.#cohort.observe({ action, works: true, node });
    const record = this.#record('ok');
    record.node = node.id;
    return record;
  }

  #failed(asked: Node, error: string, uncertain: boolean): void {
    const { underway } = this;
    underway.node = asked;
    underway.uncertain ||= uncertain;
    const works = REFUSALS_OF_HEALTHY_SERVERS.includes(error);
    this.#cohort.observe({ action: underway.action, works, node: asked });
    const { retry } = this.#cohort.spec;
    if (triesAgain(retry, underway.attempts, underway.uncertain)) {
      this.#retry(backoffUs(retry, underway.attempts, this.#cohort.backoffRandom));
      return;
    }
    const record = this.#record(underway.uncertain ? 'indeterminate' : 'fail');
    record.error = error;
    record.node = asked.id;
    this.#finish(record);
  }

  #record(outcome: OpRecord['outcome']): ReturnType<ClientRecords['operation']> {
    const { records, database } = this.#cohort;
    const { client, op, action, key, invokedAtUs, attempts } = this.underway;
    return records.operation(client.index, op, action, key, invokedAtUs, outcome, database.name, attempts);
  }

  #finish(record: OpRecord): void {
    this.#cohort.records.ended(record);
    this.underway.finished?.();
  }
}

const connectErrors = {
  refused: 'connection-refused',
  timeout: 'connection-timeout',
  starting: 'connection-starting',
  reset: 'connection-reset',
} as const;

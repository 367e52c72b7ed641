import type { Agenda } from '@faultline/clock';
import type { ConnectOutcome, OpRecord } from '@faultline/trace';
import type { ArrivalList, Listed } from '../../arrival-list.ts';
import type { Path } from '../../network/path.ts';
import type { Exchange, Patience } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import { type PlainStatement, setupUs } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { ClientRecords } from '../client-records.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { Handshake, openedConnection } from '../handshake.ts';
import { Operation, REFUSALS_OF_HEALTHY_SERVERS } from '../operation.ts';
import { SilentAttempt, type SilenceEnds, type SilentOperation } from './silent-attempt.ts';

/** An operation without an outcome so far. */
export interface Unfinished extends Listed {
  /** The run is over. */
  endOfRun(): void;
}

/**
 * Carries operations out in one go for as long as nothing else happens in the world: what a request meets at each end of
 * its way is then known as soon as it leaves. Draws, records and what becomes of pools, caches and logs are those of an
 * `Operation` with its `Exchange`s, in the same order; wherever something else is due before the next step, those two
 * take over at the point that was reached. The tests compare both ways record by record.
 */
export class StraightOperations implements SilenceEnds {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #unfinished: ArrivalList<Unfinished>;
  readonly #ended: (operation: Operation) => void;
  readonly #spare: SilentAttempt[] = [];
  /** The operation under way; one at a time goes straight on. */
  #client!: Client;
  #statement!: PlainStatement;
  #finished: (() => void) | null = null;
  #invokedAtUs = 0;
  /** Its place among those that have not ended, where it has one. */
  #place: SilentOperation | null = null;
  readonly #connectWithinUs: number;
  readonly #askWithinUs: number;

  constructor(cohort: CohortView, unfinished: ArrivalList<Unfinished>, ended: (operation: Operation) => void) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#unfinished = unfinished;
    this.#ended = ended;
    this.#connectWithinUs = shortest(cohort.connectPatience);
    this.#askWithinUs = shortest(cohort.patience);
  }

  /** Starts an operation, as the last thing in an event: time may have passed when this returns. */
  begin(client: Client, statement: PlainStatement, finished: (() => void) | null): void {
    this.#client = client;
    this.#statement = statement;
    this.#finished = finished;
    this.#invokedAtUs = this.#agenda.nowUs;
    const { pool } = client;
    const taken = pool.take();
    if (taken === 'full') pool.queue(this.#takenUp());
    else if (taken === 'room') this.#open();
    else if (pool.isDoubtful(taken)) this.#takenUp().lend(taken, true);
    else this.#ask(taken);
  }

  #open(): void {
    const node = this.#client.resolve();
    if (node === null) {
      this.#takenUp().openTo(null);
      return;
    }
    const { world, site } = this.#cohort;
    const out = world.network.path(site, node.site);
    const back = world.network.path(node.site, site);
    const startedAtUs = this.#agenda.nowUs;
    if (!isClear(out, back, startedAtUs)) {
      this.#takenUp().openTo(node);
      return;
    }
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (!this.#isQuietUntil(arrivesAtUs, startedAtUs + this.#connectWithinUs)) {
      this.#handshake(node, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    if (!node.hostUp) this.#fallSilent(node, null, startedAtUs);
    else this.#knock(node, out, back, startedAtUs);
  }

  /** The request for a connection has reached a host that is up. */
  #knock(node: Node, out: Path, back: Path, startedAtUs: number): void {
    const withinUs = startedAtUs + this.#connectWithinUs;
    const { nowUs } = this.#agenda;
    const { process, incarnation } = node;
    if (process === 'crashed' || process === 'stopped') {
      const heardAtUs = nowUs + back.latencyUs();
      if (this.#isQuietUntil(heardAtUs, withinUs)) {
        this.#agenda.advance(heardAtUs);
        this.#notConnected(node, 'refused', startedAtUs);
      } else this.#handshake(node, startedAtUs).resetTravels(heardAtUs);
      return;
    }
    const isStarting = process === 'starting' || process === 'recovering';
    if (!isStarting && node.storage === 'stalled') {
      this.#handshake(node, startedAtUs).arrives();
      return;
    }
    const answersAtUs = isStarting ? nowUs : nowUs + setupUs(this.#cohort.world, node, out, back);
    const heardAtUs = answersAtUs + back.latencyUs();
    if (!this.#isQuietUntil(heardAtUs, withinUs)) {
      const exchange = this.#handshake(node, startedAtUs);
      exchange.replyTravels(answersAtUs, heardAtUs, isStarting ? { error: 'starting' } : {});
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (isStarting) {
      this.#notConnected(node, 'starting', startedAtUs);
      return;
    }
    const connection = openedConnection(this.#client, node, incarnation, out, back);
    this.#cohort.records.connect(this.#client.index, node, 'ok', startedAtUs);
    this.#ask(connection);
  }

  #ask(connection: Connection): void {
    const { node, out, back, incarnation } = connection;
    const startedAtUs = this.#agenda.nowUs;
    if (connection.session !== null || !isClear(out, back, startedAtUs)) {
      this.#takenUp().lend(connection, false);
      return;
    }
    const arrivesAtUs = startedAtUs + out.latencyUs();
    const withinUs = startedAtUs + this.#askWithinUs;
    if (!this.#isQuietUntil(arrivesAtUs, withinUs)) {
      this.#statementOn(connection, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    if (!node.hostUp) this.#fallSilent(node, connection, startedAtUs);
    else if (node.incarnation !== incarnation) {
      const heardAtUs = arrivesAtUs + back.latencyUs();
      if (this.#isQuietUntil(heardAtUs, withinUs)) {
        this.#agenda.advance(heardAtUs);
        this.#lost(connection, 'connection-reset');
      } else this.#statementOn(connection, startedAtUs).resetTravels(heardAtUs);
    } else this.#statementOn(connection, startedAtUs).arrives();
  }

  /** The attempt has reached a host that is gone. */
  #fallSilent(node: Node, connection: Connection | null, startedAtUs: number): void {
    const { connectPatience, patience } = this.#cohort;
    const { answerUs, retransmitUs } = connection === null ? connectPatience : patience;
    const attempt = this.#silentAttempt(node, connection, startedAtUs);
    node.orphaned.add(attempt);
    this.#unfinished.add(attempt.operation);
    attempt.handle = this.#agenda.scheduleAt(startedAtUs + Math.min(answerUs, retransmitUs), attempt);
  }

  gaveUp(attempt: SilentAttempt): void {
    const { node, connection, startedAtUs } = attempt;
    this.#goOnWith(attempt);
    node.orphaned.delete(attempt);
    if (connection === null) this.#notConnected(node, 'timeout', startedAtUs);
    else this.#lost(connection, 'no-answer');
    this.#spare.push(attempt);
  }

  hostReturned(attempt: SilentAttempt): void {
    const { node, connection, startedAtUs, handle } = attempt;
    this.#goOnWith(attempt);
    this.#agenda.cancel(handle);
    const exchange =
      connection === null ? this.#handshake(node, startedAtUs) : this.#statementOn(connection, startedAtUs);
    exchange.resetOnRetransmission();
    this.#spare.push(attempt);
  }

  runEnded(attempt: SilentAttempt): void {
    const { connection, startedAtUs } = attempt;
    this.#goOnWith(attempt);
    this.#place = null;
    const operation = this.#operation();
    if (connection !== null) operation.exchange(connection, startedAtUs);
    operation.endOfRun();
  }

  #goOnWith({ client, statement, finished, invokedAtUs, operation }: SilentAttempt): void {
    this.#client = client;
    this.#statement = statement;
    this.#finished = finished;
    this.#invokedAtUs = invokedAtUs;
    this.#place = operation;
  }

  #silentAttempt(node: Node, connection: Connection | null, startedAtUs: number): SilentAttempt {
    const [client, statement, finished, invokedAtUs] = [
      this.#client,
      this.#statement,
      this.#finished,
      this.#invokedAtUs,
    ] as const;
    const spare = this.#spare.pop();
    if (!spare)
      return new SilentAttempt(this, client, statement, finished, node, connection, invokedAtUs, startedAtUs);
    spare.client = client;
    spare.statement = statement;
    spare.finished = finished;
    spare.node = node;
    spare.connection = connection;
    spare.invokedAtUs = invokedAtUs;
    spare.startedAtUs = startedAtUs;
    return spare;
  }

  #notConnected(node: Node, outcome: Exclude<ConnectOutcome, 'ok'>, startedAtUs: number): void {
    const { index, pool } = this.#client;
    this.#cohort.records.connect(index, node, outcome, startedAtUs);
    pool.drop();
    this.#failed(node, connectErrors[outcome], false);
  }

  #lost({ node }: Connection, reason: string): void {
    const { index, pool } = this.#client;
    pool.drop();
    this.#cohort.records.disconnect(index, node, reason);
    this.#failed(node, reason, this.#statement.action === 'write');
  }

  #failed(asked: Node, error: string, uncertain: boolean): void {
    if (this.#cohort.spec.retry.attempts > 1) {
      this.#takenUp().failedFirst(asked, error, uncertain);
      return;
    }
    const works = REFUSALS_OF_HEALTHY_SERVERS.includes(error);
    this.#cohort.observe({ action: this.#statement.action, works, node: asked });
    const record = this.#record(uncertain ? 'indeterminate' : 'fail');
    record.error = error;
    record.node = asked.id;
    this.#finish(record);
  }

  #record(outcome: OpRecord['outcome']): ReturnType<ClientRecords['operation']> {
    const { records, database } = this.#cohort;
    const { op, action, key } = this.#statement;
    return records.operation(this.#client.index, op, action, key, this.#invokedAtUs, outcome, database.name, 1);
  }

  #finish(record: OpRecord): void {
    this.#cohort.records.ended(record);
    if (this.#place !== null) {
      this.#unfinished.delete(this.#place);
      this.#place = null;
    }
    this.#finished?.();
  }

  /** The exchange of an attempt to open a connection, for which something else has to be waited for. */
  #handshake(node: Node, startedAtUs: number): Exchange {
    return new Handshake(this.#client, node, this.#takenUp(), startedAtUs).exchange();
  }

  #statementOn(connection: Connection, startedAtUs: number): Exchange {
    return this.#takenUp().exchange(connection, startedAtUs);
  }

  /** From here on it goes event by event. */
  #takenUp(): Operation {
    const operation = this.#operation();
    if (this.#place === null) this.#unfinished.add(operation);
    else this.#unfinished.replace(this.#place, operation);
    this.#place = null;
    return operation;
  }

  #operation(): Operation {
    const operation = new Operation(
      this.#client,
      this.#statement,
      this.#ended,
      this.#finished,
      this.#invokedAtUs,
    );
    operation.takeUp();
    return operation;
  }

  #isQuietUntil(atUs: number, withinUs: number): boolean {
    return atUs <= withinUs && atUs < this.#agenda.quietUntilUs;
  }
}

const connectErrors = {
  refused: 'connection-refused',
  timeout: 'connection-timeout',
  starting: 'connection-starting',
  unresolved: 'name-not-resolved',
  reset: 'connection-reset',
} as const;

/** Whether a message that leaves now meets open paths, there and back. */
function isClear(out: Path, back: Path, nowUs: number): boolean {
  return out.open && back.open && out.closedAtUs < nowUs && back.closedAtUs < nowUs;
}

/** Within this time the client gives nothing up, whatever happens. */
function shortest({ answerUs, retransmitUs, silenceUs, idleUs = silenceUs }: Patience): number {
  return Math.min(answerUs, retransmitUs, silenceUs, idleUs);
}

import type { Agenda } from '@faultline/clock';
import type { ConnectOutcome, OpRecord } from '@faultline/trace';
import type { ArrivalList } from '../../arrival-list.ts';
import type { Path } from '../../network/path.ts';
import type { Site } from '../../network/site.ts';
import type { Exchange, Patience } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import { type PlainStatement, setupUs, statementUs } from '../../nodes/server.ts';
import { replyWith } from '../../replication/commit.ts';
import type { Client } from '../client.ts';
import type { ClientRecords } from '../client-records.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { Handshake, openedConnection } from '../handshake.ts';
import { Operation, REFUSALS_OF_HEALTHY_SERVERS, VALIDATION } from '../operation.ts';
import type { Course } from './course.ts';
import { type SilentAttempt, SilentAttempts } from './silent-attempts.ts';
import { SilentHost } from './silent-host.ts';
import { StraightCohort } from './straight-cohort.ts';

/** The two directions between the clients and another site. */
interface Ways {
  readonly out: Path;
  readonly back: Path;
}

/**
 * Carries operations out in one go for as long as nothing else happens in the world: what a request meets at each end of
 * its way is then known as soon as it leaves. Draws, records and what becomes of pools, caches and logs are those of an
 * `Operation` with its `Exchange`s, in the same order; wherever something else is due before the next step, those two
 * take over at the point that was reached. The tests compare both ways record by record.
 */
export class StraightOperations {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #unfinished: ArrivalList<Operation>;
  readonly #ended: (operation: Operation) => void;
  /** By the index of the site at the other end. */
  readonly #ways: Ways[] = [];
  /** The operation under way; one at a time goes straight on. */
  #client!: Client;
  #statement!: PlainStatement;
  #finished: (() => void) | null = null;
  #invokedAtUs = 0;
  #quietUntilUs = 0;
  readonly #course: StraightCohort;
  readonly #handshakes: SilentAttempts;
  readonly #tests: SilentAttempts;
  readonly #statements: SilentAttempts;
  readonly #hosts = new Map<Node, SilentHost>();
  readonly #connectWithinUs: number;
  readonly #askWithinUs: number;

  constructor(cohort: CohortView, unfinished: ArrivalList<Operation>, ended: (operation: Operation) => void) {
    const { agenda, recorder } = cohort.world;
    this.#cohort = cohort;
    this.#agenda = agenda;
    this.#unfinished = unfinished;
    this.#ended = ended;
    this.#connectWithinUs = shortest(cohort.connectPatience);
    this.#askWithinUs = shortest(cohort.patience);
    this.#course = new StraightCohort(agenda, recorder);
    this.#handshakes = new SilentAttempts(agenda, silence(cohort.connectPatience), (attempt) => {
      this.#gaveUp(attempt);
      this.#notConnected(attempt.node, 'timeout', attempt.startedAtUs);
    });
    this.#tests = new SilentAttempts(agenda, silence(VALIDATION), (attempt) => {
      this.#gaveUp(attempt);
      this.#failedTest(attempt.connection as Connection);
    });
    this.#statements = new SilentAttempts(agenda, silence(cohort.patience), (attempt) => {
      this.#gaveUp(attempt);
      this.#lost(attempt.connection as Connection, 'no-answer');
    });
    for (const attempts of [this.#handshakes, this.#tests, this.#statements]) this.#course.add(attempts);
  }

  /** Arrivals of one of its workloads. */
  add(arrivals: Course): void {
    this.#course.add(arrivals);
  }

  /** Starts an operation, as the last thing in an event: time may have passed when this returns. */
  begin(client: Client, statement: PlainStatement, finished: (() => void) | null): void {
    this.#client = client;
    this.#statement = statement;
    this.#finished = finished;
    this.#invokedAtUs = this.#agenda.nowUs;
    this.#borrow();
  }

  #borrow(): void {
    const { pool } = this.#client;
    // Nothing is scheduled from here on, until the operation is over or goes event by event.
    this.#quietUntilUs = this.#course.quietUntilUs;
    const taken = pool.take();
    if (taken === 'full') pool.queue(this.#takenUp());
    else if (taken === 'room') this.#open();
    else if (pool.isDoubtful(taken)) this.#test(taken);
    else this.#ask(taken);
  }

  #test(connection: Connection): void {
    const { node, out, back, incarnation } = connection;
    const startedAtUs = this.#agenda.nowUs;
    if (!isClear(out, back, startedAtUs)) {
      this.#takenUp().lend(connection, true);
      return;
    }
    const withinUs = startedAtUs + VALIDATION.answerUs;
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (!this.#isQuietUntil(arrivesAtUs, withinUs)) {
      this.#takenUp().test(connection, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    if (!node.hostUp) {
      this.#fallSilent(this.#tests, node, connection, startedAtUs);
      return;
    }
    const heardAtUs = arrivesAtUs + back.latencyUs();
    const isKnown = node.incarnation === incarnation;
    if (!this.#isQuietUntil(heardAtUs, withinUs)) {
      const exchange = this.#takenUp().test(connection, startedAtUs);
      if (isKnown) exchange.replyTravels(arrivesAtUs, heardAtUs, {});
      else exchange.resetTravels(heardAtUs);
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (isKnown) this.#ask(connection);
    else this.#failedTest(connection);
  }

  #failedTest({ node }: Connection): void {
    const { index, pool } = this.#client;
    pool.drop();
    this.#cohort.records.disconnect(index, node, 'validation-failed');
    this.#borrow();
  }

  #open(): void {
    const node = this.#client.resolve();
    if (node === null) {
      this.#takenUp().openTo(null);
      return;
    }
    const { out, back } = this.#waysTo(node.site);
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
    if (!node.hostUp) this.#fallSilent(this.#handshakes, node, null, startedAtUs);
    else this.#knock(node, out, back, startedAtUs);
  }

  /** Looked up once: an outage asks for them with every attempt. */
  #waysTo(site: Site): Ways {
    let ways = this.#ways[site.index];
    if (ways === undefined) {
      const { world, site: here } = this.#cohort;
      ways = { out: world.network.path(here, site), back: world.network.path(site, here) };
      this.#ways[site.index] = ways;
    }
    return ways;
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
    if (!node.hostUp) this.#fallSilent(this.#statements, node, connection, startedAtUs);
    else if (node.incarnation !== incarnation) {
      const heardAtUs = arrivesAtUs + back.latencyUs();
      if (this.#isQuietUntil(heardAtUs, withinUs)) {
        this.#agenda.advance(heardAtUs);
        this.#lost(connection, 'connection-reset');
      } else this.#statementOn(connection, startedAtUs).resetTravels(heardAtUs);
    } else if (node.storage !== 'ok') this.#statementOn(connection, startedAtUs).arrives();
    else if (this.#statement.action === 'write') this.#write(connection, startedAtUs);
    else this.#read(connection, startedAtUs);
  }

  /** The write has reached the node that it was sent to, which is well. */
  #write(connection: Connection, startedAtUs: number): void {
    const { node } = connection;
    const { world, serviceRandom } = this.#cohort;
    const plane = world.planeOf(node.database);
    if (plane.commit === undefined || plane.register === undefined) {
      this.#statementOn(connection, startedAtUs).arrives();
      return;
    }
    const { key, op } = this.#statement;
    const request = { node, key, op, serviceUs: statementUs(node, serviceRandom) };
    const commit = plane.commit(request);
    if (commit === null) {
      const exchange = this.#statementOn(connection, startedAtUs);
      exchange.isAtNode();
      plane.write({ ...request, exchange });
      return;
    }
    const { answersAtUs, error, lsn, timeline, committedAtUs } = commit;
    const heardAtUs = answersAtUs + (answersAtUs < NEVER ? connection.back.latencyUs() : 0);
    if (!this.#isQuietUntil(heardAtUs, startedAtUs + this.#askWithinUs)) {
      const exchange = this.#statementOn(connection, startedAtUs);
      if (lsn > 0) plane.register(commit, exchange);
      if (answersAtUs === NEVER) {
        exchange.isAtNode();
        exchange.hold();
      } else exchange.replyTravels(answersAtUs, heardAtUs, error === null ? { lsn, timeline, committedAtUs } : { error });
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (error !== null) this.#refused(connection, error);
    else {
      this.#succeeded(connection);
      const record = this.#record('ok');
      record.node = node.id;
      record.position = this.#cohort.records.position(timeline, lsn);
      record.committedAtUs = committedAtUs;
      this.#finish(record);
    }
  }

  /** The read has reached the node that it was sent to, which is well. */
  #read(connection: Connection, startedAtUs: number): void {
    const { node } = connection;
    const { world, serviceRandom } = this.#cohort;
    const plane = world.planeOf(node.database);
    if (plane.look === undefined) {
      this.#statementOn(connection, startedAtUs).arrives();
      return;
    }
    const { key, consistency } = this.#statement;
    const look = plane.look({ node, key, consistency, serviceUs: statementUs(node, serviceRandom) });
    const { answersAtUs, error, value, staleUs } = look;
    const heardAtUs = answersAtUs + connection.back.latencyUs();
    if (!this.#isQuietUntil(heardAtUs, startedAtUs + this.#askWithinUs)) {
      this.#statementOn(connection, startedAtUs).replyTravels(answersAtUs, heardAtUs, replyWith(look));
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (error !== null) this.#refused(connection, error);
    else {
      this.#succeeded(connection);
      const record = this.#record('ok');
      record.node = node.id;
      record.value = value;
      record.staleUs = staleUs;
      this.#finish(record);
    }
  }

  #succeeded(connection: Connection): void {
    this.#client.pool.release(connection);
    this.#cohort.observe({ action: this.#statement.action, works: true, node: connection.node });
  }

  /** The server has answered, and not done it. */
  #refused(connection: Connection, error: string): void {
    const { index, pool } = this.#client;
    const { records, spec } = this.#cohort;
    if (error === 'read-only' && spec.driver.discardReadOnly) {
      pool.drop();
      records.disconnect(index, connection.node, error);
    } else pool.release(connection);
    this.#failed(connection.node, error, false);
  }

  /** A request has reached a host that is gone. */
  #fallSilent(attempts: SilentAttempts, node: Node, connection: Connection | null, startedAtUs: number): void {
    const attempt = attempts.add(startedAtUs);
    attempt.client = this.#client;
    attempt.statement = this.#statement;
    attempt.finished = this.#finished;
    attempt.node = node;
    attempt.host = this.#hostOf(node);
    attempt.host.waits();
    attempt.connection = connection;
    attempt.invokedAtUs = this.#invokedAtUs;
    this.#course.changed();
  }

  #hostOf(node: Node): SilentHost {
    let host = this.#hosts.get(node);
    if (host === undefined) {
      host = new SilentHost(node, (returned) => this.#hostReturned(returned));
      this.#hosts.set(node, host);
    }
    return host;
  }

  /** Every attempt that waits for the host hears of it at its next retransmission. */
  #hostReturned(host: SilentHost): void {
    const handshakes = this.#handshakes.takeFrom(host).map((attempt) => ({ attempt, exchange: this.#handshakeOf }));
    const tests = this.#tests.takeFrom(host).map((attempt) => ({ attempt, exchange: this.#testOf }));
    const statements = this.#statements.takeFrom(host).map((attempt) => ({ attempt, exchange: this.#statementOf }));
    const all = [...handshakes, ...tests, ...statements].sort((a, b) => a.attempt.place - b.attempt.place);
    for (const { attempt, exchange } of all) {
      this.#goOnWith(attempt);
      exchange(attempt).resetOnRetransmission();
    }
    this.#course.changed();
  }

  /** Operations that nothing is heard of, when the run ends. */
  unfinished(): readonly Operation[] {
    const operations: Operation[] = [];
    for (const attempts of [this.#handshakes, this.#tests, this.#statements]) {
      for (const attempt of attempts.all()) {
        this.#goOnWith(attempt);
        const operation = this.#operation();
        if (attempts === this.#statements) operation.ask(attempt.connection as Connection, attempt.startedAtUs);
        operations.push(operation);
      }
    }
    return operations;
  }

  #goOnWith({ client, statement, finished, invokedAtUs }: SilentAttempt): void {
    this.#client = client;
    this.#statement = statement;
    this.#finished = finished;
    this.#invokedAtUs = invokedAtUs;
  }

  #gaveUp(attempt: SilentAttempt): void {
    attempt.host.waitsNoMore();
    this.#goOnWith(attempt);
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
    this.#finished?.();
  }

  /** The exchange of an attempt to open a connection, for which something else has to be waited for. */
  #handshake(node: Node, startedAtUs: number): Exchange {
    return new Handshake(this.#client, node, this.#takenUp(), startedAtUs).exchange();
  }

  readonly #handshakeOf = ({ node, startedAtUs }: SilentAttempt): Exchange => this.#handshake(node, startedAtUs);
  readonly #testOf = ({ connection, startedAtUs }: SilentAttempt): Exchange =>
    this.#takenUp().test(connection as Connection, startedAtUs);
  readonly #statementOf = ({ connection, startedAtUs }: SilentAttempt): Exchange =>
    this.#statementOn(connection as Connection, startedAtUs);

  #statementOn(connection: Connection, startedAtUs: number): Exchange {
    return this.#takenUp().ask(connection, startedAtUs);
  }

  /** From here on it goes event by event. */
  #takenUp(): Operation {
    const operation = this.#operation();
    this.#unfinished.add(operation);
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
    return atUs <= withinUs && atUs < this.#quietUntilUs;
  }
}

const NEVER = Number.POSITIVE_INFINITY;

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

/** How long a client waits for a request that has not arrived. */
function silence({ answerUs, retransmitUs }: Patience): number {
  return Math.min(answerUs, retransmitUs);
}

/** Within this time the client gives nothing up, whatever happens. */
function shortest({ answerUs, retransmitUs, silenceUs, idleUs = silenceUs }: Patience): number {
  return Math.min(answerUs, retransmitUs, silenceUs, idleUs);
}

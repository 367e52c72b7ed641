import type { Agenda } from '@faultline/clock';
import type { Node } from '../../nodes/node.ts';
import { type PlainStatement, statementUs } from '../../nodes/server.ts';
import { type Commit, replyWith } from '../../replication/commit.ts';
import type { CommitRequest, Foresight, LookRequest } from '../../replication/plane.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import type { Silence } from './silence.ts';
import type { StraightOperation } from './straight-operation.ts';
import { isClear } from './ways.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** What an operation asks for on the connection that it has, straight on as far as nothing else happens. */
export class StraightStatements {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #operation: StraightOperation;
  readonly #silence: Silence;
  readonly #withinUs: number;
  #startedAtUs = 0;
  #untilUs = 0;
  readonly #arrived = new ArrivedStatement();
  /** Of the database that was asked last: clients ask the same one again and again. */
  #database = '';
  #foresight: Foresight | null = null;

  /** @param withinUs Time within which a client does not give a statement up, whatever happens. */
  constructor(cohort: CohortView, operation: StraightOperation, silence: Silence, withinUs: number) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#operation = operation;
    this.#silence = silence;
    this.#withinUs = withinUs;
  }

  /** @param quietUntilUs Up to here nothing else happens. */
  ask(connection: Connection, quietUntilUs: number): void {
    const { node, out, back } = connection;
    const startedAtUs = this.#agenda.nowUs;
    if (connection.session !== null || !isClear(out, back, startedAtUs)) {
      this.#operation.takenUp().lend(connection, false);
      return;
    }
    this.#startedAtUs = startedAtUs;
    // An answer in the very instant of the time-out still counts.
    this.#untilUs = Math.min(quietUntilUs, startedAtUs + this.#withinUs + 1);
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (arrivesAtUs >= this.#untilUs) {
      this.#operation.takenUp().ask(connection, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    const isWell = node.hostUp && node.incarnation === connection.incarnation && node.storage === 'ok';
    const foresight = isWell ? this.#foresightOf(node) : null;
    if (foresight === null) this.#meetsTrouble(connection);
    else if (this.#operation.underway.action === 'write') this.#write(connection, foresight);
    else this.#read(connection, foresight);
  }

  /** Null where nobody can say how a statement ends. */
  #foresightOf({ database }: Node): Foresight | null {
    if (database !== this.#database) {
      this.#database = database;
      this.#foresight = this.#cohort.world.planeOf(database).foresight;
    }
    return this.#foresight;
  }

  /** The statement has reached a node that is not well, or one that cannot tell at once how it will end. */
  #meetsTrouble(connection: Connection): void {
    const { node, incarnation } = connection;
    if (!node.hostUp) this.#silence.begin('statement', node, connection, this.#startedAtUs);
    else if (node.incarnation !== incarnation) this.#isUnknown(connection);
    else this.#operation.takenUp().ask(connection, this.#startedAtUs).arrives();
  }

  /** The process that the connection belonged to is no more. */
  #isUnknown(connection: Connection): void {
    const heardAtUs = this.#agenda.nowUs + connection.back.latencyUs();
    if (heardAtUs < this.#untilUs) {
      this.#agenda.advance(heardAtUs);
      this.#operation.lost(connection, 'connection-reset');
    } else this.#operation.takenUp().ask(connection, this.#startedAtUs).resetTravels(heardAtUs);
  }

  #write(connection: Connection, foresight: Foresight): void {
    const commit = foresight.commit(this.#arrivesAt(connection.node));
    if (commit === null) {
      this.#waits(connection);
      return;
    }
    const { answersAtUs } = commit;
    const heardAtUs = answersAtUs === NEVER ? NEVER : answersAtUs + connection.back.latencyUs();
    if (heardAtUs >= this.#untilUs) {
      this.#isWritten(connection, foresight, commit, heardAtUs);
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (commit.error === null) this.#operation.wrote(connection, commit.timeline, commit.lsn, commit.committedAtUs);
    else this.#operation.refused(connection, commit.error);
  }

  /** No end of the write is in sight. */
  #waits(connection: Connection): void {
    const { node, key, op, serviceUs } = this.#arrived;
    const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
    exchange.isAtNode();
    this.#cohort.world.planeOf(node.database).write({ node, key, op, serviceUs, exchange });
  }

  /** Something else happens in the world before the answer to a write is heard. */
  #isWritten(connection: Connection, foresight: Foresight, commit: Commit, heardAtUs: number): void {
    const { answersAtUs, error, lsn, timeline, committedAtUs } = commit;
    const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
    if (lsn > 0) foresight.register(commit, exchange);
    if (answersAtUs < NEVER)
      exchange.replyTravels(answersAtUs, heardAtUs, error === null ? { lsn, timeline, committedAtUs } : { error });
    else {
      exchange.isAtNode();
      exchange.hold();
    }
  }

  #read(connection: Connection, foresight: Foresight): void {
    const look = foresight.look(this.#arrivesAt(connection.node));
    const heardAtUs = look.answersAtUs + connection.back.latencyUs();
    if (heardAtUs >= this.#untilUs) {
      const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
      exchange.replyTravels(look.answersAtUs, heardAtUs, replyWith(look));
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (look.error === null) this.#operation.read(connection, look.value, look.staleUs);
    else this.#operation.refused(connection, look.error);
  }

  /** The statement of the operation under way, as the node finds it. */
  #arrivesAt(node: Node): ArrivedStatement {
    const arrived = this.#arrived;
    arrived.isFor(node, this.#operation.underway, statementUs(node, this.#cohort.serviceRandom));
    return arrived;
  }
}

/** A statement that has reached its node: one object for all of a cohort, written again and again. */
class ArrivedStatement implements CommitRequest, LookRequest {
  node!: Node;
  key = 0;
  op = 0;
  serviceUs = 0;
  consistency: LookRequest['consistency'] = 'strong';

  isFor(node: Node, { key, op, consistency }: PlainStatement, serviceUs: number): void {
    this.node = node;
    this.key = key;
    this.op = op;
    this.serviceUs = serviceUs;
    this.consistency = consistency;
  }
}

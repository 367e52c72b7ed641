import type { Agenda } from '@faultline/clock';
import { statementUs } from '../../nodes/server.ts';
import { type Look, replyWith } from '../../replication/commit.ts';
import type { DataPlane } from '../../replication/plane.ts';
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
    const { node, out, back, incarnation } = connection;
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
    if (!node.hostUp) this.#silence.begin('statement', node, connection, startedAtUs);
    else if (node.incarnation !== incarnation) this.#isUnknown(connection);
    else if (node.storage !== 'ok') this.#operation.takenUp().ask(connection, startedAtUs).arrives();
    else this.#serve(connection, this.#cohort.world.planeOf(node.database));
  }

  /** The process that the connection belonged to is no more. */
  #isUnknown(connection: Connection): void {
    const heardAtUs = this.#agenda.nowUs + connection.back.latencyUs();
    if (heardAtUs < this.#untilUs) {
      this.#agenda.advance(heardAtUs);
      this.#operation.lost(connection, 'connection-reset');
    } else this.#operation.takenUp().ask(connection, this.#startedAtUs).resetTravels(heardAtUs);
  }

  /** The statement has reached a node that is well. */
  #serve(connection: Connection, plane: DataPlane): void {
    if (plane.commit === undefined || plane.look === undefined)
      this.#operation.takenUp().ask(connection, this.#startedAtUs).arrives();
    else if (this.#operation.underway.statement.action === 'read') this.#read(connection, plane);
    else this.#write(connection, plane);
  }

  #write(connection: Connection, plane: DataPlane): void {
    const { node, back } = connection;
    const { key, op } = this.#operation.underway.statement;
    const request = { node, key, op, serviceUs: statementUs(node, this.#cohort.serviceRandom) };
    const commit = plane.commit?.(request) ?? null;
    if (commit === null) {
      const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
      exchange.isAtNode();
      plane.write({ ...request, exchange });
      return;
    }
    const { answersAtUs, error, lsn, timeline, committedAtUs } = commit;
    const heardAtUs = answersAtUs === NEVER ? NEVER : answersAtUs + back.latencyUs();
    if (heardAtUs >= this.#untilUs) {
      const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
      if (lsn > 0) plane.register?.(commit, exchange);
      if (answersAtUs < NEVER)
        exchange.replyTravels(answersAtUs, heardAtUs, error === null ? { lsn, timeline, committedAtUs } : { error });
      else {
        exchange.isAtNode();
        exchange.hold();
      }
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (error === null) this.#operation.wrote(connection, timeline, lsn, committedAtUs);
    else this.#operation.refused(connection, error);
  }

  #read(connection: Connection, plane: DataPlane): void {
    const { node, back } = connection;
    const { key, consistency } = this.#operation.underway.statement;
    const request = { node, key, consistency, serviceUs: statementUs(node, this.#cohort.serviceRandom) };
    const look = plane.look?.(request) as Look;
    const { answersAtUs, error, value, staleUs } = look;
    const heardAtUs = answersAtUs + back.latencyUs();
    if (heardAtUs >= this.#untilUs) {
      const exchange = this.#operation.takenUp().ask(connection, this.#startedAtUs);
      exchange.replyTravels(answersAtUs, heardAtUs, replyWith(look));
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (error === null) this.#operation.read(connection, value, staleUs);
    else this.#operation.refused(connection, error);
  }
}

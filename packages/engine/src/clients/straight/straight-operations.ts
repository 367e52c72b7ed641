import type { Agenda } from '@faultline/clock';
import type { ArrivalList } from '../../arrival-list.ts';
import type { Patience } from '../../nodes/exchange.ts';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { type Operation, VALIDATION } from '../operation.ts';
import { type OpenWorkload, StraightArrivals } from './arrivals.ts';
import { PoolQueue } from './pool-queue.ts';
import { Retries } from './retries.ts';
import { Silence } from './silence.ts';
import { SilentSpell } from './silent-spell.ts';
import { SpellCourses } from './spell-courses.ts';
import { StraightCohort } from './straight-cohort.ts';
import { StraightOpenings } from './straight-openings.ts';
import { StraightOperation } from './straight-operation.ts';
import { StraightStatements } from './straight-statements.ts';
import type { Underway } from './underway.ts';
import { isClear, WaysFrom } from './ways.ts';

/**
 * Carries operations out in one go for as long as nothing else happens in the world: what a request meets at each end of
 * its way is then known as soon as it leaves. Draws, records and what becomes of pools, caches and logs are those of an
 * `Operation` with its `Exchange`s, in the same order; wherever something else is due before the next step, those two
 * take over at the point that was reached. The tests compare both ways record by record.
 */
export class StraightOperations {
  readonly #agenda: Agenda;
  readonly #course: StraightCohort;
  readonly #operation: StraightOperation;
  readonly #retries: Retries;
  readonly #queue: PoolQueue;
  readonly #silence: Silence;
  readonly #courses: SpellCourses;
  readonly #statements: StraightStatements;
  readonly #openings: StraightOpenings;
  #quietUntilUs = 0;

  constructor(cohort: CohortView, unfinished: ArrivalList<Operation>, ended: (operation: Operation) => void) {
    const { agenda, recorder } = cohort.world;
    this.#agenda = agenda;
    const ways = new WaysFrom(cohort.world.network, cohort.site);
    const connectWithinUs = withinUs(cohort.connectPatience);
    this.#course = new StraightCohort(agenda, recorder);
    this.#operation = new StraightOperation(cohort, unfinished, ended, (afterUs) => this.#triesAgain(afterUs));
    this.#retries = this.#course.add(
      (timetable, line) => new Retries(agenda, (operation) => this.#attemptOf(operation), timetable, line),
    );
    const opens = (): void => this.#openings.openAside(this.#course.quietUntilUs);
    const { borrowTimeoutUs } = cohort.spec.pool;
    this.#queue = this.#course.add(
      (timetable, line) => new PoolQueue(agenda, borrowTimeoutUs, this.#operation, opens, timetable, line),
    );
    const failedTest = (connection: Connection): void => this.#failedTest(connection);
    this.#silence = new Silence(agenda, cohort, this.#operation, failedTest, this.#course);
    const { timetable } = this.#course;
    this.#courses = new SpellCourses(agenda, timetable, this.#silence.handshakes, this.#retries, this.#queue);
    this.#course.spell = new SilentSpell(cohort, {
      courses: this.#courses,
      operation: this.#operation,
      ways,
      connectWithinUs,
      goOnBy: (connection) => this.#goOnBy(connection),
      openTo: (node) => this.#openings.openTo(node, this.#course.quietUntilUs),
      openAsideTo: (node) => this.#openings.openAsideTo(node, this.#course.quietUntilUs),
      hostOf: (node) => this.#silence.hostOf(node),
    });
    this.#statements = new StraightStatements(cohort, this.#operation, this.#silence, withinUs(cohort.patience));
    this.#openings = new StraightOpenings(cohort, {
      operation: this.#operation,
      silence: this.#silence,
      statements: this.#statements,
      ways,
      withinUs: connectWithinUs,
    });
  }

  /** Arrivals of one of its workloads. */
  add(workload: OpenWorkload): void {
    this.#courses.add(
      this.#course.add((timetable, line) => new StraightArrivals(workload, this.#agenda, timetable, line)),
    );
  }

  /** Starts an operation, as the last thing in an event: time may have passed when this returns. */
  begin(client: Client, statement: PlainStatement, finished: (() => void) | null): void {
    const { underway } = this.#operation;
    underway.begin(client, statement, statement.key, statement.op, this.#agenda.nowUs);
    underway.finished = finished;
    this.#attempt();
  }

  /** Operations that have not ended when the run does, beside those that were taken up. */
  unfinished(): readonly Operation[] {
    const operations = [...this.#silence.operations()];
    for (const waiting of [this.#retries, this.#queue]) {
      for (const underway of waiting.all()) {
        this.#operation.goOnWith(underway);
        operations.push(this.#operation.asOperation());
      }
    }
    return operations;
  }

  #attemptOf(operation: Underway): void {
    this.#operation.goOnWith(operation);
    this.#attempt();
  }

  #attempt(): void {
    this.#operation.underway.attempts++;
    this.#borrow();
  }

  #borrow(): void {
    const taken = this.#operation.underway.client.pool.take();
    if (taken === 'full') this.#waitsForPlace();
    else if (taken === 'room') this.#openings.open(this.#course.quietUntilUs);
    else this.#goOnBy(taken);
  }

  /** The operation under way goes on with a connection that it was lent. */
  #goOnBy(connection: Connection): void {
    // Nothing is scheduled from here on, until the operation is over or goes event by event.
    this.#quietUntilUs = this.#course.quietUntilUs;
    if (this.#operation.underway.client.pool.isDoubtful(connection)) this.#test(connection);
    else this.#statements.ask(connection, this.#quietUntilUs);
  }

  #waitsForPlace(): void {
    this.#queue.add(this.#operation.handOver());
    this.#queue.foresee();
    this.#course.changed();
  }

  #triesAgain(afterUs: number): void {
    this.#retries.add(this.#operation.handOver(), afterUs);
    this.#retries.foresee();
    this.#course.changed();
  }

  #test(connection: Connection): void {
    const { node, out, back, incarnation } = connection;
    const startedAtUs = this.#agenda.nowUs;
    if (!isClear(out, back, startedAtUs)) {
      this.#operation.takenUp().lend(connection, true);
      return;
    }
    const givesUpAtUs = startedAtUs + VALIDATION.answerUs;
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (!this.#isQuietUntil(arrivesAtUs, givesUpAtUs)) {
      this.#operation.takenUp().test(connection, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    if (!node.hostUp) {
      this.#silence.begin('test', node, connection, startedAtUs);
      return;
    }
    const heardAtUs = arrivesAtUs + back.latencyUs();
    const isKnown = node.incarnation === incarnation;
    if (!this.#isQuietUntil(heardAtUs, givesUpAtUs)) {
      const exchange = this.#operation.takenUp().test(connection, startedAtUs);
      if (isKnown) exchange.replyTravels(arrivesAtUs, heardAtUs, {});
      else exchange.resetTravels(heardAtUs);
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (isKnown) this.#statements.ask(connection, this.#quietUntilUs);
    else this.#failedTest(connection);
  }

  #failedTest({ node }: Connection): void {
    this.#operation.dropped(node, 'validation-failed');
    this.#borrow();
  }

  /** Whether nothing else happens up to and with an instant, the client's giving up included. */
  #isQuietUntil(atUs: number, givesUpAtUs: number): boolean {
    return atUs <= givesUpAtUs && atUs < this.#quietUntilUs;
  }
}

/** Within this time the client gives nothing up, whatever happens. */
function withinUs({ answerUs, retransmitUs, silenceUs, idleUs = silenceUs }: Patience): number {
  return Math.min(answerUs, retransmitUs, silenceUs, idleUs);
}

import type { Agenda } from '@faultline/clock';
import type { Exchange, Patience } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import type { ClientRecords } from '../client-records.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { type Operation, VALIDATION } from '../operation.ts';
import { triesAgain } from '../retry.ts';
import { SilentArrivals } from './silent-arrivals.ts';
import { type SilentAttempt, SilentAttempts } from './silent-attempts.ts';
import { SilentHost } from './silent-host.ts';
import type { StraightCohort } from './straight-cohort.ts';
import type { StraightOperation } from './straight-operation.ts';

/** What was sent: for a new connection, to test an open one, or what the client wants on it. */
export type SilentRequest = 'handshake' | 'test' | 'statement';

/** Attempts of a cohort that have reached a host which is gone, until it is back or their clients give up. */
export class Silence {
  readonly #operation: StraightOperation;
  readonly #attempts: Readonly<Record<SilentRequest, SilentAttempts>>;
  /** Most attempts to connect: the first ones of what has arrived. */
  readonly arrivals: SilentArrivals;
  readonly #records: ClientRecords;
  /** Whether a first attempt that ends in silence leaves nothing behind but a failed operation. */
  readonly #fails: boolean;
  readonly #hosts = new Map<Node, SilentHost>();
  /** The one that was asked for last: an outage goes on at one host for long. */
  #newest: SilentHost | null = null;
  readonly #course: StraightCohort;

  /**
   * @param failedTest A test of a connection was given up: the operation looks for another one.
   */
  constructor(
    agenda: Agenda,
    { connectPatience, patience, spec, records }: CohortView,
    operation: StraightOperation,
    failedTest: (connection: Connection) => void,
    course: StraightCohort,
  ) {
    this.#operation = operation;
    this.#course = course;
    const attempts = (patience: Patience, gaveUp: (attempt: SilentAttempt) => void) => {
      const isOver = (attempt: SilentAttempt): void => {
        attempt.host.waitsNoMore();
        attempt.operation = operation.exchange(attempt.operation);
        gaveUp(attempt);
      };
      return course.add((timetable, line) => new SilentAttempts(agenda, waitUsOf(patience), isOver, timetable, line));
    };
    this.#records = records;
    this.#fails = spec.routing === null && !triesAgain(spec.retry, 1, false);
    const timedOut = ({ to, startedAtUs }: SilentAttempt): void => operation.timedOut(to, startedAtUs);
    const arrivalFailed = (attempt: SilentAttempt): void => {
      operation.exchange(attempt.operation);
      timedOut(attempt);
    };
    this.arrivals = course.add(
      (timetable, line) => new SilentArrivals(agenda, waitUsOf(connectPatience), arrivalFailed, timetable, line),
    );
    this.#attempts = {
      handshake: attempts(connectPatience, timedOut),
      test: attempts(VALIDATION, ({ connection }) => failedTest(connection as Connection)),
      statement: attempts(patience, ({ connection }) => operation.lost(connection as Connection, 'no-answer')),
    };
  }

  /** The operation under way waits from now on. */
  begin(request: SilentRequest, node: Node, connection: Connection | null, startedAtUs: number): void {
    if (request === 'handshake' && this.#hasJustArrived) this.#wait(node, startedAtUs);
    else this.#hold(request, node, connection, startedAtUs);
    this.#course.changed();
  }

  /** Whether the operation under way is in the first attempt of what has arrived, and will not make another one. */
  get #hasJustArrived(): boolean {
    const { attempts, node, finished } = this.#operation.underway;
    return this.#fails && attempts === 1 && node === null && finished === null && this.#records.countsTimeOuts;
  }

  #wait(node: Node, startedAtUs: number): void {
    const { client, statement, invokedAtUs } = this.#operation.underway;
    this.arrivals.add(client, statement, statement.key, statement.op, invokedAtUs, startedAtUs, this.hostOf(node));
    this.arrivals.foresee();
  }

  #hold(request: SilentRequest, node: Node, connection: Connection | null, startedAtUs: number): void {
    const attempt = this.#attempts[request].add(startedAtUs);
    attempt.operation = this.#operation.exchange(attempt.operation);
    attempt.to = node;
    attempt.connection = connection;
    attempt.host = this.hostOf(node);
    attempt.host.waits();
  }

  /** Operations that wait, when the run ends. */
  operations(): readonly Operation[] {
    const operations: Operation[] = [];
    for (const [request, attempts] of this.#all()) {
      for (const attempt of attempts.all()) {
        this.#operation.exchange(attempt.operation);
        const operation = this.#operation.asOperation();
        if (request === 'statement') operation.ask(attempt.connection as Connection, attempt.startedAtUs);
        operations.push(operation);
      }
    }
    return operations;
  }

  /** What stands for all attempts at a node whose host is gone. */
  hostOf(node: Node): SilentHost {
    return this.#newest?.node === node ? this.#newest : this.#anotherHostOf(node);
  }

  /** Apart from the above, which would make a context for the function in here each time that it is called. */
  #anotherHostOf(node: Node): SilentHost {
    let host = this.#hosts.get(node);
    if (host === undefined) {
      host = new SilentHost(node, (returned) => this.#hostReturned(returned));
      this.#hosts.set(node, host);
    }
    this.#newest = host;
    return host;
  }

  /** Each attempt that waits for the host hears of it at its next retransmission. */
  #hostReturned(host: SilentHost): void {
    const waiting = this.#all().flatMap(([request, attempts]) =>
      attempts.takeFrom(host).map((attempt) => ({ attempt, request })),
    );
    waiting.sort((a, b) => a.attempt.place - b.attempt.place);
    for (const { attempt, request } of waiting) {
      this.#operation.exchange(attempt.operation);
      this.#exchangeOf(request, attempt).resetOnRetransmission();
    }
    this.#course.changed();
  }

  /** All that wait, by what they have sent. */
  #all(): readonly (readonly [SilentRequest, SilentArrivals | SilentAttempts])[] {
    const { handshake, test, statement } = this.#attempts;
    return [
      ['handshake', this.arrivals],
      ['handshake', handshake],
      ['test', test],
      ['statement', statement],
    ];
  }

  #exchangeOf(request: SilentRequest, { to, connection, startedAtUs }: SilentAttempt): Exchange {
    if (connection === null) return this.#operation.handshake(to, startedAtUs);
    const operation = this.#operation.takenUp();
    return request === 'test' ? operation.test(connection, startedAtUs) : operation.ask(connection, startedAtUs);
  }
}

/** How long a request waits of which nothing is heard. */
function waitUsOf({ answerUs, retransmitUs }: Patience): number {
  return Math.min(answerUs, retransmitUs);
}

import type { Agenda } from '@faultline/clock';
import type { Exchange, Patience } from '../../nodes/exchange.ts';
import type { Node } from '../../nodes/node.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import { type Operation, VALIDATION } from '../operation.ts';
import { SilentAttempts } from './silent-attempts.ts';
import { SilentHost } from './silent-host.ts';
import type { StraightCohort } from './straight-cohort.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Underway } from './underway.ts';

/** What was sent: for a new connection, to test an open one, or what the client wants on it. */
export type SilentRequest = 'handshake' | 'test' | 'statement';

/** Operations of a cohort whose requests have reached a host that is gone, until it is back or their clients give up. */
export class Silence {
  readonly #operation: StraightOperation;
  readonly #attempts: Readonly<Record<SilentRequest, SilentAttempts>>;
  readonly #hosts = new Map<Node, SilentHost>();
  /** The one that was asked for last: an outage goes on at one host for long. */
  #newest: SilentHost | null = null;
  readonly #course: StraightCohort;

  /**
   * @param failedTest A test of a connection was given up: the operation looks for another one.
   */
  constructor(
    agenda: Agenda,
    { connectPatience, patience }: CohortView,
    operation: StraightOperation,
    failedTest: (connection: Connection) => void,
    course: StraightCohort,
  ) {
    this.#operation = operation;
    this.#course = course;
    const attempts = (patience: Patience, gaveUp: (attempt: Underway) => void) => {
      const goesOn = (attempt: Underway): void => {
        operation.goOnWith(attempt);
        gaveUp(attempt);
      };
      return course.add((timetable, line) => new SilentAttempts(agenda, waitUsOf(patience), goesOn, timetable, line));
    };
    this.#attempts = {
      handshake: attempts(connectPatience, ({ host, startedAtUs }) => operation.timedOut(host.node, startedAtUs)),
      test: attempts(VALIDATION, ({ connection }) => failedTest(connection as Connection)),
      statement: attempts(patience, ({ connection }) => operation.lost(connection as Connection, 'no-answer')),
    };
  }

  /** Those that wait for a connection: most of a long outage. */
  get handshakes(): SilentAttempts {
    return this.#attempts.handshake;
  }

  /** The operation under way waits from now on. */
  begin(request: SilentRequest, node: Node, connection: Connection | null, startedAtUs: number): void {
    const attempts = this.#attempts[request];
    attempts.add(this.#operation.handOver(), this.hostOf(node), connection, startedAtUs);
    attempts.foresee();
    this.#course.changed();
  }

  /** Operations that wait, when the run ends. */
  operations(): readonly Operation[] {
    const operations: Operation[] = [];
    for (const [request, attempts] of this.#all()) {
      for (const attempt of attempts.all()) {
        this.#operation.goOnWith(attempt);
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
      this.#operation.goOnWith(attempt);
      this.#exchangeOf(request, attempt).resetOnRetransmission();
    }
    this.#course.changed();
  }

  /** All that wait, by what they have sent. */
  #all(): readonly (readonly [SilentRequest, SilentAttempts])[] {
    const { handshake, test, statement } = this.#attempts;
    return [
      ['handshake', handshake],
      ['test', test],
      ['statement', statement],
    ];
  }

  #exchangeOf(request: SilentRequest, { host, connection, startedAtUs }: Underway): Exchange {
    if (connection === null) return this.#operation.handshake(host.node, startedAtUs);
    const operation = this.#operation.takenUp();
    return request === 'test' ? operation.test(connection, startedAtUs) : operation.ask(connection, startedAtUs);
  }
}

/** How long a request waits of which nothing is heard. */
function waitUsOf({ answerUs, retransmitUs }: Patience): number {
  return Math.min(answerUs, retransmitUs);
}

import type { Agenda, Handle } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { KeepaliveSpec, PoolSpec } from '@faultline/scenario';
import { ArrivalList, Listed } from '../arrival-list.ts';
import { type Connection, isKnownClosed } from './connection.ts';

export const lendingDefaults = {
  validationBypass: quantity(
    500_000,
    'µs',
    'unused, and a connection is tested before it is lent',
    'documented',
    'HikariCP, HikariPool.java: aliveBypassWindowMs',
    '2026-11',
  ),
};
const VALIDATION_BYPASS_US = lendingDefaults.validationBypass.value;

/** Somebody who wants a connection. */
export interface Borrower {
  /** A connection that was in use before; `validate` when it has to be tested first. */
  lend(connection: Connection, validate: boolean): void;
  /** There is room for another connection: open one. */
  open(): void;
  /** None came free in time. */
  borrowTimedOut(): void;
}

/** No event. */
const NONE: Handle = 0;

/** The place in line of a borrower. */
export class Waiter extends Listed {
  readonly borrower: Borrower;
  /** Its giving up in the agenda, or `NONE`. */
  handle: Handle = NONE;

  constructor(borrower: Borrower) {
    super();
    this.borrower = borrower;
  }
}

/** The connection pool of one client process. The one used last is lent first. */
export class Pool {
  readonly #spec: PoolSpec;
  readonly #keepalive: KeepaliveSpec | null;
  readonly #agenda: Agenda;
  readonly #onDiscard: (connection: Connection, reason: string) => void;
  readonly #idle: Connection[] = [];
  readonly #waiters = new ArrivalList<Waiter>();
  #taken = 0;
  #generation = 0;

  constructor(
    spec: PoolSpec,
    keepalive: KeepaliveSpec | null,
    agenda: Agenda,
    onDiscard: (connection: Connection, reason: string) => void,
  ) {
    this.#spec = spec;
    this.#keepalive = keepalive;
    this.#agenda = agenda;
    this.#onDiscard = onDiscard;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Lends, opens or queues: one of the borrower's three methods is called, now or later. */
  borrow(borrower: Borrower): void {
    const taken = this.take();
    if (taken === 'room') borrower.open();
    else if (taken === 'full') this.queue(borrower);
    else borrower.lend(taken, this.isDoubtful(taken));
  }

  /** An idle connection, or `room` for one that the borrower has to open; with `full` there is nothing to be had now. */
  take(): Connection | 'room' | 'full' {
    if (this.#spec.size === 0) return 'room';
    const idle = this.#takeIdle();
    if (idle === undefined && this.#taken + this.#idle.length >= this.#spec.size) return 'full';
    this.#taken++;
    return idle ?? 'room';
  }

  /** Whether a connection that is lent now has to be tested first. */
  isDoubtful(connection: Connection): boolean {
    return this.#spec.validateOnBorrow && this.#agenda.nowUs - connection.usedAtUs > VALIDATION_BYPASS_US;
  }

  /** The next connection that comes free, or whose place does, is for this borrower, if it does so in time. */
  queue(borrower: Borrower): void {
    const waiter = this.join(borrower);
    waiter.handle = this.#agenda.schedule(this.#spec.borrowTimeoutUs, () => {
      this.leave(waiter);
      borrower.borrowTimedOut();
    });
  }

  /** The same for a borrower that sees by itself how long it has waited, and leaves in time. */
  join(borrower: Borrower): Waiter {
    const waiter = new Waiter(borrower);
    this.#waiters.add(waiter);
    return waiter;
  }

  /** Somebody waits no longer. */
  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  /** A lent connection comes back. */
  release(connection: Connection): void {
    if (this.#spec.size === 0) return;
    this.#taken--;
    connection.usedAtUs = this.#agenda.nowUs;
    if (this.#isOutdated(connection)) this.#onDiscard(connection, 'retired');
    else this.#idle.push(connection);
    this.#serveWaiter();
  }

  /** A lent connection, or the attempt to open one, is given up. */
  drop(): void {
    this.passOn()?.open();
  }

  /** The same: whoever has waited longest takes the place, and has to open a connection. Null where nobody does. */
  passOn(): Borrower | null {
    if (this.#spec.size === 0) return null;
    this.#taken--;
    const borrower = this.#nextWaiter();
    if (borrower === null) return null;
    // Those that wait do so because nothing is idle.
    this.#taken++;
    return borrower;
  }

  /** The client goes elsewhere: connections that exist now are not lent again. */
  retireAll(): void {
    this.#generation++;
    for (const connection of this.#idle.splice(0)) this.#onDiscard(connection, 'retired');
  }

  #takeIdle(): Connection | undefined {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (isKnownClosed(connection, this.#keepalive, this.#agenda.nowUs))
        this.#onDiscard(connection, 'closed-by-server');
      else if (this.#isOutdated(connection)) this.#onDiscard(connection, 'retired');
      else return connection;
    }
    return undefined;
  }

  #isOutdated(connection: Connection): boolean {
    const { maxLifetimeUs } = this.#spec;
    return (
      connection.generation !== this.#generation ||
      (maxLifetimeUs !== null && this.#agenda.nowUs - connection.openedAtUs > maxLifetimeUs)
    );
  }

  #serveWaiter(): void {
    const borrower = this.#nextWaiter();
    if (borrower !== null) this.borrow(borrower);
  }

  #nextWaiter(): Borrower | null {
    const { first: waiter } = this.#waiters;
    if (waiter === null) return null;
    this.#waiters.delete(waiter);
    if (waiter.handle !== NONE) this.#agenda.cancel(waiter.handle);
    return waiter.borrower;
  }
}

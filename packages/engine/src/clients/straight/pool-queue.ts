import { ArrivalList, Listed } from '../../arrival-list.ts';
import type { Connection } from '../connection.ts';
import type { Borrower } from '../pool.ts';
import type { StraightOperation } from './straight-operation.ts';
import { Underway } from './underway.ts';

/** Operations of a cohort that wait for a place in their client's pool. */
export class PoolQueue {
  readonly #operation: StraightOperation;
  readonly #opens: () => void;
  readonly #waiting = new ArrivalList<Queued>();
  readonly #spare: Queued[] = [];

  /** @param opens The operation under way opens a connection, while the one that made room is still at work: time must not pass. */
  constructor(operation: StraightOperation, opens: () => void) {
    this.#operation = operation;
    this.#opens = opens;
  }

  /** The operation under way waits from now on. */
  wait(): void {
    const queued = this.#spare.pop() ?? new Queued((one, goOn) => this.#leaves(one, goOn), this.#opens);
    const { pool } = this.#operation.underway.client;
    queued.operation = this.#operation.exchange(queued.operation);
    this.#waiting.add(queued);
    pool.queue(queued);
  }

  /** Those that wait, when the run ends. */
  *all(): Generator<Underway, void, void> {
    for (const { operation } of this.#waiting) yield operation;
  }

  /** It is the operation under way as long as it goes on, in place of the one that made room for it. */
  #leaves(queued: Queued, goOn: (operation: StraightOperation) => void): void {
    const operation = this.#operation;
    this.#waiting.delete(queued);
    const madeRoom = operation.exchange(queued.operation);
    goOn(operation);
    queued.operation = operation.exchange(madeRoom);
    this.#spare.push(queued);
  }
}

class Queued extends Listed implements Borrower {
  operation = new Underway();
  readonly #leaves: (queued: Queued, goOn: (operation: StraightOperation) => void) => void;
  readonly #opens: () => void;

  constructor(leaves: (queued: Queued, goOn: (operation: StraightOperation) => void) => void, opens: () => void) {
    super();
    this.#leaves = leaves;
    this.#opens = opens;
  }

  lend(connection: Connection, validate: boolean): void {
    this.#leaves(this, (operation) => operation.takenUp().lend(connection, validate));
  }

  open(): void {
    this.#leaves(this, this.#opens);
  }

  borrowTimedOut(): void {
    this.#leaves(this, (operation) => operation.takenUp().borrowTimedOut());
  }
}

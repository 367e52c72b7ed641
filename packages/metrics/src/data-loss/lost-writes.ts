import type { Table } from '../table.ts';
import { HEARD_US, LSN, OP } from './timeline-writes.ts';

/** How many operations a result names; the count beside them is complete. */
export const NAMES_MAX = 20;

/** Acknowledged writes that are gone: how many, which, and between which instants their clients heard. */
export class LostWrites {
  count = 0;
  /** Infinity and 0 while there are none. */
  firstHeardUs = Number.POSITIVE_INFINITY;
  lastHeardUs = 0;
  #named: number[] = [];
  /** Operations above it are not among the smallest. */
  #nameUpTo = Number.POSITIVE_INFINITY;

  /** Of these writes, those whose place in the log is behind the limit. */
  addBehind(limit: number, writes: Table): void {
    for (let row = 0; row < writes.rows; row++) {
      if (writes.at(row, LSN) <= limit) continue;
      this.count++;
      this.firstHeardUs = Math.min(this.firstHeardUs, writes.at(row, HEARD_US));
      this.lastHeardUs = Math.max(this.lastHeardUs, writes.at(row, HEARD_US));
      this.#name(writes.at(row, OP));
    }
  }

  /** The first of them by number, in order. */
  get names(): readonly number[] {
    return this.#named.sort((a, b) => a - b).slice(0, NAMES_MAX);
  }

  #name(op: number): void {
    if (op > this.#nameUpTo) return;
    this.#named.push(op);
    if (this.#named.length < 2 * NAMES_MAX) return;
    this.#named.sort((a, b) => a - b).splice(NAMES_MAX);
    this.#nameUpTo = this.#named[NAMES_MAX - 1] as number;
  }
}

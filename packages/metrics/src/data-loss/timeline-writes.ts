import { Column } from '../column.ts';

/** Writes of one timeline: a row for each. */
export class Writes {
  readonly ops = new Column();
  readonly lsns = new Column();
  readonly heardUs = new Column();

  push(op: number, lsn: number, heardUs: number): void {
    this.ops.push(op);
    this.lsns.push(lsn);
    this.heardUs.push(heardUs);
  }
}

/** What clients learned of the writes of one timeline. */
export interface TimelineWrites {
  readonly database: string;
  readonly timeline: number;
  readonly key: string;
  readonly acknowledged: Writes;
  readonly unsure: Writes;
}

/** The smallest values of a column, at most so many, in order. */
export function smallest(ops: Column, most: number): readonly number[] {
  const named: number[] = [];
  for (let row = 0; row < ops.length; row++) {
    named.push(ops.at(row));
    if (named.length >= 2 * most) named.sort((a, b) => a - b).splice(most);
  }
  return named.sort((a, b) => a - b).slice(0, most);
}

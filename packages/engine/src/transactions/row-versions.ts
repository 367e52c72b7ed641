/** What a row holds: a list, oldest element first, or a register; null when it was never written. */
export type RowValue = readonly number[] | number | null;

/** A row as one transaction left it. */
export interface RowVersion {
  /** Place of the transaction's commit in the log. */
  readonly lsn: number;
  readonly value: RowValue;
  /** From the commit being durable until the writer's own snapshots show it, in microseconds. */
  readonly delayUs: number;
}

/** The rows that transactions wrote on one timeline. Versions of a row are in the order of the log. */
export class RowVersions {
  readonly #rows = new Map<number, RowVersion[]>();

  add(key: number, version: RowVersion): void {
    const versions = this.#rows.get(key);
    if (versions) versions.push(version);
    else this.#rows.set(key, [version]);
  }

  /** The newest version that fits; null when there is none. */
  newest(key: number, fits: (version: RowVersion) => boolean): RowVersion | null {
    return this.#rows.get(key)?.findLast(fits) ?? null;
  }

  /** The first version that fits; null when there is none. */
  first(key: number, fits: (version: RowVersion) => boolean): RowVersion | null {
    return this.#rows.get(key)?.find(fits) ?? null;
  }

  /** Forget entries after `lsn`: they were never flushed anywhere. */
  truncate(lsn: number): void {
    for (const versions of this.#rows.values())
      while (versions.length > 0 && (versions.at(-1) as RowVersion).lsn > lsn) versions.pop();
  }
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ViewState } from '@faultline/metrics';

/** Speed matters more than the last tenth: a trace shrinks to an eighth at the fastest level already. */
const LEVEL = { level: 1 };

/**
 * Some records of a trace in a row, compressed once it is complete: about 30 bytes a record. Some chapters also begin
 * with a snapshot: the view of everything before them.
 */
export class Chapter {
  /** Place of its first record in the trace. */
  readonly fromSeq: number;
  #timesUs: readonly number[] | Float64Array;
  #lines: string[] | null = [];
  #packedLines: Buffer = Buffer.alloc(0);
  readonly #packedView: Buffer | null;

  constructor(fromSeq: number, opening: ViewState | null) {
    this.fromSeq = fromSeq;
    this.#timesUs = [];
    this.#packedView = opening === null ? null : deflateRawSync(JSON.stringify(opening), LEVEL);
  }

  get records(): number {
    return this.#timesUs.length;
  }

  get hasView(): boolean {
    return this.#packedView !== null;
  }

  get isComplete(): boolean {
    return this.#lines === null;
  }

  /** Memory that it holds while complete. */
  get bytes(): number {
    return this.#packedLines.length + (this.#packedView?.length ?? 0) + 8 * this.#timesUs.length;
  }

  add(atUs: number, line: string): void {
    if (this.#lines === null) throw new Error('a complete chapter takes no more records');
    (this.#timesUs as number[]).push(atUs);
    this.#lines.push(line);
  }

  complete(): void {
    if (this.#lines === null) return;
    this.#timesUs = new Float64Array(this.#timesUs);
    this.#packedLines = deflateRawSync(this.#lines.join('\n'), LEVEL);
    this.#lines = null;
  }

  /** How many of its records are at `atUs` or before. */
  countUntil(atUs: number): number {
    let low = 0;
    let high = this.#timesUs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timesUs[middle] as number) <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  lines(): readonly string[] {
    if (this.#lines !== null) return this.#lines;
    return this.#timesUs.length === 0 ? [] : inflateRawSync(this.#packedLines).toString().split('\n');
  }

  /** The view before its first record; null where none was kept. */
  view(): ViewState | null {
    return this.#packedView === null ? null : (JSON.parse(inflateRawSync(this.#packedView).toString()) as ViewState);
  }
}

import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { ViewState } from '@faultline/metrics';

/** Speed matters more than the last tenth: a trace shrinks to an eighth at the fastest level already. */
const LEVEL = { level: 1 };

/** What is to be packed counts as this share of itself until it is: about what it comes to. */
const EXPECTED_SHARE = 1 / 7;

/** Text that is compressed beside everything else that goes on; it can be read at any time. */
class PackedText {
  #text: string | null;
  #packed: Buffer = Buffer.alloc(0);

  constructor(text: string) {
    this.#text = text;
    deflateRaw(text, LEVEL, (error, packed) => {
      if (error !== null) return;
      this.#packed = packed;
      this.#text = null;
    });
  }

  get bytes(): number {
    return this.#text === null ? this.#packed.length : Math.ceil(this.#text.length * EXPECTED_SHARE);
  }

  read(): string {
    return this.#text ?? inflateRawSync(this.#packed).toString();
  }
}

/**
 * Some records of a trace in a row, compressed once it is complete: about 30 bytes a record. Some chapters also begin
 * with a snapshot: the view of everything before them.
 */
export class Chapter {
  /** Place of its first record in the trace. */
  readonly fromSeq: number;
  #timesUs: readonly number[] | Float64Array;
  #openLines: string[] | null = [];
  #lines: PackedText | null = null;
  readonly #view: PackedText | null;

  constructor(fromSeq: number, opening: ViewState | null) {
    this.fromSeq = fromSeq;
    this.#timesUs = [];
    this.#view = opening === null ? null : new PackedText(JSON.stringify(opening));
  }

  get records(): number {
    return this.#timesUs.length;
  }

  get isComplete(): boolean {
    return this.#openLines === null;
  }

  /** Memory that it holds while complete. */
  get bytes(): number {
    return (this.#lines?.bytes ?? 0) + (this.#view?.bytes ?? 0) + 8 * this.#timesUs.length;
  }

  add(atUs: number, line: string): void {
    if (this.#openLines === null) throw new Error('a complete chapter takes no more records');
    (this.#timesUs as number[]).push(atUs);
    this.#openLines.push(line);
  }

  complete(): void {
    if (this.#openLines === null) return;
    this.#timesUs = new Float64Array(this.#timesUs);
    this.#lines = new PackedText(this.#openLines.join('\n'));
    this.#openLines = null;
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
    if (this.#openLines !== null) return this.#openLines;
    return this.#lines === null || this.#timesUs.length === 0 ? [] : this.#lines.read().split('\n');
  }

  /** The view before its first record; null where none was kept. */
  view(): ViewState | null {
    return this.#view === null ? null : (JSON.parse(this.#view.read()) as ViewState);
  }
}

import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { ViewState } from '@faultline/metrics';
import { canonicalLine, type TraceRecord } from '@faultline/trace';

/** Speed matters more than the last tenth: a trace shrinks to an eighth at the fastest level already. */
const LEVEL = { level: 1 };

/** What is to be packed counts as this share of itself until it is: about what it comes to. */
const EXPECTED_SHARE = 1 / 7;

/** Text that is compressed beside everything else that goes on; it can be read at any time. */
class PackedText {
  #text: Buffer | null;
  #packed: Buffer = Buffer.alloc(0);

  constructor(text: Buffer) {
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
    return (this.#text ?? inflateRawSync(this.#packed)).toString();
  }
}

/**
 * Some records of a trace in a row. At first they are kept as they were simulated; once they have been written as
 * canonical lines, these take their place, compressed: about 40 bytes a record. Some chapters also begin with a
 * snapshot: the view of everything before them.
 */
export class Chapter {
  /** Place of its first record in the trace. */
  readonly fromSeq: number;
  #timesUs: number[] | Float64Array = [];
  #plain: TraceRecord[] | null = [];
  #lines: PackedText | null = null;
  /** JSON, packed together with the lines. */
  #view: string | PackedText | null;

  constructor(fromSeq: number, opening: ViewState | null) {
    this.fromSeq = fromSeq;
    this.#view = opening === null ? null : JSON.stringify(opening);
  }

  get records(): number {
    return this.#timesUs.length;
  }

  /** Whether it has been written: it takes no more records. */
  get isPacked(): boolean {
    return this.#plain === null;
  }

  /** Memory that it holds: nothing before it is packed. */
  get bytes(): number {
    if (!this.isPacked) return 0;
    const viewBytes = this.#view instanceof PackedText ? this.#view.bytes : 0;
    return (this.#lines?.bytes ?? 0) + viewBytes + 8 * this.#timesUs.length;
  }

  add(record: TraceRecord): void {
    if (this.#plain === null) throw new Error('a chapter that is packed takes no more records');
    (this.#timesUs as number[]).push(record.atUs);
    this.#plain.push(record);
  }

  /** @param text The canonical lines of all its records, each with its line break. */
  pack(text: Buffer): void {
    if (this.#plain === null) return;
    this.#timesUs = new Float64Array(this.#timesUs);
    this.#lines = new PackedText(text);
    if (typeof this.#view === 'string') this.#view = new PackedText(Buffer.from(this.#view));
    this.#plain = null;
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

  /** Some of its canonical lines while it is not packed, by place in the chapter; null once it is. */
  plainLines(from: number, to: number): readonly string[] | null {
    return this.#plain === null ? null : this.#plain.slice(from, to).map(canonicalLine);
  }

  /** Some of its records while it is not packed, by place in the chapter; null once it is. */
  plainRecords(from: number, to: number): readonly TraceRecord[] | null {
    return this.#plain === null ? null : this.#plain.slice(from, to);
  }

  /** All its canonical lines once it is packed. */
  packedLines(): readonly string[] {
    return this.#lines === null || this.#timesUs.length === 0 ? [] : this.#lines.read().slice(0, -1).split('\n');
  }

  /** The view before its first record; null where none was kept. */
  view(): ViewState | null {
    const text = this.#view instanceof PackedText ? this.#view.read() : this.#view;
    return text === null ? null : (JSON.parse(text) as ViewState);
  }
}

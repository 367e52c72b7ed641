import { createHash } from 'node:crypto';
import { RunFold, type RunMetrics } from '@faultline/metrics';
import { canonicalLine, type TraceRecord } from '@faultline/trace';
import type { Backlog } from './backlog.ts';
import type { Chapter } from './chapter.ts';
import type { PrefixCheck } from './prefix-check.ts';

/** Records that are written between two looks at the clock. */
const STRIDE = 50;

/** Records that belong to no chapter of this run are written in batches of this many. */
const BATCH_RECORDS = 1_000;

interface Batch {
  readonly fromSeq: number;
  /** What is packed with the lines; null when the chapter of another run holds them already. */
  readonly chapter: Chapter | null;
  readonly records: TraceRecord[];
  readonly lines: string[];
}

/**
 * All that is to be done with a record beside showing it, and that can wait while somebody waits to see an instant: its
 * canonical line, its part in the digest and in the measures, the comparison with the run before, and packing it.
 */
export class Ledger {
  readonly #backlog: Backlog;
  readonly #fold = new RunFold();
  /** The digest of a trace, as `TraceDigest` of @faultline/trace defines it, by the hash of the host: several times faster. */
  readonly #digest = createHash('sha256');
  readonly #batches: Batch[] = [];
  #past: PrefixCheck | null;
  #taken = 0;
  #written = 0;
  #atUs = 0;

  constructor(backlog: Backlog, past: PrefixCheck | null) {
    this.#backlog = backlog;
    this.#past = past;
  }

  /** Time of the newest record that is written. */
  get atUs(): number {
    return this.#atUs;
  }

  /** @param chapter The chapter that keeps it in this run, if one does. */
  take(record: TraceRecord, chapter: Chapter | null): void {
    let batch = this.#batches.at(-1);
    const fits = batch?.chapter === chapter && (chapter !== null || batch.records.length < BATCH_RECORDS);
    if (batch === undefined || !fits) {
      batch = { fromSeq: this.#taken, chapter, records: [], lines: [] };
      this.#batches.push(batch);
    }
    batch.records.push(record);
    this.#taken++;
    this.#backlog.records++;
  }

  /** Whether there is a batch that can be written: a whole one, or when no more records come, any. */
  hasWork(isLast: boolean): boolean {
    return this.#batches.length > (isLast ? 0 : 1);
  }

  /** Writes some records of the first batch. */
  catchUp(): void {
    const batch = this.#batches[0];
    if (batch === undefined) return;
    const { records, lines } = batch;
    for (let count = 0; count < STRIDE && lines.length < records.length; count++) {
      const record = records[lines.length] as TraceRecord;
      lines.push(canonicalLine(record));
      this.#fold.add(record);
      this.#atUs = record.atUs;
      this.#written++;
    }
    if (lines.length === records.length) this.#close(batch);
  }

  /** What has been measured as far as it is written; null before that is anything. */
  measured(): RunMetrics | null {
    return this.#written === 0 ? null : this.#fold.result();
  }

  /** 64 hexadecimal digits; nothing can be written after. */
  digest(): string {
    this.#past = null;
    return this.#digest.digest('hex');
  }

  /** Nobody wants it any more. */
  drop(): void {
    for (const { records } of this.#batches.splice(0)) this.#backlog.records -= records.length;
    this.#past = null;
  }

  #close(batch: Batch): void {
    const { fromSeq, chapter, records, lines } = batch;
    this.#past?.compare(fromSeq, lines);
    const text = Buffer.from(`${lines.join('\n')}\n`);
    this.#digest.update(text);
    chapter?.pack(text);
    this.#batches.shift();
    this.#backlog.records -= records.length;
  }
}

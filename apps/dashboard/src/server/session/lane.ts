import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import type { Recording } from '../recording/recording.ts';
import { TraceReader } from '../recording/trace-reader.ts';
import type { Outlet } from './outlet.ts';

/** More records than this at once are sent as one snapshot: folding them one by one would keep the page from drawing. */
const FRAME_RECORDS = 2_500;

/** A page that has not taken this much yet is sent nothing more. */
const BACKLOG_BYTES = 512 * 1024;

/** Snapshots in place of records are this far apart. */
const SNAPSHOT_EVERY_MS = 100;

/** Reports of progress are this far apart. */
const PROGRESS_EVERY_MS = 100;

/** Measures so far are larger, and told less often. */
const MEASURES_EVERY_MS = 700;

type SnapshotReason = ServerMessageOf<'snapshot'>['reason'];

/** What a page has seen of a run when its connection broke. */
export interface Seen {
  readonly run: number;
  readonly seqs: readonly number[];
}

/** One run of a session on its way to the page: what of it has been sent. */
export class Lane {
  readonly recording: Recording;
  /** The scenario's name in the catalogue. */
  readonly name: string | null;
  readonly #reader: TraceReader;
  readonly #index: number;
  readonly #run: number;
  readonly #whenDone: ((recording: Recording) => void)[] = [];
  #sentSeq: number;
  #sentAtUs = -1;
  #owed: SnapshotReason | null;
  #snapshotAtMs = Number.NEGATIVE_INFINITY;
  #progressAtMs = Number.NEGATIVE_INFINITY;
  #measuresAtMs = Number.NEGATIVE_INFINITY;
  #measuredToUs = -1;
  #isReported = false;

  /** @param before The lane that this one goes on for, with the same records up to now. */
  constructor(recording: Recording, name: string | null, index: number, run: number, before: Lane | null = null) {
    this.recording = recording;
    this.#reader = new TraceReader(recording.store);
    this.name = name;
    this.#index = index;
    this.#run = run;
    this.#sentSeq = before === null ? 0 : before.#sentSeq;
    this.#owed = before === null ? null : before.#owed;
  }

  /** Time can pass up to here. */
  get limitUs(): number {
    return this.recording.reachedUs;
  }

  /** The page is to be shown this instant whole, whatever it has seen. */
  oweSnapshot(reason: SnapshotReason): void {
    this.#owed = reason;
  }

  /** Goes on from the record that a page wants next; with a snapshot if it asks for what it cannot have. */
  resumeFrom(seq: number): void {
    if (seq <= this.#sentSeq) this.#sentSeq = seq;
    else this.#owed = 'resume';
  }

  /** Everything that is told once is told again: there is a new page. */
  forgetReports(): void {
    this.#isReported = false;
    this.#sentAtUs = -1;
    this.#measuredToUs = -1;
    this.#progressAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Calls back as soon as the run is simulated to its end, at once if it is. */
  whenDone(callback: (recording: Recording) => void): void {
    if (this.recording.done) callback(this.recording);
    else this.#whenDone.push(callback);
  }

  /** Sends what the page is to know at `atUs`, as far as it can take it. */
  flush(outlet: Outlet, atUs: number, nowMs: number): void {
    if (outlet.bufferedBytes > BACKLOG_BYTES) return;
    this.#report(outlet, nowMs);
    const toSeq = this.recording.store.seqAfter(atUs);
    if (toSeq - this.#sentSeq > FRAME_RECORDS) this.#owed ??= 'skipped';
    if (this.#owed !== null) this.#sendSnapshot(outlet, atUs, nowMs, this.#owed);
    else if (atUs !== this.#sentAtUs || toSeq > this.#sentSeq) this.#sendRecords(outlet, toSeq, atUs);
  }

  #sendRecords(outlet: Outlet, toSeq: number, atUs: number): void {
    const lines = this.#reader.lines(this.#sentSeq, toSeq);
    const head = { type: 'records', run: this.#run, lane: this.#index, seq: this.#sentSeq, atUs };
    outlet.sendText(`${JSON.stringify(head).slice(0, -1)},"records":[${lines.join(',')}]}`);
    this.#sentSeq = toSeq;
    this.#sentAtUs = atUs;
  }

  #sendSnapshot(outlet: Outlet, atUs: number, nowMs: number, reason: SnapshotReason): void {
    if (reason === 'skipped' && nowMs - this.#snapshotAtMs < SNAPSHOT_EVERY_MS) return;
    const { seq, view } = this.#reader.viewAt(atUs);
    outlet.send({ type: 'snapshot', run: this.#run, lane: this.#index, seq, atUs, reason, view });
    this.#owed = null;
    this.#sentSeq = seq;
    this.#sentAtUs = atUs;
    this.#snapshotAtMs = nowMs;
  }

  /** What is known before the end; a fold that has seen all of an outage tells it as it will stay. */
  #reportMeasures(outlet: Outlet, nowMs: number): void {
    if (nowMs - this.#measuresAtMs < MEASURES_EVERY_MS) return;
    this.#measuresAtMs = nowMs;
    const { measuredToUs: toUs } = this.recording;
    const metrics = this.recording.measuredSoFar();
    if (metrics === null || toUs === this.#measuredToUs) return;
    this.#measuredToUs = toUs;
    outlet.send({ type: 'measuring', run: this.#run, lane: this.#index, toUs, metrics });
  }

  /** How far the simulation is, and in the end what it measured. */
  #report(outlet: Outlet, nowMs: number): void {
    const { recording } = this;
    if (this.#isReported || (!recording.done && nowMs - this.#progressAtMs < PROGRESS_EVERY_MS)) return;
    this.#progressAtMs = nowMs;
    const about = { run: this.#run, lane: this.#index };
    const { reachedUs: toUs, done, stopped, result } = recording;
    outlet.send({ type: 'simulated', ...about, toUs, records: recording.store.records, done });
    if (!done) {
      this.#reportMeasures(outlet, nowMs);
      return;
    }
    this.#isReported = true;
    if (stopped !== null) outlet.send({ type: 'problem', where: 'scenario', text: stopped });
    if (result !== null) outlet.send({ type: 'measured', ...about, ...result });
    for (const callback of this.#whenDone.splice(0)) callback(recording);
  }
}

import { simulate } from '@faultline/engine';
import type { RunMetrics } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import type { RecordingBounds } from '../scenario-cost.ts';
import { Backlog } from './backlog.ts';
import { Ledger } from './ledger.ts';
import type { PrefixCheck } from './prefix-check.ts';
import { type RecordingResult, resultOf } from './recording-result.ts';
import { TraceStore } from './trace-store.ts';
import { TurningPoints } from './turning-points.ts';

/** What a recording shares with others. */
interface Shared {
  /** What has to be as it was in another run. */
  readonly past?: PrefixCheck | null;
  readonly backlog?: Backlog;
}

/** Records between two looks at the clock. */
const STRIDE = 50;

/** Adding up the memory of a run takes a look at every chapter. */
const BYTES_CHECKED_EVERY = 1_000;

/**
 * One run of a scenario, simulated ahead in slices of time, kept whole and measured as it goes.
 *
 * All records are kept, compressed, instead of being simulated again for every seek: they need less memory than a
 * window of plain ones, and any instant is near. Bounds keep a scenario that yields more than was estimated in check.
 *
 * Simulating takes a third of the time; the rest is writing records down, in `Ledger`. In a hurry, while somebody waits
 * to see an instant, it is simulated first and written down later.
 */
export class Recording {
  readonly scenario: Scenario;
  readonly header: HeaderRecord;
  readonly store: TraceStore;
  readonly turningPoints = new TurningPoints();
  readonly #bounds: RecordingBounds;
  readonly #backlog: Backlog;
  readonly #ledger: Ledger;
  /** Null once it yields no more. */
  #records: Iterator<TraceRecord, void, void> | null;
  #past: PrefixCheck | null;
  #seq = 0;
  #reachedUs = 0;
  #result: RecordingResult | null = null;
  #stopped: string | null = null;
  #done = false;

  constructor(scenario: Scenario, bounds: RecordingBounds, { past = null, backlog = new Backlog() }: Shared = {}) {
    this.scenario = scenario;
    this.#bounds = bounds;
    this.#past = past;
    this.#backlog = backlog;
    this.#ledger = new Ledger(backlog, past);
    this.store = new TraceStore(scenario.horizonUs);
    this.#records = simulate(scenario, kinds)[Symbol.iterator]();
    const first = this.#records.next();
    if (first.done || first.value.type !== 'header') throw new Error('a run without a header');
    this.header = first.value;
    this.#take(this.header);
  }

  /** All records up to here are known. */
  get reachedUs(): number {
    const isWhole = this.#records === null && this.#stopped === null;
    return isWhole ? this.scenario.horizonUs : Math.max(0, this.#reachedUs - 1);
  }

  /** Everything up to here is measured. */
  get measuredToUs(): number {
    return this.#result === null ? Math.max(0, this.#ledger.atUs - 1) : this.scenario.horizonUs;
  }

  /** Nothing more will come, and all of it is written down. */
  get done(): boolean {
    return this.#done;
  }

  /** Why it ended early: in words for the page. */
  get stopped(): string | null {
    return this.#stopped;
  }

  /** What has been measured up to `measuredToUs`; null before that is anything. */
  measuredSoFar(): RunMetrics | null {
    return this.#ledger.measured();
  }

  /** Null until all of it is simulated and measured. */
  get result(): RecordingResult | null {
    return this.#result;
  }

  /**
   * Goes on until `isOver`, or the end. Returns how many records that made.
   *
   * @param inHurry Somebody waits to see an instant that is not simulated yet.
   */
  advance(isOver: () => boolean, inHurry = false): number {
    const before = this.#seq;
    while (!this.#done) {
      try {
        this.#goOn(inHurry);
      } catch (error) {
        this.#breakOff(error instanceof Error ? error.message : String(error));
      }
      if (isOver()) break;
    }
    return this.#seq - before;
  }

  /** Writes down what was simulated in a hurry, and simulates nothing. Returns false when there is nothing to write. */
  writeDown(isOver: () => boolean): boolean {
    if (!this.#ledger.hasWork(this.#records === null)) return false;
    while (this.#ledger.hasWork(this.#records === null)) {
      this.#ledger.catchUp();
      if (isOver()) break;
    }
    return true;
  }

  /** Nobody wants it any more, though it is not done. */
  drop(): void {
    this.#release();
    this.#ledger.drop();
  }

  #goOn(inHurry: boolean): void {
    const isWhole = this.#records === null;
    const mayHurry = inHurry && !isWhole && !this.#backlog.isFull;
    if (!mayHurry && this.#ledger.hasWork(isWhole)) this.#ledger.catchUp();
    else if (isWhole) this.#finish();
    else this.#stride(this.#records as Iterator<TraceRecord, void, void>);
  }

  #stride(records: Iterator<TraceRecord, void, void>): void {
    for (let count = 0; count < STRIDE && this.#records !== null; count++) {
      const next = records.next();
      if (next.done) this.#release();
      else this.#take(next.value);
    }
  }

  #take(record: TraceRecord): void {
    this.#ledger.take(record, this.#keep(record));
    this.#seq++;
    this.#reachedUs = record.atUs;
    this.turningPoints.see(record);
    this.#keepWithinBounds();
  }

  /** Keeps a record, unless it is among those that were taken over from the run before. */
  #keep(record: TraceRecord): ReturnType<TraceStore['add']> | null {
    const past = this.#past;
    if (past !== null && this.#seq === past.store.sharedFromSeq) this.store.share(past.store, past.untilSeq);
    return this.#seq >= this.store.records ? this.store.add(record) : null;
  }

  #keepWithinBounds(): void {
    const { records, bytes } = this.#bounds;
    const isWithin = this.#seq % BYTES_CHECKED_EVERY !== 0 || this.store.bytes < bytes;
    if (this.store.records < records && isWithin) return;
    this.#stop(
      `The run made more than can be kept (${this.store.records} records): it is shown up to ${this.#reachedUs / 1e6} s. Shorten the horizon or lower the rates.`,
    );
  }

  /** One scenario that the simulator cannot take must not end the sessions of others. */
  #breakOff(message: string): void {
    const wasWhole = this.#records === null;
    this.#stop(`The simulation broke off, which is our fault: ${message}`);
    if (!wasWhole) return;
    this.#ledger.drop();
    this.#done = true;
  }

  #stop(reason: string): void {
    this.#stopped = reason;
    this.#release();
  }

  #finish(): void {
    this.#done = true;
    if (this.#stopped !== null) return;
    const metrics = this.#ledger.measured();
    if (metrics !== null) this.#result = resultOf(this.header, metrics, this.#ledger.digest());
  }

  #release(): void {
    const records = this.#records;
    this.#records = null;
    this.#past = null;
    records?.return?.();
  }
}

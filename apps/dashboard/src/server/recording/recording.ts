import { simulate } from '@faultline/engine';
import { judgeHeader, overallVerdict, RunFold, type RunMetrics, type Verdict } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { canonicalLine, type HeaderRecord, type TraceRecord } from '@faultline/trace';
import { LineDigest } from './line-digest.ts';
import type { PrefixCheck } from './prefix-check.ts';
import { TraceStore } from './trace-store.ts';

/** Bounds of one recording; beyond them it stops where it is. */
export interface RecordingBounds {
  readonly records: number;
  readonly bytes: number;
}

export interface RecordingResult {
  readonly digest: string;
  readonly metrics: RunMetrics;
  readonly verdicts: readonly Verdict[];
  readonly held: boolean | null;
}

/** Records between two looks at the clock. */
const STRIDE = 50;

/** What happens all the time, and tells nothing that a person would step to. */
const ORDINARY: ReadonlySet<TraceRecord['type']> = new Set([
  'header',
  'op',
  'sample',
  'resolve',
  'connect',
  'disconnect',
  'conflict',
]);

/**
 * One run of a scenario, simulated ahead in slices of time, kept whole and measured as it goes.
 *
 * All records are kept, compressed, instead of being simulated again for every seek: they need less memory than a
 * window of plain ones, and any instant is near. Bounds keep a scenario that yields more than was estimated in check.
 */
export class Recording {
  readonly scenario: Scenario;
  readonly header: HeaderRecord;
  readonly store: TraceStore;
  readonly #records: Iterator<TraceRecord, void, void>;
  readonly #bounds: RecordingBounds;
  readonly #fold = new RunFold();
  readonly #digest = new LineDigest();
  readonly #turningPointsUs: number[] = [];
  #past: PrefixCheck | null;
  #seq = 0;
  #reachedUs = 0;
  #result: RecordingResult | null = null;
  #stopped: string | null = null;

  /** @param past What has to be as it was in another run. */
  constructor(scenario: Scenario, bounds: RecordingBounds, past: PrefixCheck | null = null) {
    this.scenario = scenario;
    this.#bounds = bounds;
    this.#past = past;
    this.store = new TraceStore(scenario.horizonUs);
    this.#records = simulate(scenario, kinds)[Symbol.iterator]();
    const first = this.#records.next();
    if (first.done || first.value.type !== 'header') throw new Error('a run without a header');
    this.header = first.value;
    this.#take(this.header);
  }

  /** All records up to here are known. */
  get reachedUs(): number {
    return this.#result === null ? Math.max(0, this.#reachedUs - 1) : this.scenario.horizonUs;
  }

  get done(): boolean {
    return this.#result !== null || this.#stopped !== null;
  }

  /** Why it ended early: in words for the page. */
  get stopped(): string | null {
    return this.#stopped;
  }

  /** What has been measured as far as it is simulated. */
  measuredSoFar(): RunMetrics {
    return this.#fold.result();
  }

  /** Null until it is simulated to its end. */
  get result(): RecordingResult | null {
    return this.#result;
  }

  /** Simulates on until `isOver`, or the end. Returns how many records that made. */
  advance(isOver: () => boolean): number {
    const before = this.#seq;
    while (!this.done) {
      this.#stride();
      if (isOver()) break;
    }
    return this.#seq - before;
  }

  /** The next instant after `atUs` at which something out of the ordinary happens; null if none is known yet. */
  turningPointAfter(atUs: number): number | null {
    return this.#turningPointsUs.find((candidate) => candidate > atUs) ?? null;
  }

  #stride(): void {
    try {
      for (let count = 0; count < STRIDE && !this.done; count++) {
        const next = this.#records.next();
        if (next.done) this.#finish();
        else this.#take(next.value);
      }
    } catch (error) {
      // One scenario that the simulator cannot take must not end the sessions of others.
      this.#stop(`The simulation broke off, which is our fault: ${error instanceof Error ? error.message : error}`);
    }
  }

  #take(record: TraceRecord): void {
    const line = canonicalLine(record);
    this.#past?.see(this.#seq, line);
    this.#digest.addLine(line);
    this.#fold.add(record);
    this.#store(record, line);
    this.#seq++;
    this.#reachedUs = record.atUs;
    const isOrdinary = ORDINARY.has(record.type) || (record.type === 'fact' && record.outcome === 'ignored');
    if (!isOrdinary && this.#turningPointsUs.at(-1) !== record.atUs) this.#turningPointsUs.push(record.atUs);
    this.#keepWithinBounds();
  }

  /** Keeps a record, unless it is among those that were taken over from the run before. */
  #store(record: TraceRecord, line: string): void {
    const past = this.#past;
    if (past !== null && this.#seq === past.store.sharedFromSeq) this.store.share(past.store, past.untilSeq);
    if (this.#seq >= this.store.records) this.store.add(record, line);
  }

  #keepWithinBounds(): void {
    const { records, bytes } = this.#bounds;
    if (this.store.records < records && this.store.bytes < bytes) return;
    this.#stop(
      `The run made more than can be kept (${this.store.records} records): it is shown up to ${this.#reachedUs / 1e6} s. Shorten the horizon or lower the rates.`,
    );
  }

  #stop(reason: string): void {
    this.#stopped = reason;
    this.#release();
  }

  #finish(): void {
    const metrics = this.#fold.result();
    const verdicts = judgeHeader(metrics, this.header);
    this.#result = { digest: this.#digest.hex(), metrics, verdicts, held: heldAll(verdicts) };
    this.#release();
  }

  #release(): void {
    this.store.complete();
    this.#past = null;
    this.#records.return?.();
  }
}

function heldAll(verdicts: readonly Verdict[]): boolean | null {
  const overall = overallVerdict(verdicts);
  return typeof overall === 'boolean' ? overall : null;
}

import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import { AvailabilityFold, type AvailabilityResult } from './availability.ts';
import { DataLossFold, type DataLossResult } from './data-loss/data-loss.ts';
import { EventLogFold, type EventLogResult } from './event-log.ts';
import { FinalStateFold, type FinalStateResult } from './final-state.ts';
import { LagFold, type LagResults } from './lag.ts';
import { LatencyFold, type LatencyResult } from './latency.ts';
import { type OperatorStepResult, OperatorStepsFold } from './operator-steps.ts';
import { RecoveryFold } from './recovery/recovery.ts';
import type { RecoveryOptions } from './recovery/recovery-options.ts';
import type { RecoveryResult } from './recovery/recovery-result.ts';
import { type Sign, SignsFold } from './signs.ts';
import { SplitBrainFold, type SplitBrainResult } from './split-brain.ts';
import { StalenessFold, type StalenessResult } from './staleness.ts';
import { ServiceLog } from './waterfall/service-log.ts';
import { type Waterfall, waterfallOf } from './waterfall/waterfall.ts';

/** Everything that is measured of one run, as plain JSON. */
export interface RunMetrics {
  readonly scenario: string;
  readonly seed: string;
  /** Instant of the last record. */
  readonly endedAtUs: number;
  readonly records: number;
  /** Times that a record was earlier than the one before it: always 0, or the run is broken. */
  readonly timeWentBack: number;
  /** How long operations had to succeed before service counted as back. */
  readonly stableForUs: number;
  /** One entry for each cohort and action that had operations; so are the lists below, where it applies. */
  readonly recovery: readonly RecoveryResult[];
  /** Only of those that were affected. */
  readonly waterfalls: readonly Waterfall[];
  readonly availability: readonly AvailabilityResult[];
  readonly latency: readonly LatencyResult[];
  readonly staleness: readonly StalenessResult[];
  readonly dataLoss: readonly DataLossResult[];
  readonly splitBrain: readonly SplitBrainResult[];
  readonly lag: LagResults;
  readonly finally: readonly FinalStateResult[];
  readonly operatorSteps: readonly OperatorStepResult[];
  readonly eventLog: EventLogResult;
  /** Ids of all service events, in order. */
  readonly serviceEvents: readonly string[];
  /** First instant of each sign that was seen. */
  readonly signs: Readonly<Partial<Record<Sign, number>>>;
}

/** All measures of a run in one pass over its trace, for a caller that shows the records to others as well. */
export class RunFold {
  readonly #recovery: RecoveryFold;
  readonly #service = new ServiceLog();
  readonly #availability = new AvailabilityFold();
  readonly #latency = new LatencyFold();
  readonly #staleness = new StalenessFold();
  readonly #dataLoss = new DataLossFold();
  readonly #splitBrain = new SplitBrainFold();
  readonly #lag = new LagFold();
  readonly #finally = new FinalStateFold();
  readonly #operatorSteps = new OperatorStepsFold();
  readonly #eventLog = new EventLogFold();
  readonly #signs = new SignsFold();
  readonly #serviceEvents: string[] = [];
  readonly #folds: readonly { add(record: TraceRecord): void }[];
  #header: HeaderRecord | null = null;
  #records = 0;
  #nowUs = 0;
  #timeWentBack = 0;

  constructor(options: Partial<RecoveryOptions> = {}) {
    this.#recovery = new RecoveryFold(options);
    this.#folds = [
      this.#recovery,
      this.#service,
      this.#availability,
      this.#latency,
      this.#staleness,
      this.#dataLoss,
      this.#splitBrain,
      this.#lag,
      this.#finally,
      this.#operatorSteps,
      this.#eventLog,
      this.#signs,
    ];
  }

  add(record: TraceRecord): void {
    if (record.type === 'header') this.#header = record;
    else if (record.type === 'event') this.#serviceEvents.push(record.id);
    if (record.atUs < this.#nowUs) this.#timeWentBack++;
    this.#nowUs = record.atUs;
    this.#records++;
    for (const fold of this.#folds) fold.add(record);
  }

  /** Throws an Error when the trace had no header. */
  result(): RunMetrics {
    if (this.#header === null) throw new Error('a trace begins with its header: none was seen');
    const { faults, cohorts } = this.#recovery;
    const waterfalls = cohorts.map((cohort) => waterfallOf(cohort, faults, this.#service, this.#nowUs));
    return {
      scenario: this.#header.scenario,
      seed: this.#header.seed,
      endedAtUs: this.#nowUs,
      records: this.#records,
      timeWentBack: this.#timeWentBack,
      stableForUs: this.#recovery.stableForUs,
      recovery: this.#recovery.result(),
      waterfalls: waterfalls.filter((waterfall) => waterfall !== null),
      availability: this.#availability.result(),
      latency: this.#latency.result(),
      staleness: this.#staleness.result(),
      dataLoss: this.#dataLoss.result(),
      splitBrain: this.#splitBrain.result(),
      lag: this.#lag.result(),
      finally: this.#finally.result(),
      operatorSteps: this.#operatorSteps.result(),
      eventLog: this.#eventLog.result(),
      serviceEvents: [...this.#serviceEvents],
      signs: this.#signs.result(),
    };
  }
}

/** All measures of a whole trace. */
export function measure(trace: Iterable<TraceRecord>, options: Partial<RecoveryOptions> = {}): RunMetrics {
  const fold = new RunFold(options);
  for (const record of trace) fold.add(record);
  return fold.result();
}

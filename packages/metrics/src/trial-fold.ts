import type { OperationsListener, TraceRecord } from '@faultline/trace';
import { DataLossFold, type DataLossResult } from './data-loss/data-loss.ts';
import type { Fold } from './fold.ts';
import { type OperatorStepResult, OperatorStepsFold } from './operator-steps.ts';
import { RecoveryFold } from './recovery/recovery.ts';
import type { RecoveryOptions } from './recovery/recovery-options.ts';
import type { RecoveryResult } from './recovery/recovery-result.ts';
import { TableMemory } from './table-memory.ts';
import { ServiceLog } from './waterfall/service-log.ts';
import { type Waterfall, waterfallOf } from './waterfall/waterfall.ts';

/** What a comparison keeps of one trial. */
export interface TrialResult {
  readonly endedAtUs: number;
  readonly recovery: readonly RecoveryResult[];
  readonly waterfalls: readonly Waterfall[];
  readonly dataLoss: readonly DataLossResult[];
  readonly operatorSteps: readonly OperatorStepResult[];
}

/** The measures of a comparison only, for thousands of trials: an operation costs no allocation. */
export class TrialFold implements Fold<TrialResult> {
  readonly #recovery: RecoveryFold;
  readonly #service = new ServiceLog();
  readonly #dataLoss: DataLossFold;
  readonly #operatorSteps = new OperatorStepsFold();

  /**
   * @param options `awaitHealing`: not settled before every planned fault has healed as well.
   * @param memory That of the trial before, whose fold is done with: this one takes it over.
   */
  constructor(
    options: Partial<RecoveryOptions> & { readonly awaitHealing?: boolean } = {},
    memory: TableMemory = new TableMemory(),
  ) {
    memory.reclaim();
    this.#recovery = new RecoveryFold(options, memory);
    this.#dataLoss = new DataLossFold(memory);
  }

  add(record: TraceRecord): void {
    switch (record.type) {
      case 'op':
        this.#recovery.op(record);
        this.#dataLoss.op(record);
        break;
      // Nearly all others are these, and nobody else has a use for them.
      case 'connect':
        this.#recovery.connect(record);
        break;
      case 'resolve':
        this.#recovery.resolve(record);
        break;
      case 'disconnect':
        this.#recovery.disconnect(record);
        break;
      // Of what the service does, nearly all is these.
      case 'node':
      case 'state':
      case 'dns':
        this.#recovery.passed(record.atUs);
        this.#service.add(record);
        break;
      case 'fact':
      case 'command':
      case 'event':
      case 'replication':
        this.#recovery.passed(record.atUs);
        break;
      default:
        this.#recovery.add(record);
        this.#service.add(record);
        this.#dataLoss.add(record);
        this.#operatorSteps.add(record);
    }
  }

  /** Counts operations of a cohort without their records, with the same result. Only after the header. */
  listenerTo(cohort: string): OperationsListener {
    return this.#recovery.clientsOf(cohort);
  }

  /** True once every cohort's recovery is known, so that the rest of the trace need not be made. */
  get settled(): boolean {
    return this.#recovery.settled;
  }

  result(): TrialResult {
    const { faults, cohorts, nowUs } = this.#recovery;
    return {
      endedAtUs: nowUs,
      recovery: this.#recovery.result(),
      waterfalls: cohorts
        .map((cohort) => waterfallOf(cohort, faults, this.#service, nowUs))
        .filter((one) => one !== null),
      dataLoss: this.#dataLoss.result(),
      operatorSteps: this.#operatorSteps.result(),
    };
  }
}

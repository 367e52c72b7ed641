import type {
  ConnectRecord,
  DisconnectRecord,
  HeaderRecord,
  OpRecord,
  ResolveRecord,
  TraceRecord,
} from '@faultline/trace';
import { FaultLog } from '../fault-log.ts';
import type { Fold } from '../fold.ts';
import { lastPlannedFaultUs, lastPlannedHealUs, patienceUs } from '../resolved-scenario.ts';
import { TableMemory } from '../table-memory.ts';
import { CohortClients } from './cohort-clients.ts';
import type { CohortRecovery } from './cohort-recovery.ts';
import { HeardOperations } from './heard-operations.ts';
import { DEFAULT_RECOVERY_OPTIONS, type RecoveryOptions } from './recovery-options.ts';
import { type RecoveryResult, recoveryResult } from './recovery-result.ts';

/**
 * Recovery time as clients see it, for every cohort and action.
 *
 * An operation **went wrong** when it failed, is indeterminate, or succeeded only after `stallUs`: its client
 * waited for the service. It counts at the instant at which it was *invoked*, not when its client gave up, so
 * a time-out that expires long after service is back is no new interruption. One that was in flight when a
 * fault came counts at the fault.
 *
 * An **interruption** begins with an operation that went wrong and ends at the completion of the first
 * success that was invoked after the last one that went wrong, provided that none goes wrong again within
 * `stableForUs` of that; otherwise it goes on. **Recovery time** runs from the fault before the first
 * interruption to the end of the last.
 */
export class RecoveryFold implements Fold<readonly RecoveryResult[]> {
  readonly faults = new FaultLog();
  readonly #options: RecoveryOptions;
  readonly #awaitHealing: boolean;
  readonly #heard = new HeardOperations();
  readonly #memory: TableMemory;
  /** In the order of the header. */
  readonly #clients = new Map<string, CohortClients>();
  /** Those of the newest record: nearly always the next one is of the same cohort. */
  #newest: CohortClients | undefined;
  #lastPlannedUs = 0;
  /** It is known that before this instant nothing is settled. */
  #unsettledUntilUs = 0;

  /**
   * `awaitHealing`: not settled before every planned fault has healed as well. It takes tables of `memory`.
   */
  constructor(
    options: Partial<RecoveryOptions> & { readonly awaitHealing?: boolean } = {},
    memory: TableMemory = new TableMemory(),
  ) {
    this.#options = { ...DEFAULT_RECOVERY_OPTIONS, ...options };
    this.#awaitHealing = options.awaitHealing ?? false;
    this.#memory = memory;
  }

  add(record: TraceRecord): void {
    switch (record.type) {
      case 'op':
        this.op(record);
        break;
      case 'connect':
        this.connect(record);
        break;
      case 'resolve':
        this.resolve(record);
        break;
      case 'disconnect':
        this.disconnect(record);
        break;
      default:
        this.passed(record.atUs);
        if (record.type === 'header') this.#begin(record);
        else if (record.type === 'fault') this.faults.add(record);
    }
  }

  // For whoever knows the type already. Code that is shown records of one type only runs several times as fast.

  op(record: OpRecord): void {
    this.clientsOf(record.cohort).op(record);
  }

  connect(record: ConnectRecord): void {
    this.passed(record.atUs);
    this.#known(record.cohort)?.paths.connected(record);
  }

  resolve(record: ResolveRecord): void {
    this.passed(record.atUs);
    this.#known(record.cohort)?.paths.resolved(record);
  }

  disconnect(record: DisconnectRecord): void {
    this.passed(record.atUs);
    this.#known(record.cohort)?.paths.disconnected(record);
  }

  /** Something was recorded that says nothing of clients. */
  passed(atUs: number): void {
    this.#heard.nowUs = atUs;
  }

  /** The clients of a cohort that the header names; throws a RangeError for any other. */
  clientsOf(cohort: string): CohortClients {
    const clients = this.#known(cohort);
    if (clients === undefined)
      throw new RangeError(`operations are of cohort ${cohort}, which the header does not name`);
    return clients;
  }

  get stableForUs(): number {
    return this.#options.stableForUs;
  }

  /** Instant of the newest record seen. */
  get nowUs(): number {
    return this.#heard.nowUs;
  }

  /** Every cohort and action that had operations, in the order of the header, writes first. */
  get cohorts(): readonly CohortRecovery[] {
    const all: CohortRecovery[] = [];
    for (const { recoveries } of this.#clients.values()) all.push(...recoveries);
    return all;
  }

  /** True once nothing more can be learned of any cohort's recovery, so that a consumer may stop the run. */
  get settled(): boolean {
    // Asked after every record: nearly always it is this one comparison.
    const { nowUs } = this.#heard;
    if (nowUs < this.#unsettledUntilUs) return false;
    let known = false;
    for (const { recoveries } of this.#clients.values()) {
      for (const recovery of recoveries) {
        if (!recovery.settled(nowUs, this.#heard.untilUs, this.#lastPlannedUs)) {
          this.#unsettledUntilUs = recovery.unsettledUntilUs(nowUs, this.#lastPlannedUs);
          return false;
        }
        known = true;
      }
    }
    return known;
  }

  result(): readonly RecoveryResult[] {
    return this.cohorts.map((cohort) => recoveryResult(cohort, this.faults, this.nowUs, this.#options.stableForUs));
  }

  #begin(header: HeaderRecord): void {
    const { resolved } = header;
    this.#lastPlannedUs = lastPlannedFaultUs(resolved);
    if (this.#awaitHealing) this.#lastPlannedUs = Math.max(this.#lastPlannedUs, lastPlannedHealUs(resolved));
    this.#unsettledUntilUs = this.#lastPlannedUs;
    const setting = { faults: this.faults, heard: this.#heard, options: this.#options, memory: this.#memory };
    for (const cohort of header.cohorts) {
      const waitUs = this.#options.patienceUs ?? patienceUs(resolved, cohort.cohort);
      this.#clients.set(cohort.cohort, new CohortClients(cohort, waitUs, setting));
    }
  }

  #known(cohort: string): CohortClients | undefined {
    if (this.#newest?.cohort.cohort !== cohort) this.#newest = this.#clients.get(cohort);
    return this.#newest;
  }
}

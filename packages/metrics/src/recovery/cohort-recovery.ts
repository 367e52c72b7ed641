import type { HeaderCohort, OpRecord } from '@faultline/trace';
import type { FaultLog } from '../fault-log.ts';
import type { ClientPaths } from './client-paths.ts';
import { ClientProgress } from './client-progress.ts';
import { type Interruption, Interruptions } from './interruptions.ts';
import type { RecoveryOptions } from './recovery-options.ts';
import type { Successes } from './successes.ts';

/** Share of a cohort's clients that has to work for `clientsP99Us`. */
const MOST_CLIENTS = 0.99;

/** Error of an operation that was in flight when the run ended: nothing can be said of its outcome. */
export const RUN_ENDED = 'run-ended';
/** A database that is well refused a transaction because another one had changed the same row: nothing was interrupted. */
const REFUSED_BY_ISOLATION = 'serialization-failure';

/** Whose operations are followed, and what explains them. */
export interface FollowedOperations {
  readonly cohort: HeaderCohort;
  readonly action: 'write' | 'read';
  readonly faults: FaultLog;
  readonly paths: ClientPaths;
  /** Without any so far. */
  readonly successes: Successes;
  /** The longest that an operation may take by the time-outs of its driver. */
  readonly patienceUs: number;
  readonly options: RecoveryOptions;
}

/** Follows the operations of one cohort and action. See `recovery.ts` for what the results mean. */
export class CohortRecovery {
  readonly cohort: HeaderCohort;
  readonly action: 'write' | 'read';
  readonly overall = { ok: 0, failed: 0, indeterminate: 0 };
  /** Of these, the ones before the first fault. */
  readonly #beforeFault = { failed: 0, indeterminate: 0 };
  /** Operations that were still in flight when the run ended. */
  unfinished = 0;
  readonly #options: RecoveryOptions;
  readonly #faults: FaultLog;
  readonly #paths: ClientPaths;
  readonly #successes: Successes;
  readonly #progress: ClientProgress;
  readonly #interruptions: Interruptions;
  /** The longest that an operation took since the first fault, or may take by the time-outs of its driver. */
  #patienceUs: number;
  /** Where the newest success came from: the record itself is not ours to keep. */
  #servedDatabase: string;
  #servedNode: string | undefined;

  constructor({ cohort, action, faults, paths, successes, patienceUs, options }: FollowedOperations) {
    this.cohort = cohort;
    this.action = action;
    this.#faults = faults;
    this.#paths = paths;
    this.#successes = successes;
    this.#patienceUs = patienceUs;
    this.#options = options;
    this.#servedDatabase = cohort.database;
    this.#progress = new ClientProgress(cohort.clients);
    this.#interruptions = new Interruptions(options.stableForUs, successes);
  }

  get interruptions(): readonly Interruption[] {
    return this.#interruptions.list;
  }

  op(record: OpRecord): void {
    const { outcome } = record;
    if (outcome === 'ok') {
      this.overall.ok++;
      if (this.#faults.begun) this.#succeeded(record);
    } else if (outcome === 'fail') {
      const { client, invokedAtUs, atUs } = record;
      if (record.error === REFUSED_BY_ISOLATION) this.#failed(atUs - invokedAtUs);
      else this.failed(client, invokedAtUs, atUs);
    } else if (record.error === RUN_ENDED) {
      this.unfinished++;
      if (this.#faults.begun && this.#stalled(record)) this.#wentWrong(record.client, record.invokedAtUs, record.atUs);
    } else {
      const { client, invokedAtUs, atUs } = record;
      this.overall.indeterminate++;
      if (this.#isSinceFault(atUs - invokedAtUs)) this.#wentWrong(client, invokedAtUs, atUs);
    }
  }

  /** An operation failed. */
  failed(client: number, invokedAtUs: number, atUs: number): void {
    if (this.#failed(atUs - invokedAtUs)) this.#wentWrong(client, invokedAtUs, atUs);
  }

  #failed(tookUs: number): boolean {
    this.overall.failed++;
    return this.#isSinceFault(tookUs);
  }

  /** Asked when an operation that did not succeed was counted: whether a fault had come by then. */
  #isSinceFault(tookUs: number): boolean {
    if (this.#faults.begun) {
      this.#waited(tookUs);
      return true;
    }
    this.#beforeFault.failed = this.overall.failed;
    this.#beforeFault.indeterminate = this.overall.indeterminate;
    return false;
  }

  #succeeded(record: OpRecord): void {
    const { client, atUs } = record;
    let { invokedAtUs } = record;
    this.#waited(atUs - invokedAtUs);
    if (this.#stalled(record)) {
      // It was interrupted, and its own completion is the first success after that.
      this.#wentWrong(client, invokedAtUs, atUs);
      invokedAtUs++;
    }
    this.#servedDatabase = record.database;
    this.#servedNode = record.via ?? record.node;
    this.#successes.add(invokedAtUs, atUs);
    this.#progress.succeeded(client, invokedAtUs, atUs);
    const { open } = this.#interruptions;
    if (open !== null && invokedAtUs > open.lastUs) this.#interruptions.end(atUs, this.#pathOf(open));
  }

  /** A client waited longer than any before: others that are still silent may do so too. */
  #waited(tookUs: number): void {
    if (tookUs > this.#patienceUs) this.#patienceUs = tookUs;
  }

  #stalled({ atUs, invokedAtUs }: OpRecord): boolean {
    return atUs - invokedAtUs > this.#options.stallUs;
  }

  #wentWrong(client: number, invokedAtUs: number, atUs: number): void {
    // An operation that was in flight when a fault came and then went wrong did so from that fault on.
    const faultUs = this.#faults.firstWithin(invokedAtUs, atUs);
    const wrongUs = faultUs === null || this.#interruptions.covers(invokedAtUs) ? invokedAtUs : faultUs;
    this.#progress.wentWrong(client, wrongUs);
    const changed = this.#interruptions.add(wrongUs, client);
    if (changed !== null && changed.endUs !== Number.POSITIVE_INFINITY) changed.path = this.#pathOf(changed);
  }

  /** The way back of the client that was the last to be in trouble. */
  #pathOf(interruption: Interruption): ReturnType<ClientPaths['of']> {
    return this.#paths.of(interruption.lastClient, this.#servedDatabase, this.#servedNode);
  }

  /** The same for an interruption that has not ended: how far that client has come. */
  pathSoFar(interruption: Interruption): ReturnType<ClientPaths['of']> {
    return interruption.path ?? this.#pathOf(interruption);
  }

  /**
   * Whether the result is not expected to change any more: all planned faults have begun, operations have been stable for
   * long enough, every client has worked since, and everything that was invoked until then has been heard of. Clients that
   * are silent, or at rest, are waited for as long as any operation took, or may take by the time-outs of its driver.
   *
   * @param heardUntilUs Every operation that was invoked before this instant has ended.
   */
  settled(nowUs: number, heardUntilUs: number, lastPlannedFaultUs: number): boolean {
    const { lastUs } = this.#faults;
    if (lastUs === null) return false;
    const sinceUs = Math.max(lastUs, this.#interruptions.last?.endUs ?? 0, lastPlannedFaultUs);
    const stableUs = sinceUs + this.#options.stableForUs;
    if (this.#successes.newestUs < stableUs) return false;
    return nowUs >= stableUs + this.#patienceUs || (heardUntilUs > stableUs && this.#progress.allWorkSince(sinceUs));
  }

  /** Before this instant it is not settled, whatever comes. */
  unsettledUntilUs(nowUs: number, lastPlannedFaultUs: number): number {
    // What has yet to begin or to end does so now at the earliest.
    const endUs = Math.min(this.#interruptions.last?.endUs ?? 0, nowUs);
    return Math.max(this.#faults.lastUs ?? nowUs, endUs, lastPlannedFaultUs) + this.#options.stableForUs;
  }

  firstSuccessAfter(atUs: number): number {
    return this.#successes.firstInvokedAfter(atUs);
  }

  mostClientsWorkUs(faultUs: number): number {
    return this.#progress.shareWorkingUs(MOST_CLIENTS, faultUs);
  }

  /** Outcomes since the first fault that belong to the given spans of time; what went wrong always does. */
  outage(spans: readonly { readonly fromUs: number; readonly toUs: number }[]): {
    ok: number;
    failed: number;
    indeterminate: number;
  } {
    const ok = spans.reduce((sum, { fromUs, toUs }) => sum + this.#successes.countWithin(fromUs, toUs), 0);
    const { failed, indeterminate } = this.overall;
    return {
      ok,
      failed: failed - this.#beforeFault.failed,
      indeterminate: indeterminate - this.#beforeFault.indeterminate,
    };
  }
}

import type { HeaderCohort, OperationsListener, OpRecord } from '@faultline/trace';
import type { FaultLog } from '../fault-log.ts';
import type { TableMemory } from '../table-memory.ts';
import { ClientPaths } from './client-paths.ts';
import { CohortRecovery } from './cohort-recovery.ts';
import type { HeardOperations } from './heard-operations.ts';
import type { RecoveryOptions } from './recovery-options.ts';
import { Successes } from './successes.ts';

/** What a recovery is measured by. */
export interface RecoverySetting {
  readonly faults: FaultLog;
  readonly heard: HeardOperations;
  readonly options: RecoveryOptions;
  readonly memory: TableMemory;
}

/** The clients of one cohort: how they come to their nodes, and how their operations fare, for each action that they take. */
export class CohortClients implements OperationsListener {
  readonly cohort: HeaderCohort;
  readonly paths: ClientPaths;
  readonly #patienceUs: number;
  readonly #setting: RecoverySetting;
  readonly #heard: HeardOperations;
  /** Of the actions that it has taken, writes first. */
  readonly recoveries: CohortRecovery[] = [];
  #write: CohortRecovery | null = null;
  #read: CohortRecovery | null = null;

  constructor(cohort: HeaderCohort, patienceUs: number, setting: RecoverySetting) {
    this.cohort = cohort;
    this.paths = new ClientPaths(cohort.clients);
    this.#patienceUs = patienceUs;
    this.#setting = setting;
    this.#heard = setting.heard;
  }

  op(record: OpRecord): void {
    this.#heard.ended(record.op, record.invokedAtUs, record.atUs);
    this.#recoveryOf(record.action).op(record);
  }

  attemptTimedOut(client: number, atUs: number): void {
    this.#heard.nowUs = atUs;
    this.paths.broke(client, atUs);
  }

  connectTimedOut(client: number, op: number, action: OpRecord['action'], invokedAtUs: number, atUs: number): void {
    this.attemptTimedOut(client, atUs);
    this.#heard.ended(op, invokedAtUs, atUs);
    this.#recoveryOf(action).failed(client, invokedAtUs, atUs);
  }

  #recoveryOf(action: OpRecord['action']): CohortRecovery {
    if (action === 'write') {
      this.#write ??= this.#begin('write');
      return this.#write;
    }
    this.#read ??= this.#begin('read');
    return this.#read;
  }

  #begin(action: 'write' | 'read'): CohortRecovery {
    const { faults, options, memory } = this.#setting;
    const { cohort, paths } = this;
    const successes = new Successes(memory.take());
    const patienceUs = this.#patienceUs;
    const recovery = new CohortRecovery({ cohort, action, faults, paths, successes, patienceUs, options });
    if (action === 'write') this.recoveries.unshift(recovery);
    else this.recoveries.push(recovery);
    return recovery;
  }
}

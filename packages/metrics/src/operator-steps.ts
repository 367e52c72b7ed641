import type { TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';

/** A step that a person had to take. */
export interface OperatorStepResult {
  readonly database: string;
  readonly step: string;
  readonly who: string;
  readonly calledAtUs: number;
  /** Null when it was never done. */
  readonly doneAtUs: number | null;
  /** The trouble was over before they acted. */
  readonly dismissed: boolean;
}

export class OperatorStepsFold implements Fold<readonly OperatorStepResult[]> {
  readonly #steps: OperatorStepResult[] = [];

  add(record: TraceRecord): void {
    if (record.type !== 'operator') return;
    const { database, step, who, atUs } = record;
    if (record.edge === 'called') {
      this.#steps.push({ database, step, who, calledAtUs: atUs, doneAtUs: null, dismissed: false });
      return;
    }
    const open = this.#steps.findIndex(
      (known) => known.database === database && known.step === step && known.doneAtUs === null && !known.dismissed,
    );
    if (record.edge === 'dismissed') {
      if (open >= 0) this.#steps[open] = { ...(this.#steps[open] as OperatorStepResult), dismissed: true };
      return;
    }
    // A step that was done without a call is one that the scenario had planned.
    if (open < 0) this.#steps.push({ database, step, who, calledAtUs: atUs, doneAtUs: atUs, dismissed: false });
    else this.#steps[open] = { ...(this.#steps[open] as OperatorStepResult), doneAtUs: atUs };
  }

  result(): readonly OperatorStepResult[] {
    return [...this.#steps];
  }
}

import { QuantileSketch } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import type { TrialSummary } from '../trial-summary.ts';
import { PhaseBands } from './phase-bands.ts';

/** What is kept of all trials of one cell: memory grows with the spread of the values, not with their number. */
export class CellTally {
  readonly recovery = new QuantileSketch();
  readonly failed = new QuantileSketch();
  readonly indeterminate = new QuantileSketch();
  readonly lost = new QuantileSketch();
  readonly lossSpan = new QuantileSketch();
  readonly lostUpdates = new QuantileSketch();
  /** Recovery time less that of the reference cell in the same trial. */
  readonly difference = new QuantileSketch();
  readonly phases = new PhaseBands();
  trials = 0;
  /** Trials in which service did not come back before the run ended. */
  never = 0;
  /** Trials that lost an acknowledged write. */
  lossy = 0;
  readonly met = { rto: 0, rpo: 0, both: 0 };
  readonly #objectives: Study['objectives'];

  constructor(objectives: Study['objectives']) {
    this.#objectives = objectives;
  }

  /** `reference`: the same trial of the cell that all others are held against, where there is one. */
  add(summary: TrialSummary, reference: TrialSummary | undefined): void {
    const { recoveryUs, failed, indeterminate, lost, lossSpanUs, lostUpdates, phases } = summary;
    this.trials++;
    this.recovery.add(recoveryUs);
    this.failed.add(failed);
    this.indeterminate.add(indeterminate);
    this.lost.add(lost);
    this.lossSpan.add(lossSpanUs);
    this.lostUpdates.add(lostUpdates);
    this.phases.add(recoveryUs, phases);
    if (recoveryUs === Number.POSITIVE_INFINITY) this.never++;
    if (lost > 0) this.lossy++;
    this.#judge(summary);
    // Two that never recover are equal: their difference is no number.
    if (reference) this.difference.add(recoveryUs === reference.recoveryUs ? 0 : recoveryUs - reference.recoveryUs);
  }

  #judge({ recoveryUs, lost, lossSpanUs }: TrialSummary): void {
    const { rtoUs, rpoUs } = this.#objectives;
    const rto = rtoUs === null || recoveryUs <= rtoUs;
    // A recovery point of 0 allows no lost write at all, not even one that was acknowledged as the fault came.
    const rpo = rpoUs === null || (rpoUs === 0 ? lost === 0 : lossSpanUs <= rpoUs);
    if (rto) this.met.rto++;
    if (rpo) this.met.rpo++;
    if (rto && rpo) this.met.both++;
  }
}

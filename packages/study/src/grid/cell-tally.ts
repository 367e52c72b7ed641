import { QuantileSketch } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import type { BlockColumns } from '../block-columns.ts';
import { meets } from '../meets.ts';
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

  /** `reference`: the same trials of the cell that all others are held against, where there is one. */
  add(columns: BlockColumns, reference: BlockColumns | undefined): void {
    const { recoveryUs, lost } = columns;
    this.trials += recoveryUs.length;
    this.recovery.addAll(recoveryUs);
    this.failed.addAll(columns.failed);
    this.indeterminate.addAll(columns.indeterminate);
    this.lost.addAll(lost);
    this.lossSpan.addAll(columns.lossSpanUs);
    this.lostUpdates.addAll(columns.lostUpdates);
    this.phases.add(columns);
    for (let index = 0; index < recoveryUs.length; index++) {
      if (recoveryUs[index] === Number.POSITIVE_INFINITY) this.never++;
      if ((lost[index] as number) > 0) this.lossy++;
      const { rto, rpo } = meets(this.#objectives, columns, index);
      if (rto) this.met.rto++;
      if (rpo) this.met.rpo++;
      if (rto && rpo) this.met.both++;
    }
    if (reference) this.difference.addAll(differences(recoveryUs, reference.recoveryUs));
  }
}

/** Trial by trial. Two that never recover are equal: their difference is no number. */
function differences(recoveryUs: Float64Array, reference: Float64Array): Float64Array {
  return recoveryUs.map((us, index) => (us === reference[index] ? 0 : us - (reference[index] as number)));
}

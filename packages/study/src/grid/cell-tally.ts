import { QuantileSketch } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { type BlockColumns, trialsIn } from '../block-columns.ts';
import { meets } from '../meets.ts';
import { pairedDifferences } from '../paired-differences.ts';
import { OutcomeTally } from './outcome-tally.ts';
import { PhaseBands } from './phase-bands.ts';

/** What is kept of all trials of one cell. */
export class CellTally {
  readonly outcomes = new OutcomeTally();
  /** Recovery time less that of the reference cell in the same trial. */
  readonly difference = new QuantileSketch();
  readonly phases = new PhaseBands();
  readonly met = { rto: 0, rpo: 0, both: 0 };
  readonly #objectives: Study['objectives'];

  constructor(objectives: Study['objectives']) {
    this.#objectives = objectives;
  }

  /** Bytes of what is held of all trials: a grid has up to thousands of cells, so a bound is set to them. */
  get bytes(): number {
    return this.outcomes.bytes + this.difference.bytes + this.phases.bytes;
  }

  /** `reference`: the same trials of the cell that all others are held against, where there is one. */
  add(columns: BlockColumns, reference: BlockColumns | undefined): void {
    this.outcomes.add(columns);
    this.phases.add(columns);
    for (let index = 0; index < trialsIn(columns); index++) {
      const { rto, rpo } = meets(this.#objectives, columns, index);
      if (rto) this.met.rto++;
      if (rpo) this.met.rpo++;
      if (rto && rpo) this.met.both++;
    }
    if (reference) this.difference.addAll(pairedDifferences(columns, reference));
  }
}

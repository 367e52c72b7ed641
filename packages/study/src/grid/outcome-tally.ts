import { QuantileSketch } from '@faultline/metrics';
import type { BlockColumns } from '../block-columns.ts';

/**
 * What is kept of the outcomes of many trials of one scenario, whatever is asked of them: memory grows with the spread
 * of the values, not with their number.
 */
export class OutcomeTally {
  readonly recovery = new QuantileSketch();
  readonly failed = new QuantileSketch();
  readonly indeterminate = new QuantileSketch();
  readonly lost = new QuantileSketch();
  readonly lostUpdates = new QuantileSketch();
  trials = 0;
  /** Trials in which service did not come back before the run ended. */
  never = 0;
  /** Trials that lost an acknowledged write; the most and the farthest back that any of them lost. */
  lossy = 0;
  lostMax = 0;
  lossSpanMaxUs = 0;

  /** Bytes of what is held of all trials. */
  get bytes(): number {
    return [this.recovery, this.failed, this.indeterminate, this.lost, this.lostUpdates].reduce(
      (sum, { bytes }) => sum + bytes,
      0,
    );
  }

  add({ recoveryUs, failed, indeterminate, lost, lossSpanUs, lostUpdates }: BlockColumns): void {
    this.trials += recoveryUs.length;
    this.recovery.addAll(recoveryUs);
    this.failed.addAll(failed);
    this.indeterminate.addAll(indeterminate);
    this.lost.addAll(lost);
    this.lostUpdates.addAll(lostUpdates);
    for (let index = 0; index < recoveryUs.length; index++) {
      if (recoveryUs[index] === Number.POSITIVE_INFINITY) this.never++;
      if ((lost[index] as number) > 0) this.lossy++;
      this.lostMax = Math.max(this.lostMax, lost[index] as number);
      this.lossSpanMaxUs = Math.max(this.lossSpanMaxUs, lossSpanUs[index] as number);
    }
  }
}

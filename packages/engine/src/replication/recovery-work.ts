import { type Agenda, type RandomStream, SECOND_US } from '@faultline/clock';
import type { RecoveryLayout } from '@faultline/models';

/**
 * How much log a crash recovery has to redo: what was written since the last checkpoint.
 *
 * Checkpoints come at a fixed interval, at a phase that is drawn once. A run usually begins less than an
 * interval before its fault; what the workload would have written before the run began is taken at the rate
 * that it showed since.
 */
export class RecoveryWork {
  readonly #layout: RecoveryLayout;
  readonly #agenda: Agenda;
  readonly #random: RandomStream;
  /** Drawn when somebody needs it: most runs recover nothing. */
  #phaseUs: number | null = null;
  #writes = 0;
  #extraBytes = 0;

  constructor(layout: RecoveryLayout, agenda: Agenda, random: RandomStream) {
    this.#layout = layout;
    this.#agenda = agenda;
    this.#random = random;
  }

  wrote(): void {
    this.#writes++;
  }

  /** A long transaction's log, undone or redone by recovery; the returned function takes it away. */
  add(bytes: number): () => void {
    this.#extraBytes += bytes;
    return () => {
      this.#extraBytes -= bytes;
    };
  }

  /** Duration of the redo if the process started now, with the checkpoint that ends it, in microseconds. */
  redoUs(): number {
    const nowUs = this.#agenda.nowUs;
    const intervalUs = this.#layout.checkpointInterval.value * SECOND_US;
    this.#phaseUs ??= Math.floor(this.#random() * this.#layout.checkpointInterval.value * SECOND_US);
    const sinceUs = (nowUs + this.#phaseUs) % intervalUs;
    const bytesPerUs =
      (this.#writes * this.#layout.bytesPerWrite.value) / Math.max(nowUs, 1) +
      this.#layout.backgroundLog.value / SECOND_US;
    const bytes = bytesPerUs * sinceUs + this.#extraBytes;
    const { redoRate, endCheckpointRate } = this.#layout;
    const checkpointS = endCheckpointRate ? bytes / endCheckpointRate.value : 0;
    return Math.round((bytes / redoRate.value + checkpointS) * SECOND_US);
  }
}

import type { FaultRecord } from '@faultline/trace';
import { lastWithin } from './instants.ts';

/** When injected causes began and ended. Faults that had nothing to act on do not count. */
export class FaultLog {
  readonly #startsUs: number[] = [];
  readonly #healsUs: number[] = [];
  /** The newest start; minus infinity before the first. */
  #newestUs = Number.NEGATIVE_INFINITY;

  add(record: FaultRecord): void {
    if (!record.effective) return;
    if (record.edge === 'started') {
      this.#startsUs.push(record.atUs);
      this.#newestUs = record.atUs;
    } else this.#healsUs.push(record.atUs);
  }

  get begun(): boolean {
    return this.#newestUs !== Number.NEGATIVE_INFINITY;
  }

  get firstUs(): number | null {
    return this.#startsUs[0] ?? null;
  }

  get lastUs(): number | null {
    return this.#startsUs.at(-1) ?? null;
  }

  /** The newest start at or before an instant. */
  latestUpTo(atUs: number): number | null {
    return lastWithin(this.#startsUs, 0, atUs);
  }

  /** The start that is nearest to an instant, of those not later than another. */
  nearestTo(atUs: number, upToUs: number): number | null {
    let nearestUs: number | null = null;
    for (const startUs of this.#startsUs) {
      if (startUs > upToUs) continue;
      if (nearestUs === null || Math.abs(startUs - atUs) < Math.abs(nearestUs - atUs)) nearestUs = startUs;
    }
    return nearestUs;
  }

  /** The first start later than one instant and not later than another. */
  firstWithin(afterUs: number, upToUs: number): number | null {
    // Asked for every operation that goes wrong, and nearly always the newest fault came before it: no search.
    if (afterUs >= this.#newestUs) return null;
    for (const startUs of this.#startsUs) if (startUs > afterUs) return startUs <= upToUs ? startUs : null;
    return null;
  }

  /** The last healing within a span, both ends included. */
  lastHealedWithin(fromUs: number, upToUs: number): number | null {
    return lastWithin(this.#healsUs, fromUs, upToUs);
  }
}

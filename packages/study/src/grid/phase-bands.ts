import { type MeanPhase, SEGMENT_PHASES } from '@faultline/metrics';
import { type BlockColumns, eachPhase } from '../block-columns.ts';

/** Bands of recovery time are this much longer than the one before: fine enough to tell the tail from the body. */
const BAND_RATIO = 1.25;

interface Band {
  trials: number;
  /** Sums, in whole microseconds: exact for any order as long as they stay below 2^53. */
  readonly us: Map<string, number>;
}

/** Phases of the outages, summed in bands of recovery time: what the quick ones consist of, and what the slow ones. */
export class PhaseBands {
  readonly #bands = new Map<number, Band>();

  add(columns: BlockColumns): void {
    const bands = Array.from(columns.recoveryUs, (us) => this.#bandWith(us));
    eachPhase(columns, (index, phase, _, us) => {
      const sums = (bands[index] as Band).us;
      sums.set(phase, (sums.get(phase) ?? 0) + us);
    });
  }

  /** The mean of each phase over the trials whose recovery took about as long as from `fromUs` to `toUs`. */
  mean(fromUs: number, toUs: number): readonly MeanPhase[] {
    const low = bandOf(fromUs);
    const high = bandOf(toUs);
    const chosen = [...this.#bands].filter(([index]) => index >= low && index <= high).map(([, band]) => band);
    const trials = chosen.reduce((sum, band) => sum + band.trials, 0);
    return SEGMENT_PHASES.flatMap((phase) => {
      const us = chosen.reduce((sum, band) => sum + (band.us.get(phase) ?? 0), 0);
      return us > 0 ? [{ phase, meanUs: us / trials }] : [];
    });
  }

  /** The band of one more trial. */
  #bandWith(recoveryUs: number): Band {
    const index = bandOf(recoveryUs);
    let band = this.#bands.get(index);
    if (!band) {
      band = { trials: 0, us: new Map() };
      this.#bands.set(index, band);
    }
    band.trials++;
    return band;
  }
}

function bandOf(recoveryUs: number): number {
  if (recoveryUs === Number.POSITIVE_INFINITY) return Number.MAX_SAFE_INTEGER;
  return recoveryUs < 1 ? -1 : Math.floor(Math.log(recoveryUs) / Math.log(BAND_RATIO));
}

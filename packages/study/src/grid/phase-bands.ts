import { type MeanPhase, SEGMENT_PHASES } from '@faultline/metrics';
import { type BlockColumns, eachPhase } from '../block-columns.ts';

/** Bands of recovery time are this much longer than the one before: fine enough to tell the tail from the body. */
const BAND_RATIO = 1.25;

/** Sums of a band: its trials, then each phase in its order. */
const SUMS = 1 + SEGMENT_PHASES.length;

const LEAST_BANDS = 4;

/** Phases of the outages, summed in bands of recovery time: what the quick ones consist of, and what the slow ones. */
export class PhaseBands {
  /** Where the sums of each band begin. */
  readonly #bands = new Map<number, number>();
  /** Trials and whole microseconds: exact for any order as long as they stay below 2^53. */
  #sums = new Float64Array(0);

  /** Bytes of the sums, and of the room for more. */
  get bytes(): number {
    return this.#sums.byteLength;
  }

  add(columns: BlockColumns): void {
    const bands = Array.from(columns.recoveryUs, (us) => this.#bandWith(us));
    const sums = this.#sums;
    eachPhase(columns, (index, phase, _, us) => {
      const place = placeOf(phase);
      if (place < 1) return;
      const at = (bands[index] as number) + place;
      sums[at] = (sums[at] as number) + us;
    });
  }

  /** The mean of each phase over the trials whose recovery took about as long as from `fromUs` to `toUs`. */
  mean(fromUs: number, toUs: number): readonly MeanPhase[] {
    const low = bandOf(fromUs);
    const high = bandOf(toUs);
    const chosen = [...this.#bands].filter(([index]) => index >= low && index <= high);
    const total = (place: number): number =>
      chosen.reduce((sum, [, from]) => sum + (this.#sums[from + place] as number), 0);
    const trials = total(0);
    return SEGMENT_PHASES.flatMap((phase, index) => {
      const us = total(1 + index);
      return us > 0 ? [{ phase, meanUs: us / trials }] : [];
    });
  }

  /** Where the sums of the band of one more trial begin. */
  #bandWith(recoveryUs: number): number {
    const band = bandOf(recoveryUs);
    let from = this.#bands.get(band);
    if (from === undefined) {
      from = this.#bands.size * SUMS;
      this.#bands.set(band, from);
      this.#makeRoom(from + SUMS);
    }
    this.#sums[from] = (this.#sums[from] as number) + 1;
    return from;
  }

  #makeRoom(length: number): void {
    if (length <= this.#sums.length) return;
    const roomier = new Float64Array(Math.max(LEAST_BANDS * SUMS, length + (length >> 1)));
    roomier.set(this.#sums);
    this.#sums = roomier;
  }
}

/** Where the sum of a phase is in its band; less than 1 for what is no phase. */
const placeOf = (phase: string): number => 1 + (SEGMENT_PHASES as readonly string[]).indexOf(phase);

function bandOf(recoveryUs: number): number {
  if (recoveryUs === Number.POSITIVE_INFINITY) return Number.MAX_SAFE_INTEGER;
  return recoveryUs < 1 ? -1 : Math.floor(Math.log(recoveryUs) / Math.log(BAND_RATIO));
}

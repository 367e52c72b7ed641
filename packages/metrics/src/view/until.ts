import type { RecoveryResult } from '../recovery/recovery-result.ts';
import type { WaterfallSegment } from '../waterfall/segments.ts';
import type { Waterfall } from '../waterfall/waterfall.ts';

/** Where a cohort stands at an instant of a run that is measured already. */
export interface RecoveryAt {
  /** `pending`: no fault yet. `unaffected`: faults came and nothing went wrong. */
  readonly standing: 'pending' | 'unaffected' | 'interrupted' | 'recovered';
  /** From the fault to this instant, or to the end of the recovery when that is past. */
  readonly elapsedUs: number | null;
}

/** What of a recovery had been seen at an instant: the clock runs from the fault until service is back for good. */
export function recoveryAt(result: RecoveryResult, atUs: number): RecoveryAt {
  const { affected, faultAtUs, recoveryTimeUs } = result;
  if (faultAtUs === null || atUs < faultAtUs) return { standing: 'pending', elapsedUs: null };
  if (!affected) return { standing: 'unaffected', elapsedUs: null };
  if (recoveryTimeUs !== null && atUs >= faultAtUs + recoveryTimeUs)
    return { standing: 'recovered', elapsedUs: recoveryTimeUs };
  return { standing: 'interrupted', elapsedUs: atUs - faultAtUs };
}

/** A waterfall as far as an instant: later segments are not there yet, the present one ends now. Null before the fault. */
export function waterfallUntil(waterfall: Waterfall, atUs: number): Waterfall | null {
  if (atUs < waterfall.faultAtUs) return null;
  const over = atUs >= waterfall.toUs;
  const segments: readonly WaterfallSegment[] = waterfall.segments
    .filter(({ fromUs }) => fromUs <= atUs)
    .map((segment) => (segment.toUs <= atUs ? segment : { ...segment, toUs: atUs }));
  return {
    ...waterfall,
    segments,
    toUs: Math.min(waterfall.toUs, atUs),
    recovered: over && waterfall.recovered,
  };
}

/** The cohort that is worst off at an instant: one that waits before one that is back, and of those the longest. Null without operations. */
export function worstRecoveryAt(
  results: readonly RecoveryResult[],
  atUs: number,
): (RecoveryAt & { readonly result: RecoveryResult }) | null {
  let worst: (RecoveryAt & { readonly result: RecoveryResult }) | null = null;
  for (const result of results) {
    const at = { ...recoveryAt(result, atUs), result };
    if (worst === null || outranks(at, worst)) worst = at;
  }
  return worst;
}

const RANKS: readonly RecoveryAt['standing'][] = ['pending', 'unaffected', 'recovered', 'interrupted'];

function outranks(one: RecoveryAt, other: RecoveryAt): boolean {
  const [rank, otherRank] = [RANKS.indexOf(one.standing), RANKS.indexOf(other.standing)];
  return rank > otherRank || (rank === otherRank && (one.elapsedUs ?? 0) > (other.elapsedUs ?? 0));
}

import type { RecoveryResult } from '../recovery/recovery.ts';
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

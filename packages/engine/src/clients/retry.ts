import type { RandomStream } from '@faultline/clock';
import type { RetrySpec } from '@faultline/scenario';

/** Wait before the next attempt: doubling, capped, and with full jitter drawn evenly between nothing and that. */
export function backoffUs(retry: RetrySpec, attempts: number, random: RandomStream): number {
  const capped = Math.min(retry.backoffMaxUs, retry.backoffUs * 2 ** (attempts - 1));
  return Math.round(retry.jitter === 'full' ? capped * random() : capped);
}

/** Whether another attempt follows: what may have taken effect is only tried again by those who say so. */
export function triesAgain(retry: RetrySpec, attempts: number, uncertain: boolean): boolean {
  return attempts < retry.attempts && (!uncertain || retry.indeterminate);
}

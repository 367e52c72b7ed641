import type { RandomStream } from '@faultline/clock';
import type { RetrySpec } from '@faultline/scenario';

/** Wait before the next attempt: doubling, capped, and with full jitter drawn evenly between nothing and that. */
export function backoffUs(retry: RetrySpec, attempts: number, random: RandomStream): number {
  const capped = Math.min(retry.backoffMaxUs, retry.backoffUs * 2 ** (attempts - 1));
  return Math.round(retry.jitter === 'full' ? capped * random() : capped);
}

import type { RunMetrics } from '@faultline/metrics';
import type { Lane, Model } from './model.ts';

/**
 * A recovery counts once service has been stable, and an operation that is in flight may still go wrong when its
 * client's patience ends. Measures of a run that is not simulated to its end are shown only with this much ahead.
 */
const LEAD_US = 120_000_000;

/** The run that the page shows when it shows one: in a race, the first. */
export function viewedLane(model: Model): Lane | null {
  return model.lanes[0] ?? null;
}

/** What is known to have been measured up to an instant; null while too little of what follows is simulated. */
export function metricsAt({ metrics, metricsToUs, measured }: Lane, atUs: number): RunMetrics | null {
  return measured !== null || metricsToUs >= atUs + LEAD_US ? metrics : null;
}

import { SECOND_US } from '@faultline/clock';
import type { Copy } from './copy.ts';
import { lagOf } from './reading.ts';
import type { Timeline } from './timeline.ts';

/**
 * Commits are held back while a connected reader is further behind than the limit (one that is gone tells nobody
 * of its lag): by a thousandth of the excess, one second at the most. The services publish the limit and not the
 * law, which is assumed; an example in the documentation shows a delay of 2 ms.
 */
export function flowControlUs(limitUs: number, copies: Iterable<Copy>, current: Timeline, nowUs: number): number {
  let excessUs = 0;
  for (const copy of copies) {
    if (!copy.stream?.connected || !copy.replays) continue;
    excessUs = Math.max(excessUs, lagOf(current, copy.timeline, copy.appliedHead(nowUs), nowUs).us - limitUs);
  }
  return excessUs <= 0 ? 0 : Math.min(Math.round(excessUs / 1_000), SECOND_US);
}

import { SECOND_US } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { Copy } from './copy.ts';
import { lagUs } from './reading.ts';
import type { Timeline } from './timeline.ts';

const LAW = 'the services publish the limit and not the law; an example in the documentation shows a delay of 2 ms';

export const flowControlDefaults = {
  flowControlPart: quantity(
    1_000,
    'times',
    'smaller than the lag beyond the limit is the delay of a commit',
    'assumed',
    LAW,
    '2026-11',
  ),
  flowControlMax: quantity(SECOND_US, 'µs', 'that a commit is held back at the most', 'assumed', LAW, '2026-11'),
};

/**
 * Commits are held back while a connected reader is further behind than the limit (one that is gone tells nobody
 * of its lag).
 */
export function flowControlUs(limitUs: number, copies: readonly Copy[], current: Timeline, nowUs: number): number {
  let excessUs = 0;
  for (const copy of copies) {
    if (!copy.stream?.connected || !copy.replays) continue;
    excessUs = Math.max(excessUs, lagUs(current, copy.timeline, copy.appliedHead(nowUs), nowUs) - limitUs);
  }
  const { flowControlPart, flowControlMax } = flowControlDefaults;
  return excessUs <= 0 ? 0 : Math.min(Math.round(excessUs / flowControlPart.value), flowControlMax.value);
}

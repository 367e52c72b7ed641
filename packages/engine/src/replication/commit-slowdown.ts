import { SECOND_US } from '@faultline/clock';
import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { Copy } from './copy.ts';
import { flowControlUs } from './flow-control.ts';
import type { Timeline } from './timeline.ts';

type Layout = LogReplication | FollowerReplication;

/** Factor on the writer's service time: more than 1 while a copy is made again. */
export function rebuildFactor(layout: Layout, copies: readonly Copy[]): number {
  if (layout.rule === 'follower') return 1;
  for (const copy of copies) if (copy.rebuilding) return layout.rebuildSlowdown.value;
  return 1;
}

/** How long flow control holds a commit back now; 0 where there is none. `writes` has the history that is written. */
export function heldBackUs(
  layout: Layout,
  copies: readonly Copy[],
  writes: { readonly timeline: Timeline | null },
  nowUs: number,
): number {
  if (layout.rule === 'follower' || !layout.flowControlLag) return 0;
  return flowControlUs(layout.flowControlLag.value * SECOND_US, copies, writes.timeline as Timeline, nowUs);
}

import type { ChartNode, ChartTransition } from './chart-node.ts';

/** Whether a transition leaves a state that is active. */
export function leaves({ domain, leavesDomain }: ChartTransition, node: ChartNode): boolean {
  if (domain === null) return false;
  return isInside(node, domain) || (leavesDomain && node === domain);
}

/** Of two transitions that would leave the same state, the inner one is taken, else the one that came first. */
export function withoutConflict(
  chosen: readonly ChartTransition[],
  active: readonly ChartNode[],
): readonly ChartTransition[] {
  if (chosen.length < 2) return chosen;
  let kept: ChartTransition[] = [];
  for (const one of chosen) {
    const rivals = kept.filter((other) => active.some((node) => leaves(one, node) && leaves(other, node)));
    if (rivals.every((other) => isInside(one.source, other.source))) {
      kept = kept.filter((other) => !rivals.includes(other));
      kept.push(one);
    }
  }
  return kept;
}

function isInside({ order }: ChartNode, around: ChartNode): boolean {
  return order > around.order && order <= around.lastOrder;
}

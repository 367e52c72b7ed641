import type { DependencyGraph } from '../dependency.ts';
import { topologicalOrder } from '../topological-order.ts';
import type { CycleRule, Layering } from './cycle-rule.ts';
import { Reachability } from './reachability.ts';

/** What is known, closed under following; undefined if it has a cycle already. */
export function knownOrder(
  graph: DependencyGraph,
  layering: Layering,
  { wanted, anti }: CycleRule,
  spend: (words: number) => void,
): Reachability | undefined {
  const size = graph.size * layering.layers;
  const out = Array.from({ length: size }, (): number[] => []);
  const counted = layering.countsMissed ? anti : 0;
  for (let vertex = 0; vertex < graph.size; vertex++) {
    for (let edge = graph.start(vertex); edge < graph.start(vertex + 1); edge++) {
      const [to, bit] = [graph.target(edge), graph.bit(edge)];
      if ((bit & (wanted.anywhere | counted)) === 0) continue;
      for (const [from, target] of layering.edges(vertex, to, (bit & counted) !== 0))
        (out[from] as number[]).push(target);
    }
  }
  const order = topologicalOrder(size, (vertex, visit) => {
    for (const to of out[vertex] as number[]) visit(to);
  });
  if (order === undefined) return undefined;
  const known = new Reachability(size);
  for (let at = order.length - 1; at >= 0; at--) {
    const vertex = order[at] as number;
    spend(((out[vertex] as number[]).length + 1) * (1 + (size >> 5)));
    for (const to of out[vertex] as number[]) if (!known.reaches(vertex, to)) known.addFirst(vertex, to);
  }
  return known;
}

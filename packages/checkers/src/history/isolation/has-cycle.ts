import type { DependencyGraph } from './dependency.ts';
import { strongComponents } from './strong-components.ts';

/** Whether these dependencies, all together, make a cycle anywhere; `allowed` are their bits. */
export function hasCycle(graph: DependencyGraph, allowed: number): boolean {
  const components = strongComponents(graph.size, (vertex, at) => {
    const edge = graph.start(vertex) + at;
    if (edge >= graph.start(vertex + 1)) return undefined;
    return (graph.bit(edge) & allowed) === 0 ? -1 : graph.target(edge);
  });
  return components.length > 0;
}

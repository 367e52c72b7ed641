import type { Dependency, DependencyGraph } from './dependency.ts';
import { strongComponents } from './strong-components.ts';

/** A closed chain of dependencies: each ends where the next begins. */
export type Cycle = readonly Dependency[];

/** Thrown when the search has cost more than it may. */
export class SearchTooLong extends Error {}

/** How many edges a search may still follow. */
export interface EdgeBudget {
  left: number;
}

/** What a cycle has to be like. */
export interface CycleWanted {
  /** Dependencies that it may have anywhere. */
  readonly anywhere: number;
  /** Dependencies of which it has to have one. */
  readonly required: number;
  /** Dependencies that it may have besides: none, one only, any number that do not follow each other, or any. */
  readonly anti: 'none' | 'one' | 'apart' | 'any';
}

/** Of more candidates than this the shortest is not worth the time. */
const TRIED = 40;

/**
 * A short cycle of the kind that is wanted, or undefined if the graph has none. The search is exact: first the
 * components in which such a cycle could lie, then from each required dependency in them the shortest way back.
 */
export function findCycle(
  graph: DependencyGraph,
  wanted: CycleWanted,
  anti: number,
  budget: EdgeBudget,
): Cycle | undefined {
  const layered = wanted.anti === 'apart';
  const members = componentsOf(graph, wanted, anti, layered);
  let best: Cycle | undefined;
  let found = 0;
  for (let vertex = 0; vertex < graph.size && found < TRIED; vertex++) {
    for (const [at, first] of graph.out(vertex).entries()) {
      const bit = graph.bits(vertex)[at] as number;
      if ((bit & wanted.required) === 0) continue;
      const isAnti = (bit & anti) !== 0;
      const start = layered ? 2 * vertex : vertex;
      const target = layered ? 2 * first.to + Number(isAnti) : first.to;
      if (members[start] === -1 || members[start] !== members[target]) continue;
      const back = shortestWay(graph, { wanted, anti, layered, budget }, target, start, isAnti);
      if (back === undefined) continue;
      found++;
      if (best === undefined || back.length + 1 < best.length) best = [first, ...back];
      if (best.length === 2) return best;
    }
  }
  return best;
}

/** For each vertex the number of its component, -1 if it is alone in it. In layers, vertex `v` is `2v` and `2v + 1`. */
function componentsOf(graph: DependencyGraph, wanted: CycleWanted, anti: number, layered: boolean): Int32Array {
  const allowed = wanted.anti === 'none' ? wanted.anywhere : wanted.anywhere | anti;
  const size = layered ? 2 * graph.size : graph.size;
  const next = (vertex: number, at: number): number | undefined => {
    const transaction = layered ? vertex >> 1 : vertex;
    const bit = graph.bits(transaction)[at];
    if (bit === undefined) return undefined;
    if ((bit & allowed) === 0) return -1;
    const to = graph.out(transaction)[at]?.to as number;
    if (!layered) return to;
    if ((bit & anti) === 0) return 2 * to;
    return (vertex & 1) === 1 ? -1 : 2 * to + 1;
  };
  const members = new Int32Array(size).fill(-1);
  for (const [number, component] of strongComponents(size, next).entries())
    for (const member of component) members[member] = number;
  return members;
}

interface Way {
  readonly wanted: CycleWanted;
  readonly anti: number;
  readonly layered: boolean;
  readonly budget: EdgeBudget;
}

/** Breadth first from `start` to `target`, over what is still allowed after the first dependency. */
function shortestWay(
  graph: DependencyGraph,
  { wanted, anti, layered, budget }: Way,
  start: number,
  target: number,
  hasAnti: boolean,
): Dependency[] | undefined {
  const isAntiAllowed = wanted.anti === 'any' || wanted.anti === 'apart' || (wanted.anti === 'one' && !hasAnti);
  const allowed = isAntiAllowed ? wanted.anywhere | anti : wanted.anywhere;
  const cameBy = new Map<number, Dependency | undefined>([[start, undefined]]);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const vertex = queue[head] as number;
    if (vertex === target) return wayTo(vertex, cameBy, cameFrom);
    const transaction = layered ? vertex >> 1 : vertex;
    const bits = graph.bits(transaction);
    budget.left -= bits.length;
    if (budget.left < 0) throw new SearchTooLong();
    for (const [at, dependency] of graph.out(transaction).entries()) {
      const bit = bits[at] as number;
      if ((bit & allowed) === 0) continue;
      const isAnti = (bit & anti) !== 0;
      if (layered && isAnti && (vertex & 1) === 1) continue;
      const next = layered ? 2 * dependency.to + Number(isAnti) : dependency.to;
      if (cameBy.has(next)) continue;
      cameBy.set(next, dependency);
      cameFrom.set(next, vertex);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(
  target: number,
  cameBy: ReadonlyMap<number, Dependency | undefined>,
  cameFrom: ReadonlyMap<number, number>,
): Dependency[] {
  const way: Dependency[] = [];
  for (let vertex: number | undefined = target; vertex !== undefined; vertex = cameFrom.get(vertex)) {
    const dependency = cameBy.get(vertex);
    if (dependency !== undefined) way.push(dependency);
  }
  return way.reverse();
}

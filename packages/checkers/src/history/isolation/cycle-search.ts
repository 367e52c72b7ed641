import type { Dependency, DependencyGraph } from './dependency.ts';
import { strongComponents } from './strong-components.ts';
import { topologicalRanks } from './topological-order.ts';

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

/** Of more candidates than this, or when it has cost so many edges, the shortest is not worth the time. */
const TRIED = 40;
const EDGES_FOR_SHORTER = 1_000_000;

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
  return new CycleSearch(graph, wanted, anti, budget).run();
}

const NONE = -1;

class CycleSearch {
  readonly #graph: DependencyGraph;
  readonly #wanted: CycleWanted;
  readonly #anti: number;
  readonly #budget: EdgeBudget;
  /** Whether every transaction stands twice, `2v` and `2v + 1`: as it is reached without and with a missed write. */
  readonly #layered: boolean;
  /** For each vertex the number of its component, -1 if it is alone in it. */
  readonly #members: Int32Array;
  /** Where only one missed write is allowed, the way back goes up in these only. */
  readonly #ranks: Int32Array | undefined;
  /** How a vertex was reached last, and in which search that was. */
  readonly #cameBy: Int32Array;
  readonly #cameFrom: Int32Array;
  readonly #cameIn: Int32Array;
  readonly #queue: Int32Array;
  #searches = 0;

  constructor(graph: DependencyGraph, wanted: CycleWanted, anti: number, budget: EdgeBudget) {
    this.#graph = graph;
    this.#wanted = wanted;
    this.#anti = anti;
    this.#budget = budget;
    this.#layered = wanted.anti === 'apart';
    const size = this.#layered ? 2 * graph.size : graph.size;
    this.#members = this.#components(size);
    this.#ranks = wanted.anti === 'one' ? this.#rankedWithoutMissed() : undefined;
    this.#cameBy = new Int32Array(size);
    this.#cameFrom = new Int32Array(size);
    this.#cameIn = new Int32Array(size);
    this.#queue = new Int32Array(size);
  }

  run(): Cycle | undefined {
    const graph = this.#graph;
    const members = this.#members;
    const before = this.#budget.left;
    let best: readonly number[] | undefined;
    let found = 0;
    const isEnough = (): boolean =>
      best !== undefined && (best.length === 2 || found >= TRIED || before - this.#budget.left > EDGES_FOR_SHORTER);
    for (let vertex = 0; vertex < graph.size && !isEnough(); vertex++) {
      const start = this.#layered ? 2 * vertex : vertex;
      if (members[start] === NONE) continue;
      for (let edge = graph.start(vertex); edge < graph.start(vertex + 1) && !isEnough(); edge++) {
        if ((graph.bit(edge) & this.#wanted.required) === 0) continue;
        const isAnti = (graph.bit(edge) & this.#anti) !== 0;
        const to = graph.target(edge);
        const target = this.#layered ? 2 * to + Number(isAnti) : to;
        if (members[start] !== members[target]) continue;
        const back = this.#shortestWay(target, start, isAnti);
        if (back === undefined) continue;
        found++;
        if (best === undefined || back.length + 1 < best.length) best = [edge, ...back];
      }
    }
    return best?.map((edge) => graph.dependency(edge));
  }

  #components(size: number): Int32Array {
    const graph = this.#graph;
    const { anywhere } = this.#wanted;
    const allowed = this.#wanted.anti === 'none' ? anywhere : anywhere | this.#anti;
    const next = (vertex: number, at: number): number | undefined => {
      const transaction = this.#layered ? vertex >> 1 : vertex;
      const edge = graph.start(transaction) + at;
      if (edge >= graph.start(transaction + 1)) return undefined;
      const bit = graph.bit(edge);
      if ((bit & allowed) === 0) return NONE;
      const to = graph.target(edge);
      if (!this.#layered) return to;
      if ((bit & this.#anti) === 0) return 2 * to;
      return (vertex & 1) === 1 ? NONE : 2 * to + 1;
    };
    const members = new Int32Array(size).fill(NONE);
    for (const [number, component] of strongComponents(size, next).entries())
      for (const member of component) members[member] = number;
    return members;
  }

  /** Undefined if there is a cycle without a missed write. */
  #rankedWithoutMissed(): Int32Array | undefined {
    const graph = this.#graph;
    return topologicalRanks(graph.size, (vertex, visit) => {
      for (let edge = graph.start(vertex); edge < graph.start(vertex + 1); edge++)
        if ((graph.bit(edge) & this.#wanted.anywhere) !== 0) visit(graph.target(edge));
    });
  }

  /** Breadth first from `start` to `target`, over what is still allowed after the first dependency: its edges. */
  #shortestWay(start: number, target: number, hasAnti: boolean): readonly number[] | undefined {
    const { anti, anywhere } = this.#wanted;
    const isAntiAllowed = anti === 'any' || anti === 'apart' || (anti === 'one' && !hasAnti);
    const allowed = isAntiAllowed ? anywhere | this.#anti : anywhere;
    const highest = this.#ranks === undefined || isAntiAllowed ? undefined : (this.#ranks[target] as number);
    const search = ++this.#searches;
    const queue = this.#queue;
    let [head, tail] = [0, 0];
    queue[tail++] = start;
    this.#cameIn[start] = search;
    this.#cameBy[start] = NONE;
    while (head < tail) {
      const vertex = queue[head++] as number;
      if (vertex === target) return this.#wayTo(vertex);
      tail = this.#expand(vertex, { allowed, highest, component: this.#members[target] as number, search }, tail);
    }
    return undefined;
  }

  #expand(vertex: number, limits: Limits, end: number): number {
    const graph = this.#graph;
    const transaction = this.#layered ? vertex >> 1 : vertex;
    const [first, last] = [graph.start(transaction), graph.start(transaction + 1)];
    this.#budget.left -= last - first;
    if (this.#budget.left < 0) throw new SearchTooLong();
    let tail = end;
    for (let edge = first; edge < last; edge++) {
      const bit = graph.bit(edge);
      if ((bit & limits.allowed) === 0) continue;
      const isAnti = (bit & this.#anti) !== 0;
      if (this.#layered && isAnti && (vertex & 1) === 1) continue;
      const to = graph.target(edge);
      const next = this.#layered ? 2 * to + Number(isAnti) : to;
      if (this.#cameIn[next] === limits.search || this.#members[next] !== limits.component) continue;
      if (limits.highest !== undefined && (this.#ranks?.[next] as number) > limits.highest) continue;
      this.#cameIn[next] = limits.search;
      this.#cameBy[next] = edge;
      this.#cameFrom[next] = vertex;
      this.#queue[tail++] = next;
    }
    return tail;
  }

  #wayTo(target: number): readonly number[] {
    const way: number[] = [];
    for (let vertex = target; ; ) {
      const edge = this.#cameBy[vertex] as number;
      if (edge === NONE) return way.reverse();
      way.push(edge);
      vertex = this.#cameFrom[vertex] as number;
    }
  }
}

interface Limits {
  readonly allowed: number;
  readonly highest: number | undefined;
  readonly component: number;
  readonly search: number;
}

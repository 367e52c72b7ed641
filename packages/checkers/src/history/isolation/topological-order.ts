import { Queue } from './queue.ts';

type ForEachTarget = (vertex: number, visit: (to: number) => void) => void;

/** The vertices, each after all that lead to it; undefined if there is a cycle. */
export function topologicalOrder(size: number, forEachTarget: ForEachTarget): Int32Array | undefined {
  const waitsFor = new Int32Array(size);
  const count = (to: number): void => {
    waitsFor[to] = (waitsFor[to] as number) + 1;
  };
  for (let vertex = 0; vertex < size; vertex++) forEachTarget(vertex, count);
  const order = new Int32Array(size);
  let found = 0;
  for (let vertex = 0; vertex < size; vertex++) if (waitsFor[vertex] === 0) order[found++] = vertex;
  const release = (to: number): void => {
    waitsFor[to] = (waitsFor[to] as number) - 1;
    if (waitsFor[to] === 0) order[found++] = to;
  };
  for (let at = 0; at < found; at++) forEachTarget(order[at] as number, release);
  return found === size ? order : undefined;
}

/**
 * For each vertex its place in such an order, of several the one in which the lower number comes first: numbers follow
 * time, so that what is close in time is close in rank. Undefined if there is a cycle.
 */
export function topologicalRanks(size: number, forEachTarget: ForEachTarget): Int32Array | undefined {
  const waitsFor = new Int32Array(size);
  for (let vertex = 0; vertex < size; vertex++)
    forEachTarget(vertex, (to) => {
      waitsFor[to] = (waitsFor[to] as number) + 1;
    });
  const ready = new Queue((a, b) => a - b);
  for (let vertex = 0; vertex < size; vertex++) if (waitsFor[vertex] === 0) ready.add(vertex);
  const ranks = new Int32Array(size);
  let rank = 0;
  for (let next = ready.take(); next !== undefined; next = ready.take()) {
    ranks[next] = rank++;
    forEachTarget(next, (to) => {
      waitsFor[to] = (waitsFor[to] as number) - 1;
      if (waitsFor[to] === 0) ready.add(to);
    });
  }
  return rank === size ? ranks : undefined;
}

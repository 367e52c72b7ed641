import type { Exploration } from './explore.ts';

/**
 * States from which nothing that the world gives back, answers or lets pass leads to a state that `isGoal` accepts.
 * Faults and requests are no way back.
 */
export function withoutWayBack({ states, edges }: Exploration, isGoal: (state: number) => boolean): readonly number[] {
  const sources: number[][] = states.map(() => []);
  for (const { from, to, benign } of edges) if (benign) (sources[to] as number[]).push(from);
  const reaches = new Uint8Array(states.length);
  const open: number[] = [];
  states.forEach((_, state) => {
    if (!isGoal(state)) return;
    reaches[state] = 1;
    open.push(state);
  });
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const source of sources[state] as number[]) {
      if (reaches[source] === 1) continue;
      reaches[source] = 1;
      open.push(source);
    }
  }
  return [...reaches.keys()].filter((state) => reaches[state] === 0);
}

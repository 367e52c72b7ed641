/**
 * The sets of vertices that all reach each other, of two vertices or more, after Tarjan (1972) with a stack of its
 * own: a long history is deeper than a call stack. `next(vertex, at)` is the vertex that the edge number `at` leads
 * to, -1 if it is not to be followed, and undefined after the last.
 */
export function strongComponents(
  size: number,
  next: (vertex: number, at: number) => number | undefined,
): readonly (readonly number[])[] {
  const components: number[][] = [];
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const position = new Int32Array(size);
  const stack: number[] = [];
  let visited = 0;
  const enter = (vertex: number, path: number[]): void => {
    order[vertex] = visited;
    low[vertex] = visited++;
    onStack[vertex] = 1;
    stack.push(vertex);
    path.push(vertex);
  };
  const leave = (vertex: number, path: number[]): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[vertex] as number);
    if (low[vertex] !== order[vertex]) return;
    const component = stack.splice(stack.lastIndexOf(vertex));
    for (const member of component) onStack[member] = 0;
    if (component.length > 1) components.push(component.sort((a, b) => a - b));
  };
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const path: number[] = [];
    enter(root, path);
    for (let vertex = path.at(-1); vertex !== undefined; vertex = path.at(-1)) {
      const at = position[vertex] as number;
      const target = next(vertex, at);
      if (target === undefined) {
        leave(vertex, path);
        continue;
      }
      position[vertex] = at + 1;
      if (target === -1) continue;
      if (order[target] === -1) enter(target, path);
      else if (onStack[target] === 1) low[vertex] = Math.min(low[vertex] as number, order[target] as number);
    }
  }
  return components;
}

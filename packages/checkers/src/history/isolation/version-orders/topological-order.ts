/** The vertices, each after all that lead to it; undefined if there is a cycle. */
export function topologicalOrder(
  size: number,
  targetsOf: (vertex: number) => readonly number[],
): readonly number[] | undefined {
  const waitsFor = new Int32Array(size);
  for (let vertex = 0; vertex < size; vertex++)
    for (const to of targetsOf(vertex)) waitsFor[to] = (waitsFor[to] as number) + 1;
  const order: number[] = [];
  for (let vertex = 0; vertex < size; vertex++) if (waitsFor[vertex] === 0) order.push(vertex);
  for (let at = 0; at < order.length; at++) {
    for (const to of targetsOf(order[at] as number)) {
      waitsFor[to] = (waitsFor[to] as number) - 1;
      if (waitsFor[to] === 0) order.push(to);
    }
  }
  return order.length === size ? order : undefined;
}

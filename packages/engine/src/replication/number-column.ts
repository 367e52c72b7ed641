/**
 * An empty list for numbers, to be filled place by place from its end on (`column[column.length] = value`).
 *
 * V8 holds its elements as doubles from the beginning. A list that began with small integers would change over once an
 * instant passes 35 minutes; code that has met both sorts is slower on either, and `push` is then a call of its own.
 */
export function numberColumn(): number[] {
  const column = [0.5];
  // Emptied by its length it would be given a new store, which takes longer than all else that a short column is for.
  column.pop();
  return column;
}

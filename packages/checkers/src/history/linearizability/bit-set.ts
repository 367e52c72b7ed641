/** Sets of small numbers are kept as a bit for each, in words of 32. */
export const isSet = (bits: Uint32Array, at: number): boolean => (((bits[at >> 5] as number) >>> (at & 31)) & 1) === 1;

export function set(bits: Uint32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] as number) | (1 << (at & 31));
}

export function clear(bits: Uint32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] as number) & ~(1 << (at & 31));
}

/** Whether all of the one are in the other. */
export const isWithin = (some: Uint32Array, all: Uint32Array): boolean =>
  some.every((word, index) => (word & ~(all[index] as number)) === 0);

export function sizeOf(bits: Uint32Array): number {
  let size = 0;
  for (const word of bits) for (let rest = word; rest !== 0; rest &= rest - 1) size++;
  return size;
}

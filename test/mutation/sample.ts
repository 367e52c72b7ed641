import { RandomStreams } from '@faultline/clock';

/** So many of the places below `count`, the same ones every time, in ascending order; all if there are fewer. */
export function sampled(count: number, size: number, seed: string): readonly number[] {
  const random = new RandomStreams(seed).stream('mutants');
  const left = Array.from({ length: count }, (_, place) => place);
  while (left.length > size) left.splice(Math.floor(random() * left.length), 1);
  return left;
}

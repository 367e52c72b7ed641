import type { Particle } from './splitting-block.ts';

/** As many as there were, of those beyond the level: each as often as any other, but for chance in what is left over. */
export function copiesOf(particles: readonly Particle[], level: number, chance: () => number): readonly Particle[] {
  const farther = particles.filter(({ score }) => score > level);
  if (farther.length === 0) return [];
  for (let last = farther.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [farther[last], farther[other]] = [farther[other] as Particle, farther[last] as Particle];
  }
  return particles.map((_, index) => farther[index % farther.length] as Particle);
}

import { type StageTrials, stageTrials } from './splitting-stage.ts';

/** As many as there were, of those beyond the level: each as often as any other, but for chance in what is left over. */
export function copiesOf({ lasts, scores }: StageTrials, level: number, chance: () => number): StageTrials {
  const farther = Uint32Array.from(scores.keys()).filter((place) => (scores[place] as number) > level);
  for (let last = farther.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [farther[last], farther[other]] = [farther[other] as number, farther[last] as number];
  }
  const copies = stageTrials(farther.length === 0 ? 0 : scores.length);
  for (let index = 0; index < copies.lasts.length; index++) {
    const place = farther[index % farther.length] as number;
    copies.lasts[index] = lasts[place] as number;
    copies.scores[index] = scores[place] as number;
  }
  return copies;
}

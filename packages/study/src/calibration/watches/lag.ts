import type { Watch } from './watch.ts';

/** Mean of a node's sampled lag from `fromUs` on, in microseconds, with what its report needs on top. */
export function meanLag(node: string, fromUs: number, reportUs = 0): Watch {
  let sum = 0;
  let count = 0;
  return {
    add(record) {
      if (record.type !== 'sample' || record.node !== node || record.atUs < fromUs) return;
      sum += record.lagUs;
      count++;
    },
    settled: false,
    value: () => (count === 0 ? null : sum / count + reportUs),
  };
}

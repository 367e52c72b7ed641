import type { Watch } from './watch.ts';

/**
 * The longest time between two answers with data, one after the other, as somebody sees it who reads a client's output:
 * an answer that was held counts like one that never came. The run has to go on for a while after it.
 */
export function longestSilence(cohort: string, sinceUs: number): Watch {
  let lastUs: number | null = null;
  let longestUs = 0;
  return {
    add(record) {
      if (record.type !== 'op' || record.cohort !== cohort || record.outcome !== 'ok') return;
      if (lastUs !== null && record.atUs >= sinceUs) longestUs = Math.max(longestUs, record.atUs - lastUs);
      lastUs = record.atUs;
    },
    // A longer one may follow until the run ends.
    settled: false,
    value: () => longestUs,
  };
}

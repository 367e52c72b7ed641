import { DataLossFold } from '@faultline/metrics';
import type { OpRecord } from '@faultline/trace';
import type { Watch } from './watch.ts';

/** Acknowledged writes that are not on the timeline that survived. */
export function lostWrites(): Watch {
  const fold = new DataLossFold();
  return {
    add: (record) => fold.add(record),
    settled: false,
    value: () => fold.result().reduce((sum, { lost }) => sum + lost, 0),
  };
}

/** Operations with this outcome that were sent at or before `untilUs`. */
export function outcomes(cohort: string, outcome: OpRecord['outcome'], untilUs: number): Watch {
  let count = 0;
  return {
    add(record) {
      if (
        record.type === 'op' &&
        record.cohort === cohort &&
        record.outcome === outcome &&
        record.invokedAtUs <= untilUs
      )
        count++;
    },
    settled: false,
    value: () => count,
  };
}

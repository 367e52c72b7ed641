import type { CellResult } from '@faultline/metrics';
import { count, duration, shareInterval } from './figures.ts';

/**
 * What a cell of a study lost: share of the trials that lost a write, the most and the farthest back that any lost,
 * and the operations of the median trial that failed and that nobody can be sure of.
 */
export function lossCells(cell: CellResult): readonly string[] {
  return [
    shareInterval(cell.loses),
    count(cell.lostMax),
    duration(cell.lossSpanMaxUs),
    count(cell.failedP50.value),
    count(cell.indeterminateP50.value),
  ];
}

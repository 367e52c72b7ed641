import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import { outageScenario, outageStudy } from '../testing/outage-study.ts';
import { cellResult } from './cell-result.ts';
import { CellTally } from './cell-tally.ts';

const study = outageStudy(outageScenario({ horizon: '8m', every: '5s' }));
const [cell] = study.cells as [(typeof study.cells)[number]];

/** The figures of one of so many cells, whose trials took 1 s, 2 s and so on. */
function resultOf(cells: number) {
  const tally = new CellTally(study.objectives);
  const block = madeUpBlock({ from: 1, to: 1_000 }, (trial) => ({
    trial,
    recoveryUs: trial * 1e6,
    failed: 0,
    indeterminate: 0,
    lost: 0,
    lossSpanUs: 0,
    lostUpdates: 0,
    phases: [],
    steps: [],
  }));
  tally.add(block, undefined);
  return cellResult(cell, tally, { ...study, cells: Array.from({ length: cells }, () => cell) });
}

describe('the figures of a cell', () => {
  it.each([
    [1, 334],
    [250, 334],
    [500, 200],
    [1_000, 100],
    [10_000, 100],
  ])('have a curve whose points, in a grid of %i cells, are no more than are of use', (cells, points) => {
    const { ecdf, recoveryTime } = resultOf(cells);
    expect(ecdf.length).toBe(points);
    expect(ecdf.at(-1)).toEqual({ us: 1_000e6, share: 1 });
    for (const { us, share } of ecdf) expect(share).toBe(us / 1_000e6);
    expect(recoveryTime.p99.value).toBe(990e6);
  });
});

import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import { CellTally } from './cell-tally.ts';

/** Outages of half a minute to five minutes that share nothing with those of another salt; some never end. */
function block(from: number, to: number, salt: number) {
  const chance = (trial: number, turn: number): number => ((trial * salt + turn * 7_919) % 104_729) / 104_729;
  return madeUpBlock({ from, to }, (trial) => {
    const recoveryUs = chance(trial, 1) < 0.01 ? Number.POSITIVE_INFINITY : Math.round(30e6 + 270e6 * chance(trial, 2));
    return {
      trial,
      recoveryUs,
      failed: Math.round(500 * chance(trial, 3)),
      indeterminate: Math.round(40 * chance(trial, 4)),
      lost: chance(trial, 5) < 0.9 ? 0 : Math.round(400 * chance(trial, 6)),
      lossSpanUs: 0,
      lostUpdates: 0,
      phases: [
        { phase: 'detection', actor: 'provider', us: Math.round(30e6 * chance(trial, 7)) },
        { phase: 'reconnect', actor: 'customer', us: Math.round(30e6 * chance(trial, 8)) },
      ],
      steps: [],
    };
  });
}

function tallyOf(trials: number): CellTally {
  const tally = new CellTally({ rtoUs: 60e6, rpoUs: 0 });
  for (let from = 1; from <= trials; from += 1_000) {
    const to = Math.min(trials, from + 999);
    tally.add(block(from, to, 31_337), block(from, to, 27_644_437));
  }
  return tally;
}

describe('what is kept of a cell', () => {
  it('takes some fourteen bytes for a trial as long as quantiles are exact', () => {
    expect(tallyOf(100).bytes).toBeLessThan(4_000);
    expect(tallyOf(4_096).bytes).toBeLessThan(14.6 * 4_096);
  });

  it('stays within a tenth of a megabyte, however many trials there are', () => {
    const bytes = tallyOf(20_000).bytes;
    expect(bytes).toBeLessThan(100_000);
    expect(tallyOf(60_000).bytes).toBeLessThan(1.25 * bytes);
  });
});

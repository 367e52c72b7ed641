import { describe, expect, it } from 'vitest';
import { unavailability } from './markov-chain.ts';
import { simulateYears, YEAR_US } from './simulated-years.ts';

const DAY_US = 86_400e6;
const HOUR_US = 3_600e6;

describe('simulated years', () => {
  it('of one component agree with the alternating renewal theorem', () => {
    const { downUs, outages } = simulateYears(
      [{ name: 'host', perYear: 20, recoveriesUs: [DAY_US, 3 * DAY_US] }],
      4_000,
      '7',
    );
    const share = downUs.reduce((sum, us) => sum + us, 0) / (4_000 * YEAR_US);
    const cycle = 365.25 / 20 + 2;
    expect(Math.abs(share / (2 / cycle) - 1)).toBeLessThan(0.01);
    expect(Math.abs(outages / ((4_000 * 365.25) / cycle) - 1)).toBeLessThan(0.02);
  });

  it('of rare short outages agree with the chain, and repeat with the seed', () => {
    const processes = ['host', 'az'].map((name) => ({ name, perYear: 4, recoveriesUs: [HOUR_US] }));
    const one = simulateYears(processes, 20_000, '7');
    const share = one.downUs.reduce((sum, us) => sum + us, 0) / (20_000 * YEAR_US);
    const chain = unavailability(processes.map(() => ({ failureRate: 4, repairRate: YEAR_US / HOUR_US })));
    expect(Math.abs(share / chain - 1)).toBeLessThan(0.01);
    expect(simulateYears(processes, 20_000, '7')).toEqual(one);
    expect(simulateYears(processes, 20_000, '8').outages).not.toBe(one.outages);
  });

  it('repair one failure at a time', () => {
    const processes = ['a', 'b'].map((name) => ({ name, perYear: 1_000, recoveriesUs: [DAY_US] }));
    const { overlapping, outages, downUs } = simulateYears(processes, 100, '7');
    expect(overlapping / outages).toBeGreaterThan(0.5);
    for (const us of downUs) expect(us).toBeLessThanOrEqual(YEAR_US);
  });
});

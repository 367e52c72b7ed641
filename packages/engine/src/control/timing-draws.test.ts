import { exponential, RandomStreams, sampler } from '@faultline/clock';
import { describe, expect, it } from 'vitest';
import { factTimingsClass, TimingDraws } from './timing-draws.ts';

const NAMES = ['detection', 'promotion'];
const draw = sampler(exponential('10s'));
const timings = NAMES.map((name) => ({ name, draw, stream: `orders/${name}` }));

describe('the timings of a chart', () => {
  it('are the same for each fact, whenever and in whatever order they are asked for', () => {
    const inOrder = new TimingDraws(timings, new RandomStreams('7'));
    const expected = [0, 1, 2].map((fact) => inOrder.allUs(fact));
    const asNeeded = new TimingDraws(timings, new RandomStreams('7'));
    const Timings = factTimingsClass(NAMES);
    const [first, second, third] = [0, 1, 2].map((fact) => new Timings(asNeeded, fact));
    expect(third?.promotionMs).toBe((expected[2]?.promotion as number) / 1_000);
    expect(first?.promotionMs).toBe((expected[0]?.promotion as number) / 1_000);
    expect(second?.detectionMs).toBe((expected[1]?.detection as number) / 1_000);
    expect([0, 1, 2].map((fact) => asNeeded.allUs(fact))).toEqual(expected);
  });
});

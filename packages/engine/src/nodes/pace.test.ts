import { RandomStreams } from '@faultline/clock';
import { expect, test } from 'vitest';
import { drawPace } from './pace.ts';

test('half of all hosts are slower than the median one, and one in ten is off by a tenth', () => {
  const random = new RandomStreams('7').stream('orders/orders-1/pace');
  const paces = Array.from({ length: 20_000 }, () => drawPace(random)).sort((a, b) => a - b);
  expect(paces[10_000]).toBeCloseTo(1, 2);
  expect(paces[19_000]).toBeCloseTo(1.1, 2);
  expect(paces[1_000]).toBeCloseTo(1 / 1.1, 2);
});

test('the pace of a host depends on the seed and its name alone', () => {
  const of = (seed: string, node: string) => drawPace(new RandomStreams(seed).stream(`orders/${node}/pace`));
  expect(of('7', 'orders-1')).toBe(of('7', 'orders-1'));
  expect(of('7', 'orders-2')).not.toBe(of('7', 'orders-1'));
  expect(of('8', 'orders-1')).not.toBe(of('7', 'orders-1'));
});

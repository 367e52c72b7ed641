import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Series } from './series.ts';

const rising = (length: number): number[] => Array.from({ length }, (_, index) => 10 * (index + 1));

function seriesOf(values: readonly number[]): Series {
  const series = new Series();
  for (const value of values) series.push(value);
  return series;
}

describe('a column', () => {
  it('counts, cuts and goes on as an array does, whatever it forgot', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('push' as const), count: fc.nat(3_000) }),
      fc.record({ what: fc.constant('forget' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ what: fc.constant('truncate' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [series, array] = [new Series(), [] as number[]];
        let forgotten = 0;
        for (const one of steps) {
          if (one.what === 'push') {
            for (let more = 0; more < one.count; more++) {
              const value = (array.at(-1) ?? 0) + 1 + (more % 3);
              series.push(value);
              array.push(value);
            }
          } else if (one.what === 'truncate') {
            array.length = Math.floor(array.length * one.share);
            forgotten = Math.min(forgotten, array.length);
            series.truncate(array.length);
          } else {
            forgotten = Math.max(forgotten, Math.floor(array.length * one.share));
            series.forgetUpTo(array[forgotten - 1] ?? 0);
          }
          expect(series.length).toBe(array.length);
          if (forgotten < array.length) expect(series.last(-1)).toBe(array.at(-1));
          for (let place = forgotten; place < array.length; place += 97) {
            expect(series.at(place)).toBe(array[place]);
            expect(series.countUpTo(array[place] as number)).toBe(place + 1);
          }
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('answers for what it forgot with an instant that lies between that and the next one', () => {
    const series = seriesOf(rising(5_000));
    series.forgetUpTo(40_005);
    for (const place of [0, 1_234, 3_999]) expect(series.at(place)).toBe(40_000);
    expect(series.at(4_000)).toBe(40_010);
    expect(series.countUpTo(40_000)).toBe(4_000);
  });

  it('is empty again when it is cut to nothing', () => {
    const series = seriesOf(rising(5_000));
    series.forgetUpTo(50_000);
    expect(series.last(-1)).toBe(50_000);
    series.truncate(0);
    expect([series.length, series.last(-1)]).toEqual([0, -1]);
  });
});

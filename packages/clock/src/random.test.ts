import { describe, expect, it } from 'vitest';
import { ClockError } from './clock-error.ts';
import { RandomStreams } from './random.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Greatest distance from the uniform distribution, times the root of the count: above 1.95 with one chance in 1,000. */
function kolmogorovSmirnov(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const distances = sorted.map((value, index) =>
    Math.max(value - index / sorted.length, (index + 1) / sorted.length - value),
  );
  return Math.max(...distances) * Math.sqrt(sorted.length);
}

/** Chi-square over 20 equal cells: above 43.8 with one chance in 1,000. */
function chiSquare(values: readonly number[]): number {
  const counts = new Array<number>(20).fill(0);
  for (const value of values) counts[Math.floor(value * 20)]! += 1;
  const expected = values.length / 20;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Correlation in standard deviations of what independent values give: beyond 3.3 with one chance in 1,000. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const sum = left.reduce((total, value, index) => total + (value - 0.5) * (right[index]! - 0.5), 0);
  return (12 * sum) / Math.sqrt(left.length);
}

/** Keys that differ as little as names and seeds in use do. */
const families: readonly (readonly [string, number[][]])[] = [
  ['numbered names', times(1_200, (index) => draws(new RandomStreams('7'), `node-${index}`))],
  ['names of one or two letters', times(702, (index) => draws(new RandomStreams('7'), letters(index)))],
  ['neighbouring seeds', times(20_000, (index) => draws(new RandomStreams(`${index}`), 'orders/promotion'))],
  ['trials of one seed', times(20_000, (index) => draws(new RandomStreams(`7.${index}`), 'orders/promotion'))],
];

function draws(streams: RandomStreams, name: string): number[] {
  const stream = streams.stream(name);
  return times(3, () => stream());
}

function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}

describe('RandomStreams', () => {
  it('goes on, in every stream of one name, where the last draw from any of them left it', () => {
    const alone = new RandomStreams('7').stream('orders/promotion');
    const streams = new RandomStreams('7');
    const [one, other] = [streams.stream('orders/promotion'), streams.stream('orders/promotion')];
    const drawn = times(4, () => [one(), other(), streams.stream('orders/promotion')()]).flat();
    expect(drawn).toEqual(times(12, () => alone()));
  });

  it('depends on the seed and the name only', () => {
    const alone = new RandomStreams('7').stream('b');
    const streams = new RandomStreams('7');
    const [a, b] = [streams.stream('a'), streams.stream('b')];
    const mixed = times(50, () => {
      a();
      streams.stream('a')();
      return b();
    });
    expect(mixed).toEqual(times(50, () => alone()));
  });

  it('does not disturb a stream in use when another one is added', () => {
    const [plain, crowded] = [new RandomStreams('seed'), new RandomStreams('seed')];
    const [left, right] = [plain.stream('arrivals'), crowded.stream('arrivals')];
    const pairs = times(100, (index) => {
      crowded.stream(`newcomer ${index}`)();
      return [left(), right()];
    });
    for (const [one, other] of pairs) expect(one).toBe(other);
  });

  it('draws numbers in [0, 1) with 53 bits', () => {
    const stream = new RandomStreams('7').stream('bits');
    const values = times(2_000, () => stream());
    expect(values.every((value) => value >= 0 && value < 1 && Number.isInteger(value * 2 ** 53))).toBe(true);
    expect(values.filter((value) => !Number.isInteger(value * 2 ** 32)).length).toBeGreaterThan(1_990);
  });

  it('keeps its draws from version to version', () => {
    const stream = new RandomStreams('7').stream('orders/promotion');
    expect(times(3, () => stream())).toMatchInlineSnapshot(`
      [
        0.43259840215516865,
        0.012241531137671458,
        0.5664036049973737,
      ]
    `);
  });

  it('tells keys apart that run into one another without terminators', () => {
    const first = (seed: string, name: string): number => new RandomStreams(seed).stream(name)();
    const values = [
      ...['1', '11', '111', '42', '4242'].map((seed) => first(seed, 'a')),
      ...['1', '11', '111', 'detect', 'detectdetect', 'detect7/detect'].map((name) => first('7', name)),
      first('7/a', 'b'),
      first('7', 'a/b'),
      first('7a', 'b'),
      first('7', 'ab'),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it.each(['', 'naïve', 'tab\there', 'nul\0', '\u0101'])('refuses to draw by the name %j', (name) => {
    expect(() => new RandomStreams('7').stream(name)()).toThrow(
      new ClockError(`stream name must be printable ASCII and not empty, found ${JSON.stringify(name)}`),
    );
  });

  it.each([undefined, null, 7, '', 'a\0b'])('refuses the seed %j', (seed) => {
    expect(() => new RandomStreams(seed as string)).toThrow('seed must be a text that is not empty, found');
  });

  describe.each(families)('with %s', (_, streams) => {
    const [first, second, third] = times(3, (draw) => streams.map((values) => values[draw]!)) as [
      number[],
      number[],
      number[],
    ];

    it('has no two equal first draws', () => {
      expect(new Set(first).size).toBe(first.length);
    });

    it('has uniform first and second draws', () => {
      for (const values of [first, second]) {
        expect(kolmogorovSmirnov(values)).toBeLessThan(1.95);
        expect(chiSquare(values)).toBeLessThan(43.8);
      }
    });

    it('shows no correlation between neighbours, nor from draw to draw', () => {
      for (const lag of [1, 2, 10, 26]) expect(Math.abs(correlation(first.slice(lag), first))).toBeLessThan(3.3);
      expect(Math.abs(correlation(first, second))).toBeLessThan(3.3);
      expect(Math.abs(correlation(second, third))).toBeLessThan(3.3);
    });
  });
});

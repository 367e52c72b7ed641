import { Agenda, RandomStreams } from '@faultline/clock';
import { describe, expect, it } from 'vitest';
import { Network } from './network.ts';
import { Path } from './path.ts';

function setUp() {
  const agenda = new Agenda();
  const network = new Network(agenda, new RandomStreams('7'), []);
  const a = network.site('a', 'us-east-1', 'use1-az1');
  const b = network.site('b', 'us-east-1', 'use1-az2');
  const far = network.site('far', 'us-west-2', 'usw2-az1');
  const mean = (path: Path) =>
    Array.from({ length: 2_000 }, () => path.latencyUs()).reduce((sum, us) => sum + us) / 2_000;
  return { agenda, network, a, b, far, mean };
}

describe('paths', () => {
  it('are longer between AZs than within one, and longest between Regions', () => {
    const { network, a, b, far, mean } = setUp();
    const same = mean(network.path(a, network.site('c', 'us-east-1', 'use1-az1')));
    const cross = mean(network.path(a, b));
    const region = mean(network.path(a, far));
    expect(same).toBeLessThan(250);
    expect(cross).toBeGreaterThan(350);
    expect(cross).toBeLessThan(1_700);
    // 68.23 ms there and back are published for this pair.
    expect(region).toBeGreaterThan(34_100);
    expect(region).toBeLessThan(36_500);
  });

  it('take as long, by the same law, when the sender draws for all of its paths from one stream', () => {
    const { network, a, b } = setUp();
    const path = network.path(a, b);
    const given = new RandomStreams('8').stream('sender');
    const own = Array.from({ length: 1_000 }, () => path.latencyUs()).sort((x, y) => x - y);
    const drawn = Array.from({ length: 1_000 }, () => path.latencyUs(given)).sort((x, y) => x - y);
    const slower = drawn.map((us) => us * 1.25);
    // Kolmogorov and Smirnov: two samples of 1,000 from one law lie further apart than this once in 1,000 times.
    const limit = 1.95 * Math.sqrt(2 / 1_000);
    expect(furthestApart(own, drawn)).toBeLessThan(limit);
    expect(furthestApart(own, slower)).toBeGreaterThan(limit);
    // Who draws from elsewhere leaves the path's own stream as it was.
    const untouched = setUp().network;
    const same = untouched.path(
      untouched.site('a', 'us-east-1', 'use1-az1'),
      untouched.site('b', 'us-east-1', 'use1-az2'),
    );
    for (let draws = 0; draws < 1_000; draws++) same.latencyUs();
    expect(path.latencyUs()).toBe(same.latencyUs());
  });

  it('take as long when it matters only whether they come near a limit', () => {
    const [one, other] = [setUp(), setUp()];
    const paths = [one, other].map(({ network, a, b }) => network.path(a, b)) as [Path, Path];
    const slowDowns = [one, other].map(
      ({ network }) =>
        () =>
          network.disturb({ touches: () => true, slowdown: 3 }),
    );
    const told = { exactly: 0, roughly: 0 };
    for (let draw = 0; draw < 4_000; draw++) {
      if (draw === 3_000) for (const slowDown of slowDowns) slowDown();
      const limitUs = [100, 500, 2_000, 50_000][draw % 4] as number;
      const exactUs = paths[0].latencyUs();
      const nearUs = paths[1].latencyNear(limitUs);
      expect(nearUs >= limitUs).toBe(exactUs >= limitUs);
      if (nearUs >= limitUs) expect(nearUs).toBe(exactUs);
      told[nearUs === exactUs ? 'exactly' : 'roughly']++;
    }
    expect(Math.min(told.exactly, told.roughly)).toBeGreaterThan(500);
  });

  it('take what the scenario says of a pair', () => {
    const network = new Network(new Agenda(), new RandomStreams('7'), [
      { between: ['use1-az1', 'use1-az2'], oneWay: { kind: 'constant', us: 777 } },
    ]);
    const [a, b] = [network.site('a', 'r', 'use1-az1'), network.site('b', 'r', 'use1-az2')];
    expect([network.path(a, b).latencyUs(), network.path(b, a).latencyUs()]).toEqual([777, 777]);
  });
});

describe('disturbances', () => {
  it('cut one direction and leave the other, also for paths that are made later', () => {
    const { network, a, b, far } = setUp();
    const before = network.path(a, b);
    network.disturb({ touches: (from) => from === a, blocks: true });
    expect([before.open, network.path(b, a).open, network.path(a, far).open]).toEqual([false, true, false]);
  });

  it('overlap: a path opens when the last cut has healed, and wakes who waits', () => {
    const { network, a, b, agenda } = setUp();
    const path = network.path(a, b);
    const heals = [1, 2].map(() => network.disturb({ touches: () => true, blocks: true }));
    expect(path.closedAtUs).toBe(agenda.nowUs);
    let woken = 0;
    path.waiting.add(() => woken++);
    heals[0]!();
    expect([path.open, woken]).toEqual([false, 0]);
    heals[1]!();
    expect([path.open, woken, path.waiting.size]).toEqual([true, 1, 0]);
  });

  it('multiply slowness, and heal to what it was', () => {
    const { network, a, b, mean } = setUp();
    const path = network.path(a, b);
    const normal = mean(path);
    const heals = [2, 5].map((slowdown) => network.disturb({ touches: () => true, slowdown }));
    expect(mean(path) / normal).toBeGreaterThan(9);
    expect(mean(path) / normal).toBeLessThan(11);
    for (const heal of heals) heal();
    expect(mean(path) / normal).toBeLessThan(1.1);
  });

  it('lose packets, which cost a retransmission each: 200 ms, then 400 ms', () => {
    const { network, a, b } = setUp();
    const path = network.path(a, b);
    network.disturb({ touches: () => true, lossProbability: 0.5 });
    const delays = Array.from({ length: 4_000 }, () => path.latencyUs());
    const share = (from: number, to: number) => delays.filter((us) => us >= from && us < to).length / delays.length;
    expect(share(0, 200_000)).toBeCloseTo(0.5, 1);
    expect(share(200_000, 600_000)).toBeCloseTo(0.25, 1);
    expect(share(600_000, 1_400_000)).toBeCloseTo(0.125, 1);
  });

  it('lose nothing that is sent again after they are over', () => {
    const { network, a, b } = setUp();
    const path = network.path(a, b);
    network.disturb({ touches: () => true, lossProbability: 0.95, lossEndsAtUs: 1_000_000 });
    network.disturb({ touches: () => true, lossProbability: 0.5, lossEndsAtUs: 500_000 });
    const delays = Array.from({ length: 1_000 }, () => path.latencyUs());
    // The fourth try leaves after 0.2, 0.4 and 0.8 s.
    expect(Math.max(...delays)).toBeGreaterThan(1_400_000);
    expect(Math.max(...delays)).toBeLessThan(1_500_000);
  });
});

it('TCP sends again after 0.2, 0.6, 1.4 … s, and at the longest every 120 s', () => {
  expect([0, 1, 200_000, 200_001, 1_000_000].map((nowUs) => Path.retransmitAtUs(0, nowUs))).toEqual([
    0, 200_000, 200_000, 600_000, 1_400_000,
  ]);
  const late = Path.retransmitAtUs(0, 900_000_000);
  expect(Path.retransmitAtUs(0, late + 1) - late).toBe(120_000_000);
});

/** Largest difference between the shares of two sorted samples of one size that lie below any value. */
function furthestApart(one: readonly number[], other: readonly number[]): number {
  const shareBelow = (sample: readonly number[], value: number) =>
    sample.filter((drawn) => drawn < value).length / sample.length;
  return Math.max(...one.map((value) => Math.abs(shareBelow(one, value) - shareBelow(other, value))));
}

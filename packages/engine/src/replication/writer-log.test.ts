import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';
import { CopiesDurability } from './copies-durability.ts';
import { Stream } from './stream.ts';
import { Timeline } from './timeline.ts';
import { WriterLog } from './writer-log.ts';

const OUT_US = [400, 700] as const;

/** A writer and two copies, with nothing around them. */
class Cluster {
  readonly timeline = new Timeline(1, null, 0);
  readonly durability: CopiesDurability;
  readonly log: WriterLog;
  readonly streams: readonly Stream[];
  #flushUs = 0;
  running = true;

  constructor(acks: number) {
    const { timeline } = this;
    this.durability = new CopiesDurability(timeline, acks);
    const noChance = () => 0;
    this.log = new WriterLog({} as Node, timeline, this.durability, () => this.#flushUs);
    this.streams = OUT_US.map((us) => {
      const path = { latencyUs: () => us } as unknown as Path;
      return new Stream({
        feed: this.log,
        base: 0,
        appliedBase: 0,
        out: path,
        back: path,
        acknowledges: 'flushed',
        flush: () => 50,
        applyUs: null,
        random: noChance,
        fromUs: 0,
      });
    });
    this.durability.streams = this.streams;
  }

  write(atUs: number, flushUs: number): void {
    if (!this.running) return;
    this.#flushUs = flushUs;
    this.log.append(1, 1, atUs);
  }

  /** Changes something as the world does: fix what is under way, change, look again. */
  change(atUs: number, mutate: () => void): void {
    for (const stream of this.streams) stream.extend();
    mutate();
    if (this.running) this.log.reconsider(atUs);
  }

  crash(atUs: number): void {
    if (!this.running) return;
    this.running = false;
    for (const stream of this.streams) stream.disconnect(atUs, false);
    this.log.close(atUs);
    const flushed = this.timeline.flushedHead(atUs);
    this.timeline.truncate(flushed);
    for (const stream of this.streams) stream.truncateTo(flushed);
  }

  restart(atUs: number): void {
    this.running = true;
    for (const stream of this.streams) stream.connect(atUs);
  }
}

type Step =
  | { readonly what: 'write'; readonly flushUs: number }
  | { readonly what: 'cut' | 'mend'; readonly stream: number }
  | { readonly what: 'crash' | 'restart' }
  | { readonly what: 'acks'; readonly acks: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ what: fc.constant('write' as const), flushUs: fc.integer({ min: 0, max: 1_500 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom('cut' as const, 'mend' as const), stream: fc.nat({ max: 1 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('crash' as const, 'restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('acks' as const), acks: fc.nat({ max: 2 }) }) },
);

function take(cluster: Cluster, what: Step, atUs: number): void {
  switch (what.what) {
    case 'write':
      cluster.write(atUs, what.flushUs);
      return;
    case 'cut':
      cluster.change(atUs, () => cluster.streams[what.stream]?.disconnect(atUs, true));
      return;
    case 'mend':
      cluster.change(atUs, () => {
        if (cluster.running) cluster.streams[what.stream]?.connect(atUs);
      });
      return;
    case 'crash':
      cluster.change(atUs, () => cluster.crash(atUs));
      return;
    case 'restart':
      cluster.change(atUs, () => {
        if (!cluster.running) cluster.restart(atUs);
      });
      return;
    case 'acks':
      cluster.change(atUs, () => {
        cluster.durability.acks = what.acks;
      });
  }
}

describe("a writer's log", () => {
  it('calls nothing durable that the required copies did not hold then, and never takes it back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 1_200 }), step), { maxLength: 60 }), (steps) => {
        const cluster = new Cluster(1);
        const { timeline } = cluster;
        const durableAt: number[] = [];
        const heads: (readonly [atUs: number, head: number])[] = [];
        let nowUs = 0;
        let required = 1;
        for (const [gapUs, what] of steps) {
          nowUs += gapUs;
          // Everything that became durable since the last step did so under the conditions that held until now.
          for (let lsn = durableAt.length + 1; lsn <= timeline.durableHead(nowUs); lsn++) {
            const atUs = timeline.durableAtUs(lsn);
            const holders = cluster.streams.filter((stream) => stream.arrivesAtUs(lsn) <= atUs).length;
            expect(timeline.flushedAtUs(lsn)).toBeLessThanOrEqual(atUs);
            expect(holders).toBeGreaterThanOrEqual(required);
            durableAt.push(atUs);
          }
          take(cluster, what, nowUs);
          if (what.what === 'acks') required = what.acks;
          // The change decides anew only of what lies after it, even where it asks for fewer acknowledgements.
          heads.push([nowUs - 1, timeline.durableHead(nowUs - 1)]);
          expect(heads.map(([atUs]) => [atUs, timeline.durableHead(atUs)])).toEqual(heads);
          expect(durableAt.map((_, index) => timeline.durableAtUs(index + 1))).toEqual(durableAt);
        }
      }),
      { seed: 7, numRuns: 1_500 },
    );
  });

  it('forgets at a crash what was on its way to become durable', () => {
    const cluster = new Cluster(1);
    cluster.write(0, 100);
    expect(cluster.timeline.durableAtUs(1)).toBe(100 + 400 + 50 + 400);
    cluster.change(300, () => cluster.crash(300));
    expect(cluster.timeline.durableHead(10_000)).toBe(0);
    cluster.change(5_000, () => cluster.restart(5_000));
    expect(cluster.timeline.durableAtUs(1)).toBe(5_400);
  });

  it('loses the tail that was never flushed', () => {
    const cluster = new Cluster(1);
    cluster.write(0, 100);
    cluster.write(50, 900);
    cluster.change(300, () => cluster.crash(300));
    expect(cluster.timeline.head).toBe(1);
    expect(cluster.streams.map((stream) => stream.receivedHead(10_000))).toEqual([1, 1]);
  });
});

import { Agenda, RandomStreams } from '@faultline/clock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Network } from '../network/network.ts';
import type { Segment } from './segment.ts';
import { Timeline } from './timeline.ts';
import { SharedVolume } from './volume.ts';
import { WriterLog } from './writer-log.ts';

const AZS = ['az1', 'az2', 'az3'];
const SHARDS = 2;

/** A volume of two protection groups and its writer, with every observation that a law needs. */
class Bench {
  readonly agenda = new Agenda();
  readonly network = new Network(this.agenda, new RandomStreams('7'), []);
  readonly timeline = new Timeline(1, null, 0);
  readonly segments: readonly Segment[] = Array.from({ length: SHARDS }, (_, shard) =>
    AZS.flatMap((az) =>
      ['a', 'b'].map(
        (copy): Segment => ({
          id: `${shard}-${az}-${copy}`,
          shard,
          site: this.network.site(`${shard}-${az}-${copy}`, 'region', az),
          isFull: copy === 'a',
          up: true,
          epoch: 1,
        }),
      ),
    ),
  ).flat();
  readonly writerSite = this.network.site('writer', 'region', 'az1');
  readonly volume = new SharedVolume({
    segments: this.segments,
    shards: SHARDS,
    sizes: { write: 4, read: 3 },
    persist: (random) => 200 + Math.floor(random() * 800),
    random: new RandomStreams('7').stream('persist'),
    timeline: this.timeline,
    observed: true,
    routeTo: (segment) => ({
      out: this.network.path(this.writerSite, segment.site),
      back: this.network.path(segment.site, this.writerSite),
    }),
  });
  // No answer is asked for: the node and the agenda of an exchange are not needed.
  readonly log = new WriterLog({} as never, this.timeline, this.volume, null);
  readonly heals = new Map<string, () => void>();

  write(key: number): number {
    return this.log.append(key, this.timeline.head + 1, this.agenda.nowUs);
  }

  pass(us: number): void {
    this.agenda.runUntil(this.agenda.nowUs + us);
  }

  look(): void {
    this.volume.reconsider(this.agenda.nowUs);
    this.log.reconsider(this.agenda.nowUs);
  }

  cut(az: string): void {
    if (this.heals.has(az)) return;
    this.heals.set(
      az,
      this.network.disturb({ blocks: true, touches: (from, to) => (from.az === az) !== (to.az === az) }),
    );
    this.look();
  }

  heal(az: string): void {
    this.heals.get(az)?.();
    this.heals.delete(az);
    this.look();
  }

  reachableFrom(az: string): (segment: Segment) => boolean {
    const site = this.network.site(`probe-${az}`, 'region', az);
    return (segment) => this.network.path(site, segment.site).open && this.network.path(segment.site, site).open;
  }

  get durable(): number {
    return this.timeline.durableHead(this.agenda.nowUs);
  }
}

type Step =
  | { readonly do: 'write'; readonly key: number }
  | { readonly do: 'pass'; readonly us: number }
  | { readonly do: 'cut' | 'heal'; readonly az: string }
  | { readonly do: 'lose' | 'return' | 'replace'; readonly index: number };

const segmentIndex = fc.integer({ min: 0, max: SHARDS * 6 - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), key: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), us: fc.integer({ min: 1, max: 3000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'heal' as const), az: fc.constantFrom('az2', 'az3') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('lose' as const, 'return' as const, 'replace' as const),
      index: segmentIndex,
    }),
  },
);
const steps = fc.array(step, { minLength: 20, maxLength: 120 });

function take(bench: Bench, step: Step): void {
  switch (step.do) {
    case 'write':
      bench.write(step.key);
      return;
    case 'pass':
      bench.pass(step.us);
      return;
    case 'cut':
      bench.cut(step.az);
      return;
    case 'heal':
      bench.heal(step.az);
      return;
    case 'lose':
      (bench.segments[step.index] as Segment).up = false;
      bench.look();
      return;
    case 'return':
      (bench.segments[step.index] as Segment).up = true;
      bench.look();
      return;
    case 'replace': {
      const segment = bench.segments[step.index] as Segment;
      if (!segment.up) bench.volume.replace(segment);
      bench.look();
      return;
    }
  }
}

const durableInstants = (timeline: Timeline, head: number): readonly number[] =>
  Array.from({ length: head }, (_, index) => timeline.durableAtUs(index + 1));
const everything = (): boolean => true;
const always = { seed: 7, numRuns: 150 };

describe('a shared volume', () => {
  it('reports an entry durable when a fourth working segment has it, and not before (a full one is among the lost)', () => {
    const bench = new Bench();
    for (const index of [0, 1]) (bench.segments[index] as Segment).up = false;
    const lsn = bench.write(2);
    bench.pass(100_000);
    expect(bench.durable).toBe(lsn);
    (bench.segments[2] as Segment).up = false;
    bench.look();
    expect(bench.write(2)).toBe(lsn + 1);
    bench.pass(100_000);
    expect(bench.durable).toBe(lsn);
  });

  it('is content with all three full segments, and with no three others', () => {
    const [fulls, tails] = [true, false].map(
      (isFull) => (bench: Bench) =>
        bench.segments.filter((segment) => segment.shard === 0 && segment.isFull === isFull),
    ) as [(bench: Bench) => Segment[], (bench: Bench) => Segment[]];
    for (const [lose, isDurable, isReadable] of [
      [tails, true, true],
      [fulls, false, false],
      [(bench: Bench) => [...fulls(bench).slice(0, 1), ...tails(bench).slice(0, 2)], false, true],
    ] as const) {
      const bench = new Bench();
      for (const segment of lose(bench)) segment.up = false;
      const lsn = bench.write(2);
      bench.pass(100_000);
      expect(bench.durable).toBe(isDurable ? lsn : lsn - 1);
      expect(bench.volume.hasShardQuorum(0, 'write', everything)).toBe(isDurable);
      expect(bench.volume.hasShardQuorum(0, 'read', everything)).toBe(isReadable);
    }
  });

  it('only makes durable what four working segments of its protection group could hold at that time', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const bench = new Bench();
        for (const each of sequence) {
          const before = bench.durable;
          const lacking = Array.from(
            { length: SHARDS },
            (_, shard) => !bench.volume.hasShardQuorum(shard, 'write', everything),
          );
          take(bench, each);
          // While time passes nothing changes but that what is under way arrives.
          if (each.do !== 'pass') continue;
          for (let lsn = before + 1; lsn <= bench.durable; lsn++)
            expect(lacking[bench.timeline.key(lsn) % SHARDS]).toBe(false);
        }
      }),
      always,
    );
  });

  it('never changes the past: what was durable stays so, at the same instant', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const bench = new Bench();
        let known: readonly number[] = [];
        for (const each of sequence) {
          take(bench, each);
          expect(durableInstants(bench.timeline, known.length)).toEqual(known);
          known = durableInstants(bench.timeline, bench.durable);
        }
      }),
      always,
    );
  });

  it('makes nothing durable in the past, and keeps the order of the log', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const bench = new Bench();
        for (const each of sequence) {
          const before = bench.durable;
          take(bench, each);
          const instants = durableInstants(bench.timeline, bench.durable);
          expect(instants).toEqual(instants.toSorted((a, b) => a - b));
          if (each.do !== 'pass') expect(bench.durable).toBe(before);
        }
      }),
      always,
    );
  });

  it('loses nothing durable with an AZ and one more segment: a read quorum finds it all', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...AZS), segmentIndex, (sequence, az, extra) => {
        const bench = new Bench();
        for (const each of sequence) if (each.do === 'write' || each.do === 'pass') take(bench, each);
        const durable = bench.durable;
        const lost = (segment: Segment): boolean => segment.site.az === az || segment === bench.segments[extra];
        bench.volume.senderStopped(bench.agenda.nowUs);
        expect(bench.volume.hasQuorum('read', (segment) => !lost(segment))).toBe(true);
        expect(bench.volume.recoverableHead(bench.agenda.nowUs, (segment) => !lost(segment))).toBeGreaterThanOrEqual(
          durable,
        );
      }),
      always,
    );
  });

  it('recovers no less than was durable wherever a read quorum is left, and no more than was written', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...AZS), (sequence, az) => {
        const bench = new Bench();
        for (const each of sequence) {
          take(bench, each);
          const reaches = bench.reachableFrom(az);
          if (!bench.volume.hasQuorum('read', reaches)) continue;
          const head = bench.volume.recoverableHead(bench.agenda.nowUs, reaches);
          expect(head).toBeGreaterThanOrEqual(bench.durable);
          expect(head).toBeLessThanOrEqual(bench.timeline.head);
        }
      }),
      always,
    );
  });

  /**
   * A former writer may still reach two segments that have not heard of the new epoch. With acknowledgements from
   * before they can complete a quorum; then a segment that the recovery reads had the entry too, as 4 + 4 > 6.
   */
  it('acknowledges to a writer with an old epoch nothing new, and nothing that the recovery has not found', () => {
    fc.assert(
      fc.property(steps, steps, fc.constantFrom('az2', 'az3'), (before, after, az) => {
        const bench = new Bench();
        for (const each of before) take(bench, each);
        bench.cut('az1');
        for (const segment of bench.segments) segment.up = true;
        for (const other of ['az2', 'az3']) bench.heal(other);
        const reaches = bench.reachableFrom(az);
        expect(bench.volume.hasQuorum('write', reaches)).toBe(true);
        bench.volume.raiseEpoch(bench.agenda.nowUs, reaches);
        bench.log.reconsider(bench.agenda.nowUs);
        const recovered = bench.volume.recoverableHead(bench.agenda.nowUs, reaches);
        expect(recovered).toBeGreaterThanOrEqual(bench.durable);
        bench.heal('az1');
        for (const each of after) if (each.do === 'write' || each.do === 'pass') take(bench, each);
        bench.pass(1_000_000);
        expect(bench.durable).toBeLessThanOrEqual(recovered);
      }),
      always,
    );
  });

  it('sends nothing again for a writer that is gone', () => {
    const bench = new Bench();
    bench.cut('az2');
    bench.cut('az3');
    const lsn = bench.write(2);
    bench.pass(10_000);
    bench.volume.senderStopped(bench.agenda.nowUs);
    bench.heal('az2');
    bench.heal('az3');
    bench.pass(1_000_000);
    expect(bench.durable).toBe(lsn - 1);
    const beyondAz1 = (segment: Segment): boolean => segment.site.az !== 'az1';
    expect(bench.volume.recoverableHead(bench.agenda.nowUs, beyondAz1)).toBe(lsn - 1);
    expect(bench.volume.recoverableHead(bench.agenda.nowUs, everything)).toBe(lsn);
  });

  it('gives the next writer the newest epoch, and a quorum again', () => {
    const bench = new Bench();
    bench.write(2);
    bench.pass(100_000);
    bench.volume.raiseEpoch(bench.agenda.nowUs, everything);
    const next = new Timeline(2, bench.timeline, bench.volume.recoverableHead(bench.agenda.nowUs, everything));
    bench.volume.moveTo(next, (segment) => ({
      out: bench.network.path(bench.writerSite, segment.site),
      back: bench.network.path(segment.site, bench.writerSite),
    }));
    const log = new WriterLog({} as never, next, bench.volume, null);
    const lsn = log.append(4, 2, bench.agenda.nowUs);
    bench.pass(100_000);
    expect(next.durableHead(bench.agenda.nowUs)).toBe(lsn);
  });
});

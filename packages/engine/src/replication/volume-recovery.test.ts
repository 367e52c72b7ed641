import { Agenda, RandomStreams } from '@faultline/clock';
import type { LogReplication, NodeLayout, Quantity } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { Network } from '../network/network.ts';
import { Node } from '../nodes/node.ts';
import { Recorder } from '../recorder.ts';
import type { PlaneContext } from './plane.ts';
import { Timeline } from './timeline.ts';
import { VolumeRecovery } from './volume-recovery.ts';
import { WriterLog } from './writer-log.ts';

const AZS = ['az1', 'az2', 'az3'];
const number = (value: number): Quantity => ({
  value,
  unit: '',
  meaning: '',
  source: 'test',
  date: '2026-11',
  grade: 'assumed',
});

/** A cluster of two instances, in az1 and az2, on a volume of one protection group. */
class Bench {
  readonly agenda = new Agenda();
  readonly network = new Network(this.agenda, new RandomStreams('7'), []);
  readonly told: string[] = [];
  readonly timeline = new Timeline(1, null, 0);
  readonly writer = this.#node('writer', 'az1');
  readonly reader = this.#node('reader', 'az2');
  readonly volume: VolumeRecovery;
  readonly log: WriterLog;

  constructor() {
    const context: PlaneContext = {
      database: 'db',
      agenda: this.agenda,
      streams: new RandomStreams('7'),
      network: this.network,
      recorder: new Recorder(),
      nodes: new Map([
        ['writer', this.writer],
        ['reader', this.reader],
      ]),
      observed: true,
      tell: (fact) => this.told.push(fact),
      tellOf: () => {},
      change: (mutate: () => void) => mutate(),
      timing: () => () => 0,
    };
    const layout: LogReplication = {
      rule: 'log',
      writer: 'writer',
      volume: 'shared',
      acks: 4,
      readQuorum: 3,
      shards: 1,
      streams: AZS.flatMap((az) =>
        ['a', 'b'].map((copy) => ({
          to: `${az}-${copy}`,
          az,
          region: 'region',
          durable: true,
          replays: false,
          shard: 0,
        })),
      ),
      flush: number(500),
      apply: number(0),
      rebuildSlowdown: number(1),
      recovery: {
        checkpointInterval: number(1),
        redoRate: number(1),
        bytesPerWrite: number(1),
        backgroundLog: number(1),
      },
    };
    this.volume = new VolumeRecovery(context, layout, this.timeline);
    this.log = new WriterLog(this.writer, this.timeline, this.volume.durability, null);
  }

  isolate(az: string): () => void {
    const heal = this.network.disturb({ blocks: true, touches: (from, to) => (from.az === az) !== (to.az === az) });
    this.look();
    return () => {
      heal();
      this.look();
    };
  }

  look(): void {
    this.volume.reconsider();
    this.log.reconsider(this.agenda.nowUs);
  }

  pass(us: number): void {
    this.agenda.runUntil(this.agenda.nowUs + us);
  }

  write(): number {
    return this.log.append(1, this.timeline.head + 1, this.agenda.nowUs);
  }

  #node(id: string, az: string): Node {
    const layout: NodeLayout = { id, az, region: 'region', role: id, readable: true, writable: id === 'writer' };
    return new Node('db', layout, this.network.site(id, 'region', az), new Recorder());
  }
}

describe('recovery of a shared volume', () => {
  it('first shuts the former writer out, then takes its time, and finds all that was durable', () => {
    const bench = new Bench();
    const lsn = bench.write();
    bench.pass(100_000);
    bench.volume.begin('reader', 2_000_000, bench.log);
    expect(bench.told).toEqual(['VOLUME_FENCED']);
    bench.pass(2_000_000);
    expect(bench.told).toEqual(['VOLUME_FENCED', 'VOLUME_RECOVERED']);
    expect(bench.volume.recoveredHead()).toBe(lsn);
  });

  it('waits for both quorums', () => {
    const bench = new Bench();
    const heals = ['az2-a', 'az2-b', 'az3-a'].map((id) => bench.volume.failures.fail(id));
    bench.told.length = 0;
    bench.volume.begin('reader', 1_000, bench.log);
    bench.pass(60_000_000);
    expect(bench.told).toEqual([]);
    heals[0]?.();
    bench.look();
    bench.pass(1_000);
    expect(bench.told).toEqual(['SEGMENT_RETURNED', 'VOLUME_FENCED', 'VOLUME_RECOVERED']);
  });

  it('begins again when a quorum is lost on the way', () => {
    const bench = new Bench();
    bench.volume.begin('reader', 1_000_000, bench.log);
    const heals = ['az2-a', 'az2-b', 'az3-a'].map((id) => bench.volume.failures.fail(id));
    bench.pass(2_000_000);
    expect(bench.told).not.toContain('VOLUME_RECOVERED');
    heals[0]?.();
    bench.look();
    bench.pass(1_000_000);
    expect(bench.told).toContain('VOLUME_RECOVERED');
  });

  it('gives the same writer its log back without what never reached a quorum nor a segment', () => {
    const bench = new Bench();
    const durable = bench.write();
    bench.pass(100_000);
    const heal = bench.isolate('az1');
    bench.volume.failures.fail('az1-a');
    bench.volume.failures.fail('az1-b');
    bench.look();
    bench.write();
    bench.volume.senderStopped(bench.writer);
    heal();
    bench.volume.begin('writer', 1_000, bench.log);
    bench.pass(1_000);
    expect(bench.timeline.head).toBe(durable);
    expect(bench.write()).toBe(durable + 1);
    bench.pass(100_000);
    expect(bench.timeline.durableHead(bench.agenda.nowUs)).toBe(durable + 1);
  });

  it('is told to a former writer by segments that know, and not by those that were cut off with it', () => {
    const bench = new Bench();
    const heal = bench.isolate('az1');
    bench.volume.begin('reader', 1_000, bench.log);
    expect(bench.volume.refuses(bench.writer)).toBe(false);
    bench.write();
    bench.pass(1_000_000);
    expect(bench.timeline.durableHead(bench.agenda.nowUs)).toBe(0);
    heal();
    expect(bench.volume.refuses(bench.writer)).toBe(true);
    expect(bench.volume.durability.segments.every((segment) => segment.epoch === 2)).toBe(true);
    bench.pass(1_000_000);
    expect(bench.timeline.durableHead(bench.agenda.nowUs)).toBe(0);
  });
});

describe('a lost segment', () => {
  it('is told once, however many faults hit it, and returns when the last heals', () => {
    const bench = new Bench();
    const [first, second] = [bench.volume.failures.fail('az1-a'), bench.volume.failures.fail('az1-a')];
    first();
    expect(bench.told).toEqual(['SEGMENT_LOST']);
    second();
    expect(bench.told).toEqual(['SEGMENT_LOST', 'SEGMENT_RETURNED']);
  });

  it('is replaced for good: the fault that hit the old one heals nothing', () => {
    const bench = new Bench();
    const heal = bench.volume.failures.fail('az1-a');
    bench.volume.failures.replace('az1-a');
    const healSecond = bench.volume.failures.fail('az1-a');
    heal();
    expect(bench.told).toEqual(['SEGMENT_LOST', 'SEGMENT_REPLACED', 'SEGMENT_LOST']);
    healSecond();
    expect(bench.told.at(-1)).toBe('SEGMENT_RETURNED');
  });

  it('cannot be filled without a read quorum of peers, and is as soon as there is one', () => {
    const bench = new Bench();
    const heals = ['az1-a', 'az1-b', 'az2-a', 'az2-b'].map((id) => bench.volume.failures.fail(id));
    bench.volume.failures.replace('az1-a');
    expect(bench.told).not.toContain('SEGMENT_REPLACED');
    heals[3]?.();
    bench.look();
    expect(bench.told.slice(-2)).toEqual(['SEGMENT_RETURNED', 'SEGMENT_REPLACED']);
  });

  it('does not come back with what it never had: a replaced segment is sent open writes again', () => {
    const bench = new Bench();
    for (const id of ['az3-a', 'az3-b', 'az2-a']) bench.volume.failures.fail(id);
    bench.look();
    const lsn = bench.write();
    bench.pass(1_000_000);
    expect(bench.timeline.durableHead(bench.agenda.nowUs)).toBe(lsn - 1);
    bench.volume.failures.replace('az2-a');
    bench.look();
    bench.pass(1_000_000);
    expect(bench.timeline.durableHead(bench.agenda.nowUs)).toBe(lsn);
  });
});

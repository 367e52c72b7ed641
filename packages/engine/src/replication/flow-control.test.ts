import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Copy } from './copy.ts';
import { FlowControl } from './flow-control.ts';
import { Timeline } from './timeline.ts';

const LIMIT_US = 10_000_000;
const DURABLE_AFTER_US = 3_000;

/** A reader that applies what is durable at once, unless it is stalled. */
class Reader {
  readonly replays = true;
  readonly timeline: Timeline;
  readonly stream = { connected: true };
  isStalled = false;
  #applied = 0;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  appliedHead(nowUs: number): number {
    if (!this.isStalled && this.stream.connected) this.#applied = this.timeline.durableHead(nowUs);
    return this.#applied;
  }

  /** Made again from nothing. */
  empty(): void {
    this.#applied = 0;
  }
}

class Bench {
  readonly timeline = new Timeline(1, null, 0);
  readonly readers = [new Reader(this.timeline), new Reader(this.timeline)] as const;
  revision = 0;
  nowUs = 0;
  readonly control = this.#flowControl();

  all(): readonly Copy[] {
    return this.readers as unknown as readonly Copy[];
  }

  write(): void {
    this.timeline.append(1, 1, this.nowUs, this.nowUs);
    this.timeline.durableAt.push(this.nowUs + DURABLE_AFTER_US);
  }

  /** By one that was asked all the time, and by one that has to look. */
  heldBackUs(): readonly [asked: number, looked: number] {
    return [this.control.heldBackUs(this.nowUs), this.#flowControl().heldBackUs(this.nowUs)];
  }

  #flowControl(): FlowControl {
    return new FlowControl(LIMIT_US, this, { timeline: this.timeline });
  }
}

describe('flow control', () => {
  it('holds back as if it had looked at the copies for every write', () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 1, max: 6_000 }),
      happens: fc.constantFrom('write', 'write', 'write', 'stall', 'resume', 'cut', 'connect', 'rebuild'),
      reader: fc.constantFrom(0, 1),
    } as const);
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const bench = new Bench();
        for (const { afterMs, happens, reader: place } of steps) {
          bench.nowUs += afterMs * 1_000;
          const reader = bench.readers[place];
          if (happens === 'write') {
            const [asked, looked] = bench.heldBackUs();
            expect(asked).toBe(looked);
            seen.add(asked > 0);
            bench.write();
          } else if (happens === 'stall' || happens === 'resume') {
            // Applied as far as it came: what is stalled later is not what it has.
            reader.appliedHead(bench.nowUs);
            reader.isStalled = happens === 'stall';
          } else {
            bench.revision++;
            if (happens === 'rebuild') reader.empty();
            else reader.stream.connected = happens === 'connect';
          }
        }
      }),
      { seed: 7, numRuns: 200 },
    );
    expect([...seen].sort()).toEqual([false, true]);
  });

  it('delays a commit by a thousandth of what a reader is behind beyond the limit, and by a second at the most', () => {
    const bench = new Bench();
    bench.readers[0].isStalled = true;
    bench.write();
    const heldBackAfter = (us: number): number => {
      bench.nowUs = us;
      return bench.heldBackUs()[0];
    };
    expect([LIMIT_US, LIMIT_US + 2_000_000, 1e10].map(heldBackAfter)).toEqual([0, 2_000, 1_000_000]);
  });
});

import { simulate } from '@faultline/engine';
import { measure } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { digestOf } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { Backlog } from './backlog.ts';
import { PrefixCheck } from './prefix-check.ts';
import { Recording } from './recording.ts';
import { TraceReader } from './trace-reader.ts';

const parsed = parseScenario(SHORT_SCENARIO, 'short', kinds);
if (!parsed.ok) throw new Error('the short scenario can be read');
const { scenario } = parsed;
const plenty = { records: 1e6, bytes: 1e9 };

/** Both are simulated to their ends, and tell the same everywhere. */
function expectSame(one: Recording, other: Recording): void {
  expect(one.result).not.toBeNull();
  expect(one.result).toEqual(other.result);
  const [reader, otherReader] = [new TraceReader(one.store), new TraceReader(other.store)];
  expect(reader.lines(0, 1e9)).toEqual(otherReader.lines(0, 1e9));
  for (const atUs of [0, 15_000_000, 30_000_000, 31_000_000, 100_000_000])
    expect(reader.viewAt(atUs)).toEqual(otherReader.viewAt(atUs));
}

function hurriedToEnd(recording: Recording): Recording {
  recording.advance(() => false);
  return recording;
}

describe('a recording', () => {
  it('measures what faultline run measures, in whatever slices it is made', () => {
    const recording = new Recording(scenario, plenty);
    let slices = 0;
    while (!recording.done) {
      recording.advance(() => true);
      slices++;
    }
    expect(slices).toBeGreaterThan(20);
    const trace = [...simulate(scenario, kinds)];
    expect(recording.result?.digest).toBe(digestOf(trace));
    expect(recording.result?.metrics).toEqual(measure(trace));
    expect(recording.result?.held).toBe(true);
  });

  it('knows all records up to where it says that it has got, at any time', () => {
    const recording = new Recording(scenario, plenty);
    const trace = [...simulate(scenario, kinds)];
    while (!recording.done) {
      const { reachedUs, store } = recording;
      expect(store.seqAfter(reachedUs)).toBe(
        reachedUs === 0 ? store.seqAfter(0) : trace.filter(({ atUs }) => atUs <= reachedUs).length,
      );
      recording.advance(() => true);
    }
    expect(recording.reachedUs).toBe(scenario.horizonUs);
  });

  it('shows and measures the same when somebody is in a hurry, now and then or all the time', () => {
    const calm = new Recording(scenario, plenty);
    calm.advance(() => false);
    for (const isHurried of [() => true, (turn: number) => turn % 7 < 3]) {
      const backlog = new Backlog();
      const hurried = new Recording(scenario, plenty, { backlog });
      const reader = new TraceReader(hurried.store);
      for (let turn = 0; !hurried.done; turn++) {
        hurried.advance(() => true, isHurried(turn));
        expect(hurried.measuredToUs).toBeLessThanOrEqual(hurried.reachedUs);
        const { seq, view } = reader.viewAt(hurried.reachedUs);
        expect(view.records).toBe(seq);
      }
      expectSame(hurried, calm);
      expect(backlog.records).toBe(0);
    }
  });

  it('in a hurry is simulated to an instant before anything of it is written down, as far as there is room', () => {
    const hurried = new Recording(scenario, plenty);
    hurried.advance(() => hurried.reachedUs > 90_000_000, true);
    expect([hurried.store.bytes, hurried.measuredToUs]).toEqual([0, 0]);
    const backlog = new Backlog(1_000);
    const bounded = new Recording(scenario, plenty, { backlog });
    bounded.advance(() => {
      expect(backlog.records).toBeLessThan(2_100);
      return false;
    }, true);
    expectSame(bounded, hurriedToEnd(hurried));
  });

  it('is written down without being simulated further', () => {
    const backlog = new Backlog();
    const left = new Recording(scenario, plenty, { backlog });
    left.advance(() => left.reachedUs > 90_000_000, true);
    const { reachedUs } = left;
    while (left.writeDown(() => true));
    expect(left.reachedUs).toBe(reachedUs);
    expect(left.measuredToUs).toBeGreaterThan(50_000_000);
    // What may still grow is not written.
    expect(backlog.records).toBeLessThan(1_000);
    const calm = new Recording(scenario, plenty);
    calm.advance(() => false);
    expectSame(hurriedToEnd(left), calm);
  });

  it('that is given up leaves nothing behind', () => {
    const backlog = new Backlog();
    const given = new Recording(scenario, plenty, { backlog });
    given.advance(() => given.reachedUs > 50_000_000, true);
    expect(backlog.records).toBeGreaterThan(500);
    given.drop();
    expect(backlog.records).toBe(0);
  });

  it('stops at its bounds and says so; what there is can be shown', () => {
    const recording = new Recording(scenario, { records: 500, bytes: 1e9 });
    recording.advance(() => false);
    expect(recording.stopped).toContain('500 records');
    expect([recording.done, recording.result, recording.store.records]).toEqual([true, null, 500]);
    expect(new TraceReader(recording.store).viewAt(recording.reachedUs).view.nowUs).toBeGreaterThan(1_000_000);
  });

  it.each([0, 1, 29_000_000, 30_000_000, 99_000_000])(
    'goes on from another run at %i as it would by itself',
    (beforeUs) => {
      const old = new Recording(scenario, plenty);
      old.advance(() => false);
      const changed = parseScenario(
        SHORT_SCENARIO.replace(
          /\n\nexpect:/,
          `\n  - { at: ${beforeUs}us, fail: use1-az2, cause: az-isolated }\n\nexpect:`,
        ),
        'changed',
        kinds,
      );
      if (!changed.ok) throw new Error(changed.problems[0]?.found);
      const told: string[] = [];
      const alone = new Recording(changed.scenario, plenty);
      const past = new PrefixCheck(old, beforeUs, (message) => told.push(message));
      const shared = new Recording(changed.scenario, plenty, { past });
      for (const recording of [alone, shared]) recording.advance(() => false);
      expect(told).toEqual([]);
      expectSame(shared, alone);
    },
  );
});

import { simulate } from '@faultline/engine';
import { measure } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { digestOf } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { Recording } from './recording.ts';

const parsed = parseScenario(SHORT_SCENARIO, 'short', kinds);
if (!parsed.ok) throw new Error('the short scenario can be read');
const { scenario } = parsed;
const plenty = { records: 1e6, bytes: 1e9 };

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

  it('stops at its bounds and says so; what there is can be shown', () => {
    const recording = new Recording(scenario, { records: 500, bytes: 1e9 });
    recording.advance(() => false);
    expect(recording.stopped).toContain('500 records');
    expect([recording.done, recording.result, recording.store.records]).toEqual([true, null, 500]);
    expect(recording.store.viewAt(recording.reachedUs).view.nowUs).toBeGreaterThan(1_000_000);
  });

  it('shows every line to its witness', () => {
    const seen: string[] = [];
    const recording = new Recording(scenario, plenty, (seq, line) => {
      expect(seq).toBe(seen.length);
      seen.push(line);
    });
    recording.advance(() => false);
    expect(seen).toEqual(recording.store.lines(0, recording.store.records));
  });
});

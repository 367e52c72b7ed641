import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { Backlog } from './backlog.ts';
import type { Recording } from './recording.ts';
import { Recordings } from './recordings.ts';

const PLENTY = { bytesPerRun: 1e9, keptRuns: 1_000, keptBytes: 1e9 };

function scenario(seed: string): Scenario {
  const parsed = parseScenario(SHORT_SCENARIO.replace('seed: 7', `seed: ${seed}`), 'short', kinds);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
  return parsed.scenario;
}

/** Somebody watches the run to its end, and goes. */
function watched(recordings: Recordings, seed: string): Recording {
  const recording = recordings.open(scenario(seed));
  recording.advance(() => false);
  recordings.close(recording);
  return recording;
}

describe('the runs of a server', () => {
  it('are one for all who play the same scenario and seed, and another for another seed', () => {
    const recordings = new Recordings(PLENTY);
    const first = recordings.open(scenario('7'));
    expect(recordings.open(scenario('7'))).toBe(first);
    expect(recordings.open(scenario('8'))).not.toBe(first);
    expect([recordings.count, recordings.reused]).toEqual([2, 1]);
  });

  it('stay while anybody plays them, though another one goes', () => {
    const recordings = new Recordings({ ...PLENTY, keptBytes: 0 });
    const run = recordings.open(scenario('7'));
    recordings.open(scenario('7'));
    recordings.close(run);
    expect(recordings.count).toBe(1);
    recordings.close(run);
    expect(recordings.count).toBe(0);
  });

  it('are kept when they are finished; one that is not is given up with the last who plays it', () => {
    const backlog = new Backlog();
    const recordings = new Recordings(PLENTY, backlog);
    const finished = watched(recordings, '7');
    expect(recordings.open(scenario('7'))).toBe(finished);
    const unfinished = recordings.open(scenario('8'));
    unfinished.advance(() => true, true);
    expect(backlog.records).toBeGreaterThan(0);
    recordings.close(unfinished);
    expect([recordings.count, backlog.records]).toEqual([1, 0]);
    expect(recordings.open(scenario('8'))).not.toBe(unfinished);
  });

  it('go when there is no room: those first that were used longest ago, never one that is played', () => {
    const small = new Recordings({ ...PLENTY, keptRuns: 2 });
    const played = small.open(scenario('1'));
    played.advance(() => false);
    const [second, third] = [watched(small, '2'), watched(small, '3')];
    // The second is used once more, so that the third goes.
    expect(watched(small, '2')).toBe(second);
    watched(small, '4');
    expect(small.count).toBe(3);
    expect(small.open(scenario('1'))).toBe(played);
    expect(small.open(scenario('2'))).toBe(second);
    expect(small.open(scenario('3'))).not.toBe(third);
  });
});

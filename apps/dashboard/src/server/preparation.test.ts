import { describe, expect, it } from 'vitest';
import { Scenarios } from './catalogue.ts';
import { defaultLimits } from './limits.ts';
import { Preparation } from './preparation.ts';
import { Recordings } from './recording/recordings.ts';
import { scenarioOf } from './session/scenario-source.ts';
import { SHORT_SCENARIO } from './testing/short-scenario.ts';

const named = (name: string, text = SHORT_SCENARIO) =>
  [name, text.replace('scenario: short', `scenario: ${name}`)] as const;
const LONG = SHORT_SCENARIO.replace('horizon: 100s', 'horizon: 1h');
const scenarios = new Scenarios(
  new Map([named('first'), named('second'), named('long', LONG), ['broken', 'scenario: ['], named('last')]),
);

/** What is ready after all of it, by name. */
function preparedWith(bytes: number): readonly string[] {
  const recordings = new Recordings(defaultLimits);
  const preparation = new Preparation(scenarios, recordings, bytes);
  while (preparation.hasWork) preparation.work(() => true);
  expect([recordings.count, recordings.backlogRecords]).toEqual([preparation.done, 0]);
  return scenarios.names().filter((name) => {
    if (name === 'broken') return false;
    const { scenario } = scenarioOf(scenarios, { type: 'load', name });
    const before = recordings.reused;
    recordings.open(scenario);
    return recordings.reused > before;
  });
}

describe('what is simulated before anybody asks for it', () => {
  it('is what the page would load, as far as there is room; what is large or broken is passed over', () => {
    expect(preparedWith(1e9)).toEqual(['first', 'second', 'long', 'last']);
    expect(preparedWith(1e6)).toEqual(['first', 'second', 'last']);
    expect(preparedWith(200_000)).toEqual(['first']);
    expect(preparedWith(0)).toEqual([]);
  });

  it('is urgent until the opening is ready, and can be given up', () => {
    const recordings = new Recordings(defaultLimits);
    const preparation = new Preparation(scenarios, recordings, 1e9);
    expect(preparation.isUrgent).toBe(true);
    while (preparation.isUrgent) preparation.work(() => true);
    expect([preparation.done, preparation.hasWork, recordings.count]).toEqual([1, true, 1]);
    preparation.work(() => true);
    expect(recordings.count).toBe(2);
    preparation.close();
    expect([preparation.hasWork, recordings.count]).toEqual([false, 1]);
  });
});

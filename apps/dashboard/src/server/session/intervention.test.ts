import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { canonicalLine, digestOf } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { TraceReader } from '../recording/trace-reader.ts';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { WatchedSession } from '../testing/watched-session.ts';

const SECOND_US = 1_000_000;

/** At 10.0006 s of a run without faults of its own. */
function quiet(): WatchedSession {
  const yaml = SHORT_SCENARIO.replace(/faults:\n.*\n/, '');
  return new WatchedSession()
    .say({ type: 'load', yaml, paused: true }, { type: 'seek', atUs: 10_000_600 })
    .simulate()
    .pass(33);
}

function replayDigest(yaml: string): string {
  const parsed = parseScenario(yaml, 'saved', kinds);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
  return digestOf(simulate(parsed.scenario, kinds));
}

describe('breaking things by hand', () => {
  it('takes effect at the next millisecond, and what was shown before stays true', () => {
    const watched = quiet();
    const before = watched.session.stage.lanes[0]?.recording;
    watched.say({ type: 'inject', cause: 'host-failure', target: 'orders.primary' }).simulate().pass(33);
    const after = watched.session.stage.lanes[0]?.recording;
    expect(watched.page.view.faults).toMatchObject([{ cause: 'host-failure', startedAtUs: 10_001_000 }]);
    const seq = before?.store.seqAfter(10_000_999) ?? 0;
    expect(seq).toBeGreaterThan(200);
    const linesOf = (recording: typeof before) => new TraceReader(recording!.store).lines(1, seq);
    expect(linesOf(after)).toEqual(linesOf(before));
    expect(watched.page.last('loaded')).toMatchObject({ run: 2, reason: 'intervention' });
    expect(watched.faultsOfOurs).toEqual([]);
  });

  it('saves a scenario whose replay has the digest of the session, whatever was done', () => {
    const watched = quiet()
      .say({ type: 'inject', cause: 'link-slow', target: 'use1-az1 <-> use1-az2', options: { factor: 20 } })
      .simulate()
      .say({ type: 'play', speed: 10 })
      .pass(500)
      .say({ type: 'inject', cause: 'host-failure', target: 'orders.primary' })
      .simulate()
      .pass(1_000)
      .say({ type: 'heal', fault: 0 })
      .simulate()
      .pass(3_000)
      .say({ type: 'request', request: 'reboot-with-failover', of: 'orders' })
      .simulate()
      .pass(330)
      .say({ type: 'save' });
    expect(watched.page.all('problem')).toEqual([]);
    expect(watched.page.last('loaded').run).toBe(5);
    const { yaml, digest, command } = watched.page.last('saved');
    expect(replayDigest(yaml)).toBe(digest);
    expect(watched.page.last('measured').digest).toBe(digest);
    expect(command).toContain(`faultline run short.yaml --seed 7`);
    expect(watched.faultsOfOurs).toEqual([]);
  });

  it('answers a save when the run is simulated to its end', () => {
    const watched = new WatchedSession().say({ type: 'load', name: 'short' }, { type: 'save' }).pass(33);
    expect(watched.page.all('saved')).toEqual([]);
    watched.simulate().pass(33);
    expect(replayDigest(watched.page.last('saved').yaml)).toBe(watched.page.last('saved').digest);
  });

  it('heals what lasts, once', () => {
    const watched = quiet().say({ type: 'inject', cause: 'az-isolated', target: 'use1-az1' }).simulate().pass(33);
    expect(watched.page.view.faults).toHaveLength(1);
    watched
      .say({ type: 'seek', atUs: 20 * SECOND_US })
      .pass(33)
      .say({ type: 'heal', fault: 0 })
      .simulate()
      .pass(33);
    expect(watched.page.view.faults).toEqual([]);
    watched.say({ type: 'heal', fault: 0 });
    expect(watched.page.last('problem')).toMatchObject({
      where: 'intervention',
      text: expect.stringContaining('healed'),
    });
  });

  it.each([
    [{ type: 'inject', cause: 'host-failure', target: 'orders.primry' }, 'orders.primary'],
    [{ type: 'inject', cause: 'meteor', target: 'orders.primary' }, 'does not exist'],
    [
      { type: 'inject', cause: 'link-slow', target: 'use1-az1 -> use1-az2', options: { factor: -1 } },
      'found the number `-1`',
    ],
    [{ type: 'inject', cause: 'process-crash', target: 'orders.primary', forUs: 1_000_000 }, 'over in an instant'],
    [{ type: 'request', request: 'levitate', of: 'orders' }, 'reboot-with-failover'],
    [{ type: 'heal', fault: 3 }, 'no fault 3'],
  ] as const)('refuses %j with a reason, and goes on', (message, reason) => {
    const watched = quiet().say(message).pass(33);
    expect(watched.page.last('problem')).toMatchObject({
      where: 'intervention',
      text: expect.stringContaining(reason),
    });
    expect(watched.page.last('loaded').run).toBe(1);
  });

  it('refuses more faults than a session may have', () => {
    const watched = new WatchedSession({ faults: 3 });
    watched.say({ type: 'load', name: 'short', paused: true }).simulate().pass(33);
    for (let click = 0; click < 5; click++)
      watched.say({ type: 'inject', cause: 'process-crash', target: 'orders.primary' });
    expect(watched.page.last('loaded').run).toBe(3);
    expect(watched.page.last('problem').text).toContain('found 4 faults, expected at most 3');
  });

  it('sends the same records up to the change to a page that watches throughout', () => {
    const watched = new WatchedSession().say({ type: 'load', name: 'short' }, { type: 'play', speed: 10 });
    watched.simulate().pass(2_000).say({ type: 'inject', cause: 'az-isolated', target: 'use1-az2' });
    watched.simulate().pass(9_000).say({ type: 'save' });
    const parsed = parseScenario(watched.page.last('saved').yaml, 'saved', kinds);
    if (!parsed.ok) throw new Error('a saved scenario can be read');
    // The page saw the header of the run before, and every other record once.
    const replayed = [...simulate(parsed.scenario, kinds)].slice(1);
    const seen = watched.page.records.filter(({ type }) => type !== 'header');
    expect(seen.map(canonicalLine)).toEqual(replayed.map(canonicalLine));
  });
});

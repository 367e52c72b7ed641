import { kinds } from '@faultline/models';
import { inProcessExecutor } from '@faultline/study';
import { describe, expect, it } from 'vitest';
import { Scenarios } from '../catalogue.ts';
import { defaultLimits } from '../limits.ts';
import { Recordings } from '../recording/recordings.ts';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { WatchingPage } from '../testing/watched-session.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';

/** Long enough to keep every slice busy. */
const LONG = SHORT_SCENARIO.replace('horizon: 100s', 'horizon: 8m');

function manySessions(count: number): { readonly sessions: Sessions; readonly each: readonly Session[] } {
  const sessions = new Sessions({
    scenarios: new Scenarios(new Map([['long', LONG]])),
    limits: defaultLimits,
    recordings: new Recordings(defaultLimits),
    executor: () => inProcessExecutor(kinds),
    report: (message) => {
      throw new Error(message);
    },
  });
  const each = Array.from({ length: count }, (_, place) => {
    const session = sessions.open(0);
    session.attach(new WatchingPage(), null);
    // Each its own run, of the same length: one that is the same is simulated once.
    session.handle({ type: 'load', yaml: LONG.replace('scenario: short', `scenario: short-${place}`) });
    return session;
  });
  return { sessions, each };
}

/** A clock by which every look takes 2 ms, so that a slice is a few strides of records. */
function slowClock(): () => number {
  let atMs = 0;
  return () => {
    atMs += 2;
    return atMs;
  };
}

const recordsOf = (session: Session): number => session.stage.lanes[0]?.recording.store.records ?? 0;

describe('turns', () => {
  it('go to all sessions alike that play alike', () => {
    const { sessions, each } = manySessions(20);
    const nowMs = slowClock();
    for (let turn = 0; turn < 200; turn++) sessions.work(nowMs);
    // Ten slices for each, of three strides of fifty records that are simulated or written down.
    const [first = 0, ...others] = each.map(recordsOf);
    expect(first).toBeGreaterThan(700);
    expect(others).toEqual(others.map(() => first));
  });

  it('go to all alike too when time passes between them', () => {
    const { sessions, each } = manySessions(7);
    const nowMs = slowClock();
    for (let turn = 0; turn < 210; turn++) {
      sessions.work(nowMs);
      // Those that were served catch up with what is simulated, and wait again.
      if (turn % 3 === 0) sessions.tick(turn * 1_000);
    }
    const made = each.map(recordsOf);
    expect(Math.max(...made)).toBeLessThan(1.1 * Math.min(...made));
  });

  it('go first to whoever would have to wait, without starving one that stands still', () => {
    const { sessions, each } = manySessions(3);
    const [fast, slow, still] = each as [Session, Session, Session];
    fast.handle({ type: 'play', speed: 1_000 });
    slow.handle({ type: 'play', speed: 1 });
    still.handle({ type: 'pause' });
    const nowMs = slowClock();
    for (let turn = 0; turn < 60; turn++) sessions.work(nowMs);
    expect(recordsOf(fast)).toBeGreaterThan(2 * recordsOf(slow));
    expect(recordsOf(slow)).toBeGreaterThan(0);
    expect(recordsOf(still)).toBeGreaterThan(100);
  });

  it('end when all is simulated, and nobody simulates who is not watched', () => {
    const { sessions, each } = manySessions(2);
    const [watched, left] = each as [Session, Session];
    left.detach(left.outlet as WatchingPage);
    while (sessions.work(slowClock())) expect(recordsOf(left)).toBe(1);
    expect(watched.stage.lanes[0]?.recording.done).toBe(true);
  });
});

describe('a session that breaks', () => {
  it('is ended with a reason, and the others go on', () => {
    const told: string[] = [];
    const sessions = new Sessions({
      scenarios: new Scenarios(new Map([['long', LONG]])),
      limits: defaultLimits,
      recordings: new Recordings(defaultLimits),
      executor: () => inProcessExecutor(kinds),
      report: (message) => told.push(message),
    });
    const good = new WatchingPage();
    const bad = new WatchingPage();
    for (const page of [bad, good]) {
      const session = sessions.open(0);
      session.attach(page, null);
      session.handle({ type: 'load', name: 'long' });
    }
    bad.sendText = () => {
      throw new Error('no more');
    };
    sessions.tick(0);
    expect(told[0]).toContain('no more');
    expect([sessions.count, bad.ended, good.ended]).toEqual([1, expect.stringContaining('our fault'), null]);
  });
});

describe('sessions that nobody needs', () => {
  const MINUTE_MS = 60_000;

  it('end: soon without a page, later with a page that stands still, never while it plays', () => {
    const { sessions, each } = manySessions(3);
    const [left, still, playing] = each as [Session, Session, Session];
    const page = still.outlet as WatchingPage;
    left.detach(left.outlet as WatchingPage);
    still.handle({ type: 'pause' });
    sessions.sweep(4 * MINUTE_MS);
    expect(sessions.count).toBe(3);
    sessions.sweep(6 * MINUTE_MS);
    expect(sessions.find(left.id)).toBeUndefined();
    sessions.sweep(59 * MINUTE_MS);
    sessions.touch(still, 59 * MINUTE_MS);
    sessions.sweep(118 * MINUTE_MS);
    expect(sessions.count).toBe(2);
    sessions.sweep(120 * MINUTE_MS);
    expect(sessions.find(still.id)).toBeUndefined();
    expect(page.ended).toContain('60 minutes');
    expect(sessions.find(playing.id)).toBe(playing);
  });
});

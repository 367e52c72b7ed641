import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { canonicalLine, digestOf, type TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { WatchedSession } from '../testing/watched-session.ts';

const SECOND_US = 1_000_000;

function traceOf(yaml: string): readonly TraceRecord[] {
  const parsed = parseScenario(yaml, 'test', kinds);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
  return [...simulate(parsed.scenario, kinds)];
}

const loaded = () => new WatchedSession().say({ type: 'load', name: 'short' }).simulate();

describe('a session that plays', () => {
  it('sends every record once, in order, and then what they measured', () => {
    const watched = loaded().say({ type: 'play', speed: 10 }).pass(11_000);
    const trace = traceOf(SHORT_SCENARIO);
    expect(watched.page.records.map(canonicalLine)).toEqual(trace.map(canonicalLine));
    expect(watched.page.last('measured').digest).toBe(digestOf(trace));
    expect(watched.page.last('state')).toMatchObject({ ended: true, playing: false, atUs: 100 * SECOND_US });
  });

  it('keeps to the speed, and stands still while paused', () => {
    const watched = loaded().pass(33).pass(990).say({ type: 'pause' }).pass(500);
    const reachedUs = watched.session.stage.positionUs;
    expect(reachedUs).toBe(990_000);
    watched.say({ type: 'play', speed: 0.1 }).pass(990);
    expect(watched.session.stage.positionUs).toBe(reachedUs + 99_000);
  });

  it('waits for the simulation, and says so', () => {
    const watched = new WatchedSession().say({ type: 'load', name: 'short' }).pass(100);
    expect(watched.page.last('state')).toMatchObject({ waiting: true, atUs: 0 });
    watched.simulate().pass(100);
    expect(watched.page.last('state').waiting).toBe(false);
    expect(watched.session.stage.lateUs).toBeGreaterThan(0);
  });

  it('steps to where something happens', () => {
    const watched = loaded()
      .say({ type: 'pause' }, { type: 'seek', atUs: 29 * SECOND_US })
      .pass(33)
      .say({ type: 'step' })
      .pass(33);
    expect(watched.session.stage.positionUs).toBe(30 * SECOND_US);
    expect(watched.page.records.at(-1)?.atUs).toBe(30 * SECOND_US);
    expect(watched.page.view.faults).toMatchObject([{ cause: 'process-crash', startedAtUs: 30 * SECOND_US }]);
    const ends = Array.from({ length: 100 }, () => watched.say({ type: 'step' }).pass(33).session.stage.positionUs);
    expect(ends.at(-1)).toBe(100 * SECOND_US);
  });

  it('begins again with the same records, or others for another seed', () => {
    const watched = loaded().say({ type: 'play', speed: 10 }).pass(11_000);
    const before = watched.page.last('measured').digest;
    watched.say({ type: 'restart' }).simulate().pass(33);
    expect(watched.page.last('measured').digest).toBe(before);
    watched.say({ type: 'restart', seed: '8' }).simulate().pass(33);
    expect(watched.page.last('measured').digest).toBe(digestOf(traceOf(SHORT_SCENARIO.replace('seed: 7', 'seed: 8'))));
  });
});

describe('seek', () => {
  it.each([0, 1, 29_999_999, 30_000_000, 47_123_456, 100_000_000])(
    'to %i shows what playing up to there shows',
    (atUs) => {
      const watched = loaded().say({ type: 'pause' }, { type: 'seek', atUs }).pass(33);
      const played = loaded();
      for (const record of traceOf(SHORT_SCENARIO)) if (record.atUs <= atUs) played.page.fold.add(record);
      expect(watched.page.view).toEqual(played.page.view);
      expect(watched.page.last('snapshot')).toMatchObject({ atUs, reason: 'seek' });
    },
  );

  it('goes on from there without a gap', () => {
    const watched = loaded()
      .say({ type: 'seek', atUs: 40 * SECOND_US })
      .pass(33);
    const { seq } = watched.page.last('snapshot');
    watched.say({ type: 'play', speed: 100 }).pass(1_000);
    const rest = traceOf(SHORT_SCENARIO).slice(seq);
    expect(watched.page.records.map(canonicalLine)).toEqual(rest.map(canonicalLine));
  });

  it('waits for what is not simulated yet, and many in a row cost one', () => {
    const watched = new WatchedSession().say({ type: 'load', name: 'short', paused: true });
    for (let second = 1; second <= 90; second++) watched.say({ type: 'seek', atUs: second * SECOND_US });
    watched.pass(100);
    expect(watched.page.last('state')).toMatchObject({ waiting: true, wantedUs: 90 * SECOND_US });
    watched.simulate().pass(100);
    expect(watched.page.last('state')).toMatchObject({ waiting: false, wantedUs: null });
    expect(watched.page.all('snapshot').map(({ atUs }) => atUs)).toEqual([90 * SECOND_US]);
  });
});

describe('a page that comes back', () => {
  it('misses nothing and sees nothing twice, wherever its connection broke', () => {
    const watched = loaded().say({ type: 'play', speed: 10 }).pass(2_000);
    const { records } = watched.page;
    // The last frames never arrived.
    const arrived = records.slice(0, records.length - 50);
    watched
      .reconnect({ run: 1, seqs: [arrived.length] })
      .say({ type: 'play', speed: 100 })
      .pass(2_000);
    expect([...arrived, ...watched.page.records].map(canonicalLine)).toEqual(
      traceOf(SHORT_SCENARIO).map(canonicalLine),
    );
    expect(watched.page.last('measured').digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds time where it left it', () => {
    const watched = loaded().pass(1_000);
    const leftAtUs = watched.session.stage.positionUs;
    watched.session.detach(watched.page);
    watched
      .pass(60_000)
      .reconnect({ run: 1, seqs: [watched.page.seq] })
      .pass(33);
    expect(watched.session.stage.positionUs).toBe(leftAtUs);
  });

  it('is shown where it is when the run has changed meanwhile, or when it asks for more than there was', () => {
    const watched = loaded().pass(1_000).say({ type: 'inject', cause: 'az-outage', target: 'use1-az2' });
    watched
      .reconnect({ run: 1, seqs: [5] })
      .simulate()
      .pass(33);
    expect(watched.page.last('loaded')).toMatchObject({ run: 2, reason: 'resume' });
    expect(watched.page.last('snapshot')).toMatchObject({ run: 2, reason: 'resume' });
    watched.reconnect({ run: 2, seqs: [1_000_000] }).pass(33);
    expect(watched.page.last('snapshot').seq).toBe(watched.page.seq);
  });
});

describe('a slow page', () => {
  it('is sent one snapshot for all that it missed, and nothing while it takes nothing', () => {
    const watched = loaded().pass(1_000);
    watched.page.bufferedBytes = 1e9;
    const before = watched.page.messages.length;
    watched.say({ type: 'play', speed: 1_000 }).pass(90);
    expect(watched.page.messages.slice(before).filter(({ type }) => type === 'records' || type === 'snapshot')).toEqual(
      [],
    );
    watched.page.bufferedBytes = 0;
    watched.pass(200);
    expect(watched.page.view.records).toBe(traceOf(SHORT_SCENARIO).length);
  });
});

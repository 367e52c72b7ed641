import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import type { OpRecord, TimelineRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';

const MODES = ['off', 'local', 'remote_write', 'on', 'remote_apply'] as const;
const LINK_MS = 10;

/** Four clients that write almost without a pause to a pair whose servers are 10 ms apart, and what befalls it. */
function run(
  mode: string,
  faults: readonly object[] = [],
  { horizon = '2s', think = '1ms', timings = {} } = {},
): readonly TraceRecord[] {
  const text = JSON.stringify({
    scenario: 'commit-modes',
    seed: '7',
    horizon,
    sample: 'none',
    topology: {
      regions: { lab: ['lab-primary', 'lab-standby', 'lab-clients'] },
      databases: {
        pair: {
          model: 'postgresql.streaming-pair',
          primary: 'lab-primary',
          standby: 'lab-standby',
          synchronousCommit: mode,
          logRate: '0B/s',
          timings,
        },
      },
      clients: { app: { connectsTo: 'pair', from: 'lab-clients', count: 4, pool: { size: 1 }, retry: 'none' } },
      links: [
        { between: ['lab-primary', 'lab-standby'], oneWay: `${LINK_MS}ms` },
        { between: ['lab-clients', 'lab-primary'], oneWay: '20us' },
      ],
    },
    workload: [{ client: 'app', op: 'write', arrivals: { closed: { think } } }],
    faults,
  });
  const parsed = parseScenario(text, 'commit-modes', kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return [...simulate(parsed.scenario, kinds)];
}

const acknowledged = (records: readonly TraceRecord[]): readonly OpRecord[] =>
  records.filter((record): record is OpRecord => record.type === 'op' && record.outcome === 'ok');
const forks = (records: readonly TraceRecord[]): readonly TimelineRecord[] =>
  records.filter((record) => record.type === 'timeline');

/** Acknowledged writes behind the last fork. */
function lost(records: readonly TraceRecord[]): number {
  const fork = forks(records).at(-1);
  return fork
    ? acknowledged(records).filter(({ position }) => position?.timeline === fork.parent && position.lsn > fork.forkLsn)
        .length
    : 0;
}

function medianMs(records: readonly TraceRecord[]): number {
  const took = acknowledged(records)
    .map((op) => op.atUs - op.invokedAtUs)
    .sort((a, b) => a - b);
  return (took[took.length >> 1] as number) / 1_000;
}

const KILL = { at: '1s', fail: 'pair.primary', cause: 'process-crash' };
const CUT = { at: '1s', fail: 'lab-primary <-> lab-standby', cause: 'link-cut' };
const PROMOTE = { at: '1500ms', request: 'promote', of: 'pair' };
const STAYS_DOWN = { timings: { restartNotice: '1h', promotion: '100ms' } };

describe('what a commit waits for', () => {
  it('costs more with every promise, and the way there and back as soon as the standby counts', () => {
    const latency = Object.fromEntries(MODES.map((mode) => [mode, medianMs(run(mode))])) as Record<
      (typeof MODES)[number],
      number
    >;
    expect(latency.off).toBeLessThan(latency.local);
    expect(latency.local).toBeLessThan(2);
    expect(latency.remote_write).toBeGreaterThan(2 * LINK_MS + (latency.local - latency.off));
    expect(latency.on).toBeGreaterThan(latency.remote_write);
    expect(latency.remote_apply).toBeGreaterThan(latency.on);
    expect(latency.remote_apply).toBeLessThan(2 * LINK_MS + 3);
  });

  it.each(['remote_write', 'on', 'remote_apply'])('%s: a promoted standby has every acknowledged write', (mode) => {
    const records = run(mode, [KILL, CUT, PROMOTE], STAYS_DOWN);
    expect(forks(records)).toHaveLength(1);
    expect(lost(records)).toBe(0);
  });

  it('local: what was on its way when the link died with the primary is lost', () => {
    const records = run('local', [KILL, CUT, PROMOTE], STAYS_DOWN);
    const perMs = acknowledged(records).length / 1_000;
    expect(lost(records)).toBeGreaterThan(0.7 * LINK_MS * perMs);
    expect(lost(records)).toBeLessThan(1.5 * LINK_MS * perMs);
  });

  it('local: what had left before only the primary died still arrives', () => {
    expect(lost(run('local', [KILL, PROMOTE], STAYS_DOWN))).toBeLessThan(
      lost(run('local', [KILL, CUT, PROMOTE], STAYS_DOWN)) / 3,
    );
  });

  it('on: commits hang where only the way back is cut, and what is sent before TCP stops arrives', () => {
    const oneWay = { ...CUT, fail: 'lab-standby -> lab-primary' };
    const [cut, oneWayCut] = [CUT, oneWay].map((fault) => run('on', [fault, { ...PROMOTE, at: '1900ms' }], STAYS_DOWN));
    const answeredAfter = (records: readonly TraceRecord[]) =>
      acknowledged(records).filter(({ atUs }) => atUs > 1_005_000 && atUs < 1_900_000).length;
    expect([answeredAfter(cut!), answeredAfter(oneWayCut!)]).toEqual([0, 0]);
    expect(forks(oneWayCut!)[0]!.forkLsn).toBeGreaterThanOrEqual(forks(cut!)[0]!.forkLsn);
  });

  it('local: a standby that nobody hears is sent a fifth of a second more', () => {
    const oneWay = { ...CUT, fail: 'lab-standby -> lab-primary' };
    const [whole, half] = [CUT, oneWay].map((fault) => run('local', [fault, PROMOTE], STAYS_DOWN));
    const perSecond = acknowledged(whole!).filter(({ atUs }) => atUs < 1_000_000).length;
    const more = forks(half!)[0]!.forkLsn - forks(whole!)[0]!.forkLsn;
    expect(more / perSecond).toBeGreaterThan(0.18);
    expect(more / perSecond).toBeLessThan(0.24);
  });

  it('remote_apply: commits wait for a standby that does not apply, and go on when it does', () => {
    const records = run('remote_apply', [{ at: '500ms', fail: 'pair.standby', cause: 'apply-stall', for: '1s' }]);
    const answers = acknowledged(records).map(({ atUs }) => atUs);
    expect(answers.filter((atUs) => atUs > 515_000 && atUs < 1_500_000)).toEqual([]);
    expect(answers.filter((atUs) => atUs > 1_600_000).length).toBeGreaterThan(10);
  });
});

describe('a crash of the primary alone', () => {
  it('off: loses what the WAL writer had not flushed, and the trace says so', () => {
    const records = run('off', [{ ...KILL, at: '1150ms' }], { horizon: '6s', think: '20ms' });
    expect(forks(records)).toMatchObject([{ timeline: 2, parent: 1, node: 'pair-1' }]);
    const gone = lost(records);
    expect(gone).toBeGreaterThan(0);
    const oldest = acknowledged(records).find(
      ({ position }) => position?.timeline === 1 && position.lsn === (forks(records)[0] as TimelineRecord).forkLsn + 1,
    ) as OpRecord;
    expect(1_150_000 - oldest.atUs).toBeLessThanOrEqual(200_000);
    expect(acknowledged(records).filter(({ position }) => position?.timeline === 2).length).toBeGreaterThan(100);
  });

  it.each(['local', 'on'])('%s: loses nothing', (mode) => {
    const records = run(mode, [KILL], { horizon: '3s' });
    expect(forks(records)).toEqual([]);
    const lsns = acknowledged(records).map(({ position }) => position?.lsn);
    expect(new Set(lsns).size).toBe(lsns.length);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import type { ChartBench } from '../testing/chart-bench.ts';
import { follower, leader, returns, TABLE, tableBench } from '../testing/global-table-bench.ts';
import { globalTableMachine } from './global-table.machine.ts';

const nobodyHears = (bench: ChartBench) => bench.tell('PEERS_ANSWERED', { node: 't-a', reachedBy: [] });
const said = (commands: readonly Command[]) =>
  commands.map(({ type, ...detail }) => `${type} ${'node' in detail ? detail.node : ''}`.trim());

/** Through an election after the loss of the leader. */
function electB(bench: ChartBench): void {
  leader(bench, 'UNREACHABLE');
  bench.pass(1);
  nobodyHears(bench);
  bench.pass(3);
}

describe('leadership', () => {
  it.each(['UNREACHABLE', 'CRASHED', 'STORAGE_FAILED', 'UNRESPONSIVE'])(
    'elects another member when the leader is %s',
    (what) => {
      const bench = tableBench();
      leader(bench, what);
      expect(bench.isIn('leadership.leaderSuspected')).toBe(true);
      bench.takeCommands();
      bench.pass(1);
      expect(bench.takeCommands()).toMatchObject([{ type: 'ASK_PEERS', node: 't-a', peers: ['t-b', 't-c'] }]);
      nobodyHears(bench);
      expect(bench.takeCommands()).toMatchObject([{ type: 'SET_ROLE', node: 't', writable: false }]);
      bench.pass(1);
      expect(bench.isIn('leadership.leaseWait')).toBe(true);
      expect(bench.tags).toContain('phase:recovery');
      expect(bench.takeCommands()).toMatchObject([
        { type: 'SET_ROLE', node: 't-a', role: 'follower' },
        { type: 'SET_ROLE', node: 't-b', role: 'leader' },
        { type: 'REPLACE_HOST', node: 't-log' },
      ]);
      bench.pass(2);
      expect(bench.isIn('leadership.steady')).toBe(true);
      expect(bench.takeCommands()).toMatchObject([{ type: 'SET_ROLE', node: 't', writable: true }]);
    },
  );

  it('notices nothing when the fault heals before enough heartbeats are missing', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    leader(bench, 'REACHABLE', { running: true });
    bench.tell('LEADER_IN_SYNC', { node: 't-a' });
    bench.pass(10);
    expect(bench.tags).toEqual(['redundant', 'writable']);
    expect(said(bench.takeCommands())).toEqual(['ATTACH_COPY t-a']);
  });

  it('elects when the leader is found stopped by a control plane that was away itself', () => {
    const bench = tableBench();
    for (const node of ['t-b', 't-c']) follower(bench, node, 'REACHABLE', { running: true });
    leader(bench, 'REACHABLE', { running: false });
    expect(bench.isIn('leadership.leaderSuspected')).toBe(true);
    bench.pass(1);
    nobodyHears(bench);
    bench.pass(3);
    expect(bench.takeCommands()).toContainEqual(
      expect.objectContaining({ type: 'SET_ROLE', node: 't-b', role: 'leader' }),
    );
    returns(bench, 'FOLLOWER', 't-a');
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('keeps a leader that is back before it is suspected for long', () => {
    const bench = tableBench();
    leader(bench, 'CRASHED');
    bench.tell('LEADER_STARTED', { node: 't-a' });
    bench.tell('LEADER_IN_SYNC', { node: 't-a' });
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('leaves a leader alone that answers again by the time its peers are asked', () => {
    const bench = tableBench();
    leader(bench, 'CRASHED');
    bench.pass(1);
    bench.tell('PEERS_ANSWERED', { node: 't-a', reachedBy: ['t-b'] });
    bench.tell('LEADER_STARTED', { node: 't-a' });
    bench.tell('LEADER_IN_SYNC', { node: 't-a' });
    expect(bench.isIn('leadership.steady')).toBe(true);
  });

  it('elects nobody while a peer hears the leader, and asks again', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    bench.pass(1);
    bench.tell('PEERS_ANSWERED', { node: 't-a', reachedBy: ['t-c'] });
    expect(bench.isIn('leadership.leaderUnseen')).toBe(true);
    expect(bench.tags).toContain('writable');
    bench.takeCommands();
    bench.pass(400);
    expect(new Set(said(bench.takeCommands()))).toEqual(new Set(['ASK_PEERS t-a']));
    bench.tell('PEERS_ANSWERED', { node: 't-a', reachedBy: ['t-b'] });
    expect(bench.isIn('leadership.leaderUnseen')).toBe(true);
    nobodyHears(bench);
    expect(bench.isIn('leadership.electing')).toBe(true);
  });

  it('elects again when the new leader is lost while the old lease runs out', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    bench.pass(1);
    nobodyHears(bench);
    bench.pass(1);
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    bench.tell('LEADER_CRASHED', { node: 't-b' });
    expect(bench.isIn('leadership.leaderSuspected')).toBe(true);
    bench.pass(1);
    nobodyHears(bench);
    bench.takeCommands();
    bench.pass(3);
    expect(bench.isIn('leadership.steady')).toBe(true);
    expect(bench.takeCommands()).toContainEqual(
      expect.objectContaining({ type: 'SET_ROLE', node: 't-c', role: 'leader' }),
    );
  });

  it('has no quorum when two members are lost at once, and goes on as it was when a follower returns', () => {
    const bench = tableBench();
    follower(bench, 't-b', 'UNREACHABLE');
    follower(bench, 't-c', 'UNREACHABLE');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    expect(bench.tags).toEqual(['phase:recovery']);
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    expect(bench.isIn('logReplica.joining')).toBe(true);
    returns(bench, 'FOLLOWER', 't-b');
    expect(bench.isIn('leadership.steady')).toBe(true);
    expect(bench.isIn('logReplica.counting')).toBe(true);
  });

  it.each([
    ['a follower', 'FOLLOWER', 't-b', 'az3'],
    ['the other follower', 'FOLLOWER', 't-c', 'az2'],
  ])('makes a log replica in an AZ that works, apart from the leader, when %s is lost', (_, role, node, az) => {
    const bench = tableBench();
    bench.tell(`${role}_UNREACHABLE`, { node });
    expect(bench.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 't-log', az, volume: 'lost' });
  });

  it('makes the log replica beside the new leader when nobody else is left', () => {
    const bench = tableBench();
    electB(bench);
    follower(bench, 't-c', 'UNREACHABLE');
    bench.tell('LOG_REPLICA_UNREACHABLE', { node: 't-log' });
    const made = bench.takeCommands().filter(({ type }) => type === 'REPLACE_HOST');
    expect(made).toMatchObject([{ node: 't-log', az: 'az3' }]);
  });

  it('elects when a quorum is back without the leader', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    follower(bench, 't-b', 'UNREACHABLE');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    returns(bench, 'FOLLOWER', 't-b');
    expect(bench.isIn('leadership.electing')).toBe(true);
    bench.pass(3);
    expect(bench.isIn('leadership.steady')).toBe(true);
  });

  it('comes back by itself after the loss of everything', () => {
    const bench = tableBench();
    bench.tell('REPLICA_UNREACHABLE', { node: 't' });
    leader(bench, 'UNREACHABLE');
    for (const node of ['t-b', 't-c']) follower(bench, node, 'UNREACHABLE');
    bench.pass(1_000);
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    expect(bench.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 't-b', volume: 'kept' });
    bench.tell('REPLICA_REACHABLE', { node: 't', running: false });
    bench.tell('REPLICA_STARTED', { node: 't' });
    returns(bench, 'LEADER', 't-a');
    for (const node of ['t-b', 't-c']) returns(bench, 'FOLLOWER', node);
    bench.pass(10);
    expect(bench.isIn('service.up')).toBe(true);
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });
});

describe('membership', () => {
  it('puts a log replica in the place of a lost follower, heals it, and drops the log replica', () => {
    const bench = tableBench();
    follower(bench, 't-b', 'UNREACHABLE');
    expect(bench.tags).toEqual(['writable']);
    expect(said(bench.takeCommands())).toEqual(['REPLACE_HOST t-log']);
    bench.tell('LOG_REPLICA_REACHABLE', { node: 't-log', running: false });
    expect(bench.takeCommands()).toMatchObject([{ type: 'START_NODE', node: 't-log', startMs: 3_000 }]);
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    expect(said(bench.takeCommands())).toEqual(['ATTACH_COPY t-log']);
    bench.pass(300);
    expect(bench.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 't-b', volume: 'lost' }]);
    returns(bench, 'FOLLOWER', 't-b');
    expect(bench.tags).toEqual(['redundant', 'writable']);
    expect(said(bench.takeCommands())).toEqual([
      'START_NODE t-b',
      'ATTACH_COPY t-b',
      'DETACH_COPY t-log',
      'DISCARD_NODE t-log',
    ]);
  });

  it('goes on with one storage replica beside the leader and, once it counts, a log replica', () => {
    const bench = tableBench();
    follower(bench, 't-b', 'UNREACHABLE');
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    follower(bench, 't-c', 'UNREACHABLE');
    expect(bench.isIn('leadership.steady')).toBe(true);
    bench.tell('LOG_REPLICA_CRASHED', { node: 't-log' });
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
  });

  it('starts a crashed member again at once', () => {
    const bench = tableBench();
    follower(bench, 't-c', 'CRASHED');
    expect(said(bench.takeCommands())).toContain('START_NODE t-c');
    follower(bench, 't-c', 'STARTED');
    follower(bench, 't-c', 'IN_SYNC');
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('counts no member that started where nobody can reach it', () => {
    const bench = tableBench();
    follower(bench, 't-c', 'CRASHED');
    follower(bench, 't-c', 'UNREACHABLE');
    bench.takeCommands();
    expect(follower(bench, 't-c', 'STARTED')).toBe(false);
    expect(bench.takeCommands()).toEqual([]);
  });

  it('never replaces the host of a leader that its peers hear', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    bench.pass(1);
    bench.tell('PEERS_ANSWERED', { node: 't-a', reachedBy: ['t-b'] });
    bench.pass(600);
    expect(said(bench.takeCommands())).not.toContain('REPLACE_HOST t-a');
  });

  it('heals the old leader as a follower', () => {
    const bench = tableBench();
    electB(bench);
    bench.takeCommands();
    bench.pass(300);
    expect(bench.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 't-a', volume: 'lost' });
    returns(bench, 'FOLLOWER', 't-a');
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });
});

describe('the chart as a whole', () => {
  it('reaches every state, and service again from every one of them', () => {
    const facts: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ...['t-a', 't-b'].flatMap((node) =>
        ['LEADER', 'FOLLOWER'].flatMap(
          (role) =>
            [
              [`${role}_UNREACHABLE`, { node }],
              [`${role}_REACHABLE`, { node, running: true }],
              [`${role}_IN_SYNC`, { node }],
              [`${role}_STORAGE_FAILED`, { node }],
              [`${role}_UNRESPONSIVE`, { node }],
            ] as const,
        ),
      ),
      ['FOLLOWER_STORAGE_FAILED', { node: 't-c' }],
      ['PEERS_ANSWERED', { node: 't-a', reachedBy: [] }],
      ['PEERS_ANSWERED', { node: 't-a', reachedBy: ['t-b'] }],
      ['LOG_REPLICA_STARTED', { node: 't-log' }],
      ['REPLICA_UNREACHABLE', { node: 't' }],
      ['REPLICA_REACHABLE', { node: 't', running: false }],
      ['REPLICA_STARTED', { node: 't' }],
    ];
    const seen = new Set<string>();
    const step = fc.tuple(fc.constantFrom(...facts), fc.constantFrom(0, 1, 2, 70));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (story) => {
        const bench = tableBench();
        for (const [[type, detail], seconds] of story) {
          bench.tell(type, detail);
          bench.pass(seconds);
          for (const path of statePaths()) if (bench.isIn(path)) seen.add(path);
        }
        healEverything(bench);
        expect(bench.tags).toEqual(['redundant', 'writable']);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect([...seen].sort()).toEqual([...statePaths()].sort());
  });
});

/** Whatever happened, and whoever leads by now: every node is up and reached. Twice, because an election may be under way. */
function healEverything(bench: ChartBench): void {
  for (let round = 0; round < 2; round++) {
    for (const node of TABLE.members) {
      for (const role of ['LEADER', 'FOLLOWER'] as const) {
        bench.tell(`${role}_STORAGE_REPAIRED`, { node });
        bench.tell(`${role}_RESPONSIVE`, { node });
        returns(bench, role, node);
        bench.tell(`${role}_REACHABLE`, { node, running: true });
      }
    }
    bench.tell('REPLICA_REACHABLE', { node: 't', running: true });
    bench.tell('REPLICA_STARTED', { node: 't' });
    bench.pass(100);
    nobodyHears(bench);
    bench.pass(100);
  }
}

function statePaths(): readonly string[] {
  const { states } = globalTableMachine.config;
  return Object.entries(states ?? {}).flatMap(([region, { states: inner }]) =>
    Object.keys(inner ?? {}).map((name) => `${region}.${name}`),
  );
}

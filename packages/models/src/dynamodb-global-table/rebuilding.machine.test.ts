import { describe, expect, it } from 'vitest';
import type { ChartBench } from '../testing/chart-bench.ts';
import { follower, leader, TABLE_SECONDS, tableBench } from '../testing/global-table-bench.ts';

/** All that was ordered since the last look, but for processes that are started and copies that are attached. */
const orders = (bench: ChartBench) =>
  bench.takeCommands().flatMap((command) => {
    if (command.type === 'SET_ROLE') return [`${command.node} is ${command.role}`];
    return command.type === 'REPLACE_HOST' ? [`${command.node} with its volume ${command.volume}`] : [];
  });

/** A storage replica is there with a volume that works, and has been filled. */
function isFilled(bench: ChartBench, role: 'LEADER' | 'FOLLOWER', node: string): void {
  bench.tell(`${role}_REACHABLE`, { node, running: false });
  bench.tell(`${role}_STORAGE_REPAIRED`, { node });
  bench.tell(`${role}_STARTED`, { node });
  bench.tell(`${role}_IN_SYNC`, { node });
}

describe('a group that has lost the volumes of two storage replicas', () => {
  it('is rebuilt from the follower that is left, which leads from then on', () => {
    const bench = tableBench();
    leader(bench, 'STORAGE_FAILED');
    follower(bench, 't-b', 'STORAGE_FAILED');
    expect(bench.isIn('leadership.rebuilding')).toBe(true);
    expect(bench.tags).toEqual(['phase:recovery']);
    bench.pass(2_399);
    expect(orders(bench)).toEqual([]);
    bench.pass(1);
    const log = 't-log with its volume lost';
    const filled = ['t-a with its volume lost', 't-b with its volume lost'];
    expect(orders(bench)).toEqual(['t-a is follower', 't-c is leader', ...filled, log]);
    isFilled(bench, 'FOLLOWER', 't-b');
    expect(bench.tags).toEqual(['writable']);
    expect(orders(bench)).toEqual(['t is replica']);
    isFilled(bench, 'FOLLOWER', 't-a');
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('keeps its leader when that is the one that is left', () => {
    const bench = tableBench();
    for (const node of ['t-b', 't-c']) follower(bench, node, 'STORAGE_FAILED');
    orders(bench);
    bench.pass(2_400);
    expect(orders(bench)).toEqual(['t-b with its volume lost', 't-c with its volume lost']);
    for (const node of ['t-c', 't-b']) isFilled(bench, 'FOLLOWER', node);
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('is rebuilt again when nothing came of the first time', () => {
    const bench = tableBench();
    for (const node of ['t-b', 't-c']) follower(bench, node, 'STORAGE_FAILED');
    bench.pass(2_400);
    orders(bench);
    bench.pass(2_400);
    expect(orders(bench)).toEqual(['t-b with its volume lost', 't-c with its volume lost']);
  });

  it('goes on with a volume that works again before it was given up', () => {
    const bench = tableBench();
    leader(bench, 'STORAGE_FAILED');
    follower(bench, 't-b', 'STORAGE_FAILED');
    bench.pass(1_000);
    isFilled(bench, 'FOLLOWER', 't-b');
    expect(bench.isIn('leadership.electing')).toBe(true);
    bench.pass(3);
    expect(bench.tags).toEqual(['writable']);
  });

  it('waits for the one that is left while that is away', () => {
    const bench = tableBench();
    leader(bench, 'STORAGE_FAILED');
    follower(bench, 't-b', 'STORAGE_FAILED');
    bench.pass(1_000);
    follower(bench, 't-c', 'UNREACHABLE');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    bench.pass(5_000);
    expect(new Set(orders(bench))).toEqual(new Set(['t-c with its volume kept']));
    bench.draw({ ...TABLE_SECONDS, groupRebuild: 1_000 });
    follower(bench, 't-c', 'REACHABLE', { running: true });
    follower(bench, 't-c', 'IN_SYNC');
    expect(bench.isIn('leadership.rebuilding')).toBe(true);
    bench.pass(1_000);
    expect(orders(bench)).toContain('t-a with its volume lost');
  });

  it('is rebuilt from its leader, of which nobody had heard for a while: nothing was acknowledged without it', () => {
    const bench = tableBench();
    leader(bench, 'UNREACHABLE');
    for (const node of ['t-b', 't-c']) follower(bench, node, 'STORAGE_FAILED');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    leader(bench, 'REACHABLE', { running: true });
    leader(bench, 'IN_SYNC');
    expect(bench.isIn('leadership.rebuilding')).toBe(true);
  });

  it('does without a rebuild where a log replica has what the returning follower missed', () => {
    const bench = tableBench();
    follower(bench, 't-c', 'UNREACHABLE');
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    follower(bench, 't-b', 'STORAGE_FAILED');
    leader(bench, 'STORAGE_FAILED');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    follower(bench, 't-c', 'REACHABLE', { running: true });
    follower(bench, 't-c', 'IN_SYNC');
    expect(bench.isIn('leadership.electing')).toBe(true);
  });

  it('is rebuilt from the archive and the log replica when that alone is left', () => {
    const bench = tableBench();
    follower(bench, 't-c', 'STORAGE_FAILED');
    bench.tell('LOG_REPLICA_STARTED', { node: 't-log' });
    follower(bench, 't-b', 'STORAGE_FAILED');
    leader(bench, 'STORAGE_FAILED');
    expect(bench.isIn('leadership.rebuilding')).toBe(true);
    orders(bench);
    bench.pass(2_400);
    expect(orders(bench).sort()).toEqual(['t-a', 't-b', 't-c'].map((node) => `${node} with its volume lost`));
    isFilled(bench, 'FOLLOWER', 't-b');
    bench.pass(3);
    expect(bench.tags).toEqual(['writable']);
  });
});

describe('a group of which no complete volume is left', () => {
  it.each([
    ['all three have failed', 'STORAGE_FAILED'],
    ['the third was behind: the group had gone on without it', 'UNREACHABLE'],
  ])('restores nothing and waits for people, when %s', (_, third) => {
    const bench = tableBench();
    follower(bench, 't-c', third);
    follower(bench, 't-b', 'STORAGE_FAILED');
    leader(bench, 'STORAGE_FAILED');
    if (third === 'UNREACHABLE') {
      follower(bench, 't-c', 'REACHABLE', { running: true });
      follower(bench, 't-c', 'IN_SYNC');
    }
    expect(bench.isIn('leadership.nothingLeft')).toBe(true);
    expect(bench.tags).toEqual(['phase:recovery', 'waiting-for-person']);
    orders(bench);
    bench.pass(10_000);
    expect(orders(bench)).toEqual([]);
    isFilled(bench, 'LEADER', 't-a');
    expect(bench.isIn('leadership.nothingLeft')).toBe(false);
  });
});

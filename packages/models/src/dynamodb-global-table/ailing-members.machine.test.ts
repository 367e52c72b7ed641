import { describe, expect, it } from 'vitest';
import type { ChartBench } from '../testing/chart-bench.ts';
import { follower, leader, returns, tableBench } from '../testing/global-table-bench.ts';

const said = (bench: ChartBench) =>
  bench.takeCommands().map((command) => `${command.type} ${'node' in command ? command.node : ''}`.trim());

describe('a storage replica that runs and is of no use', () => {
  it.each([
    ['STORAGE_FAILED', 'STORAGE_REPAIRED'],
    ['UNRESPONSIVE', 'RESPONSIVE'],
  ])('counts no member that is back and still %s', (trouble, relief) => {
    const bench = tableBench();
    follower(bench, 't-b', trouble);
    follower(bench, 't-b', 'UNREACHABLE');
    returns(bench, 'FOLLOWER', 't-b');
    follower(bench, 't-b', 'REACHABLE', { running: true });
    expect(bench.tags).toEqual(['writable']);
    expect(said(bench)).not.toContain('ATTACH_COPY t-b');
    follower(bench, 't-b', relief);
    follower(bench, 't-b', 'STARTED');
    follower(bench, 't-b', 'IN_SYNC');
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });

  it('elects another leader when all are back and the volume of the old one is not', () => {
    const bench = tableBench();
    leader(bench, 'STORAGE_FAILED');
    for (const node of ['t-b', 't-c']) follower(bench, node, 'UNREACHABLE');
    leader(bench, 'UNREACHABLE');
    returns(bench, 'LEADER', 't-a');
    expect(bench.isIn('leadership.noQuorum')).toBe(true);
    for (const node of ['t-b', 't-c']) returns(bench, 'FOLLOWER', node);
    expect(bench.isIn('leadership.electing')).toBe(true);
    bench.pass(3);
    expect(bench.isIn('leadership.steady')).toBe(true);
    expect(bench.takeCommands()).toContainEqual(
      expect.objectContaining({ type: 'SET_ROLE', node: 't-b', role: 'leader' }),
    );
    bench.pass(300);
    expect(bench.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 't-a', volume: 'lost' });
  });

  it('fills a failed volume anew once there is a group to copy from, however late that is', () => {
    const bench = tableBench();
    follower(bench, 't-b', 'STORAGE_FAILED');
    follower(bench, 't-c', 'UNREACHABLE');
    bench.takeCommands();
    bench.pass(300);
    expect(bench.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 't-c', volume: 'kept' }]);
    follower(bench, 't-c', 'REACHABLE', { running: true });
    follower(bench, 't-c', 'IN_SYNC');
    expect(bench.tags).toEqual(['writable']);
    bench.takeCommands();
    bench.pass(300);
    expect(bench.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 't-b', volume: 'lost' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import { tableBench } from '../testing/global-table-bench.ts';

const said = (commands: readonly Command[]) =>
  commands.map(({ type, ...detail }) => `${type} ${'node' in detail ? detail.node : ''}`.trim());

describe('the service', () => {
  it('is started again when it crashed, and replaced when it stays away', () => {
    const bench = tableBench();
    bench.tell('REPLICA_CRASHED', { node: 't' });
    expect(bench.takeCommands()).toMatchObject([{ type: 'START_NODE', node: 't', startMs: 20_000 }]);
    bench.tell('REPLICA_STARTED', { node: 't' });
    bench.tell('REPLICA_STORAGE_FAILED', { node: 't' });
    bench.pass(60);
    expect(said(bench.takeCommands())).toEqual(['REPLACE_HOST t']);
    bench.tell('REPLICA_STORAGE_REPAIRED', { node: 't' });
    bench.tell('REPLICA_STARTED', { node: 't' });
    expect(bench.isIn('service.up')).toBe(true);
  });

  it.each([
    ['STORAGE_FAILED', 'STORAGE_REPAIRED'],
    ['UNRESPONSIVE', 'RESPONSIVE'],
  ])('is replaced when it was started after a crash and still is %s', (ailment, cure) => {
    const bench = tableBench();
    bench.tell(`REPLICA_${ailment}`, { node: 't' });
    bench.tell('REPLICA_CRASHED', { node: 't' });
    bench.tell('REPLICA_STARTED', { node: 't' });
    expect(bench.isIn('service.down')).toBe(true);
    bench.takeCommands();
    bench.pass(60);
    expect(said(bench.takeCommands())).toEqual(['REPLACE_HOST t']);
    bench.tell('REPLICA_REACHABLE', { node: 't', running: false });
    bench.tell(`REPLICA_${cure}`, { node: 't' });
    bench.tell('REPLICA_STARTED', { node: 't' });
    expect(bench.isIn('service.up')).toBe(true);
  });

  it('is back when the last of what ailed it is over', () => {
    const bench = tableBench();
    for (const ailment of ['STORAGE_FAILED', 'UNRESPONSIVE']) bench.tell(`REPLICA_${ailment}`, { node: 't' });
    bench.tell('REPLICA_STORAGE_REPAIRED', { node: 't' });
    expect(bench.isIn('service.down')).toBe(true);
    bench.tell('REPLICA_RESPONSIVE', { node: 't' });
    expect(bench.isIn('service.up')).toBe(true);
  });

  it('is left as it is when it was running all the time', () => {
    const bench = tableBench();
    bench.tell('REPLICA_UNREACHABLE', { node: 't' });
    bench.tell('REPLICA_REACHABLE', { node: 't', running: true });
    expect(bench.isIn('service.up')).toBe(true);
    expect(bench.takeCommands()).toEqual([]);
  });

  it('is started when it is found stopped', () => {
    const bench = tableBench();
    bench.tell('REPLICA_REACHABLE', { node: 't', running: false });
    expect(bench.isIn('service.starting')).toBe(true);
  });

  it('asks a person to evacuate a Region, and does nothing else', () => {
    const bench = tableBench();
    expect(bench.tell('EVACUATE_REQUESTED', { node: 't' })).toBe(true);
    expect(bench.takeCommands()).toEqual([{ type: 'CALL_OPERATOR', step: 'evacuate-region' }]);
    expect(bench.tags).toEqual(['redundant', 'writable']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import type { ChartBench } from '../testing/chart-bench.ts';
import { bench } from '../testing/multi-az-cluster-bench.ts';

const types = (commands: readonly Command[]) =>
  commands.map((command) => (command.type === 'PUBLISH_EVENT' ? command.id : command.type));

/** From the loss of the writer to the question who holds what. */
function untilElection(chart: ChartBench): void {
  chart.tell('WRITER_UNREACHABLE', { node: 'db-1' });
  chart.pass(9);
}

function untilPromotion(chart: ChartBench, newest = 'db-2'): void {
  untilElection(chart);
  chart.tell('POSITIONS_COMPARED', { newest, leastBehind: newest });
  chart.tell('CAUGHT_UP');
  chart.pass(2);
}

describe('the chart of a Multi-AZ DB cluster', () => {
  it('fails over step by step, and the parts take their time', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'db-1' });
    expect(chart.tags).toEqual(['phase:detection', 'readable']);
    chart.pass(8);
    expect(chart.tags).toContain('phase:decision');
    chart.pass(1);
    expect(types(chart.takeCommands())).toEqual(['FENCE_NODE', 'COMPARE_POSITIONS']);
    chart.tell('POSITIONS_COMPARED', { newest: 'db-3', leastBehind: 'db-3' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0073', 'AWAIT_APPLY']);
    chart.tell('CAUGHT_UP');
    chart.pass(2);
    expect(types(chart.takeCommands())).toEqual(['PROMOTE_NODE', 'SET_ROLE', 'ATTACH_COPY']);
    chart.pass(3);
    expect(chart.takeCommands()).toMatchObject([
      { type: 'REPOINT_ENDPOINT', endpoint: 'writer', nodes: ['db-3'] },
      { type: 'REPOINT_ENDPOINT', endpoint: 'reader', nodes: ['db-2'] },
    ]);
    chart.tell('ENDPOINT_REPOINTED', { endpoint: 'writer' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0071']);
    expect(chart.tags).toEqual(['readable', 'writable']);
  });

  it('does nothing about a writer that is back before it was given up', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'db-1' });
    chart.pass(7);
    chart.tell('WRITER_REACHABLE', { node: 'db-1', running: true });
    chart.pass(60);
    expect(chart.takeCommands()).toEqual([]);
    expect(chart.tags).toEqual(['readable', 'redundant', 'writable']);
  });

  it('waits in PostgreSQL for the reader that is least behind, in MySQL for both', () => {
    for (const [engine, heir, applying] of [
      ['postgres', 'db-3', ['db-3']],
      ['mysql', 'db-2', ['db-2', 'db-3']],
    ] as const) {
      const chart = bench(engine);
      untilElection(chart);
      chart.takeCommands();
      chart.tell('POSITIONS_COMPARED', { newest: 'db-2', leastBehind: 'db-3' });
      expect(chart.takeCommands()).toEqual([
        { type: 'PUBLISH_EVENT', id: 'RDS-EVENT-0073', node: heir },
        { type: 'AWAIT_APPLY', nodes: applying },
      ]);
    }
  });

  it('elects again when the chosen reader dies before its promotion', () => {
    const chart = bench();
    untilElection(chart);
    chart.tell('POSITIONS_COMPARED', { newest: 'db-2', leastBehind: 'db-2' });
    chart.tell('CAUGHT_UP');
    chart.tell('READER_UNREACHABLE', { node: 'db-2' });
    chart.takeCommands();
    chart.pass(1);
    expect(chart.takeCommands()).toEqual([{ type: 'COMPARE_POSITIONS', nodes: ['db-3'], complete: ['db-3'] }]);
  });

  describe.each([
    ['was seen running a moment before', 'WRITER_REACHABLE'],
    ['ended a start from before the fence', 'WRITER_STARTED'],
  ])('when the writer that it fenced %s', (_, fact) => {
    it('starts it again if nobody takes its place', () => {
      const chart = bench();
      untilElection(chart);
      chart.tell(fact, { node: 'db-1', running: true });
      chart.tell('WRITER_REACHABLE', { node: 'db-1', running: true });
      chart.takeCommands();
      chart.tell('POSITIONS_COMPARED', { newest: null });
      expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069', 'CALL_OPERATOR', 'RDS-EVENT-0070', 'START_NODE']);
      expect(chart.isIn('service.stranded')).toBe(true);
      chart.tell('WRITER_STARTED', { node: 'db-1' });
      expect(chart.tags).toContain('writable');
    });

    it('starts it again as a reader if somebody does', () => {
      const chart = bench();
      untilElection(chart);
      chart.tell(fact, { node: 'db-1', running: true });
      chart.tell('WRITER_REACHABLE', { node: 'db-1', running: true });
      chart.tell('POSITIONS_COMPARED', { newest: 'db-2', leastBehind: 'db-2' });
      chart.tell('CAUGHT_UP');
      chart.pass(2);
      expect(chart.isIn('first.away.restarting')).toBe(true);
      chart.takeCommands();
      chart.pass(3);
      expect(types(chart.takeCommands())).toContain('START_NODE');
      chart.tell('READER_STARTED', { node: 'db-1' });
      chart.tell('READER_IN_SYNC', { node: 'db-1' });
      expect(chart.isIn('first.following')).toBe(true);
    });
  });

  describe('when the only reader that can be asked lacks what the other had acknowledged', () => {
    const untilCompared = (writer: 'WRITER_CRASHED' | 'WRITER_UNREACHABLE') => {
      const chart = bench();
      chart.tell('READER_UNREACHABLE', { node: 'db-2' });
      chart.tell(writer, { node: 'db-1' });
      chart.pass(9);
      chart.takeCommands();
      chart.tell('POSITIONS_COMPARED', { newest: null, leastBehind: null, lacking: ['db-3'] });
      return chart;
    };

    it('starts the old writer again, and that reader catches up with it', () => {
      const chart = untilCompared('WRITER_CRASHED');
      expect(chart.isIn('second.behind')).toBe(true);
      expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069', 'CALL_OPERATOR', 'RDS-EVENT-0070', 'START_NODE']);
      chart.tell('WRITER_STARTED', { node: 'db-1' });
      expect(chart.tags).toEqual(['readable', 'writable']);
      expect(chart.takeCommands()).toContainEqual({ type: 'ATTACH_COPY', node: 'db-3' });
      chart.tell('FAILOVER_REQUESTED');
      expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069']);
      chart.tell('READER_IN_SYNC', { node: 'db-3' });
      chart.tell('FAILOVER_REQUESTED');
      expect(types(chart.takeCommands())).toContain('STOP_NODE');
    });

    it('waits for the other reader when the old writer is gone, and promotes the newer of the two', () => {
      const chart = untilCompared('WRITER_UNREACHABLE');
      chart.pass(600);
      expect(chart.isIn('service.stranded.waiting')).toBe(true);
      chart.tell('READER_REACHABLE', { node: 'db-2', running: true });
      expect(chart.isIn('service.failingOver')).toBe(true);
      chart.takeCommands();
      chart.pass(1);
      const asked = ['db-2', 'db-3'];
      expect(chart.takeCommands()).toEqual([{ type: 'COMPARE_POSITIONS', nodes: asked, complete: asked }]);
      chart.tell('POSITIONS_COMPARED', { newest: 'db-2', leastBehind: 'db-2', lacking: ['db-3'] });
      chart.tell('CAUGHT_UP');
      chart.pass(2);
      expect(types(chart.takeCommands())).toContain('PROMOTE_NODE');
    });

    it('asks no more once both are known to lack something', () => {
      const chart = untilCompared('WRITER_UNREACHABLE');
      chart.tell('READER_REACHABLE', { node: 'db-2', running: true });
      chart.pass(1);
      chart.tell('POSITIONS_COMPARED', { newest: null, leastBehind: null, lacking: ['db-2', 'db-3'] });
      chart.takeCommands();
      chart.pass(600);
      expect(chart.isIn('service.stranded.waiting')).toBe(true);
      expect(types(chart.takeCommands())).not.toContain('COMPARE_POSITIONS');
    });
  });

  it('promotes a reader that was cut off while commits went on only if it holds as much as one that was not', () => {
    const chart = bench();
    chart.tell('READER_DISCONNECTED', { node: 'db-2' });
    untilElection(chart);
    expect(chart.takeCommands()).toContainEqual({
      type: 'COMPARE_POSITIONS',
      nodes: ['db-2', 'db-3'],
      complete: ['db-3'],
    });
  });

  it('may promote readers that lost the writer when commits stalled', () => {
    const chart = bench();
    chart.tell('WRITER_CRASHED', { node: 'db-1' });
    chart.tell('READER_DISCONNECTED', { node: 'db-2' });
    chart.tell('READER_DISCONNECTED', { node: 'db-3' });
    chart.pass(9);
    expect(chart.takeCommands()).toContainEqual({
      type: 'COMPARE_POSITIONS',
      nodes: ['db-2', 'db-3'],
      complete: ['db-2', 'db-3'],
    });
  });

  it('starts a crashed writer in place, and promotes a reader when that takes too long', () => {
    const quick = bench();
    quick.tell('WRITER_CRASHED', { node: 'db-1' });
    quick.pass(3);
    expect(types(quick.takeCommands())).toEqual(['START_NODE']);
    quick.tell('WRITER_STARTED', { node: 'db-1' });
    quick.pass(60);
    expect(types(quick.takeCommands())).toEqual(['RDS-EVENT-0006']);
    const slow = bench();
    slow.tell('WRITER_CRASHED', { node: 'db-1' });
    slow.pass(9);
    expect(types(slow.takeCommands())).toEqual(['START_NODE', 'FENCE_NODE', 'COMPARE_POSITIONS']);
  });

  it('stops committing when both readers are lost, and goes on with the first that returns', () => {
    const chart = bench();
    chart.tell('READER_UNREACHABLE', { node: 'db-2' });
    expect(chart.tags).toContain('writable');
    chart.tell('READER_UNREACHABLE', { node: 'db-3' });
    expect(chart.isIn('service.available.stalled')).toBe(true);
    expect(chart.tags).not.toContain('writable');
    chart.tell('READER_REACHABLE', { node: 'db-3', running: true });
    expect(chart.tags).toContain('writable');
  });

  it('reboots without failing over, however long it takes', () => {
    const chart = bench();
    chart.tell('REBOOT_REQUESTED');
    chart.pass(6);
    expect(types(chart.takeCommands())).toEqual(['STOP_NODE', 'RDS-EVENT-0004', 'START_NODE']);
    chart.pass(600);
    chart.tell('WRITER_STARTED', { node: 'db-1' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0006']);
  });

  it('ends the writer first when a failover is asked for, and refuses when nobody could take over', () => {
    const chart = bench();
    chart.tell('FAILOVER_REQUESTED');
    expect(types(chart.takeCommands())).toEqual(['STOP_NODE', 'RDS-EVENT-0004']);
    chart.tell('FAILOVER_REQUESTED');
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069']);
    chart.pass(9);
    expect(types(chart.takeCommands())).toEqual(['FENCE_NODE', 'COMPARE_POSITIONS']);
    const alone = bench();
    for (const node of ['db-2', 'db-3']) alone.tell('READER_UNREACHABLE', { node });
    alone.tell('FAILOVER_REQUESTED');
    expect(types(alone.takeCommands())).toEqual(['RDS-EVENT-0069']);
  });

  it('is deleted with all its members, from wherever it is, and then deaf', () => {
    const settled = bench();
    const failing = bench();
    untilElection(failing);
    const stranded = bench();
    stranded.tell('WRITER_UNREACHABLE', { node: 'db-1' });
    for (const node of ['db-2', 'db-3']) stranded.tell('READER_UNREACHABLE', { node });
    stranded.pass(8);
    for (const chart of [settled, failing, stranded]) {
      chart.takeCommands();
      chart.tell('DELETE_REQUESTED');
      const dismissal = chart === stranded ? ['DISMISS_OPERATOR'] : [];
      const [stops, shutdowns] = [Array(3).fill('STOP_NODE'), Array(3).fill('RDS-EVENT-0004')];
      expect(types(chart.takeCommands())).toEqual([...dismissal, ...stops, ...shutdowns]);
      chart.pass(6);
      const removals = Array(3).fill('RDS-EVENT-0003');
      expect(types(chart.takeCommands())).toEqual(['DELETE_DATABASE', ...removals, 'RDS-EVENT-0171']);
      expect(chart.tags).toEqual(['deleted']);
      for (const fact of ['WRITER_CRASHED', 'READER_CRASHED', 'READER_CONNECTED']) chart.tell(fact, { node: 'db-2' });
      chart.tell('FAILOVER_REQUESTED');
      chart.tell('DELETE_REQUESTED');
      chart.pass(7_200);
      expect(chart.takeCommands()).toEqual([]);
    }
  });

  it('rebuilds a replaced reader from nothing, and lists it when it has caught up', () => {
    const chart = bench();
    chart.tell('READER_UNREACHABLE', { node: 'db-2' });
    chart.pass(10);
    expect(chart.takeCommands()).toMatchObject([{ type: 'REPOINT_ENDPOINT', endpoint: 'reader', nodes: ['db-3'] }]);
    chart.pass(240);
    expect(types(chart.takeCommands())).toEqual(['DETACH_COPY', 'REPLACE_HOST']);
    chart.tell('READER_REACHABLE', { node: 'db-2', running: false });
    chart.pass(600);
    expect(types(chart.takeCommands())).toEqual(['REBUILD_COPY', 'START_NODE']);
    chart.tell('READER_STARTED', { node: 'db-2' });
    expect(types(chart.takeCommands())).toEqual(['ATTACH_COPY']);
    chart.tell('READER_IN_SYNC', { node: 'db-2' });
    expect(chart.takeCommands()).toMatchObject([
      { type: 'REPOINT_ENDPOINT', endpoint: 'reader', nodes: ['db-2', 'db-3'] },
    ]);
    expect(chart.tags).toEqual(['readable', 'redundant', 'writable']);
  });

  it('never replaces a host while the writer is lost: its storage may hold the last copy', () => {
    const chart = bench();
    for (const node of ['db-2', 'db-3']) chart.tell('READER_UNREACHABLE', { node });
    chart.tell('WRITER_UNREACHABLE', { node: 'db-1' });
    chart.pass(7_200);
    expect(types(chart.takeCommands())).not.toContain('REPLACE_HOST');
    expect(chart.tags).toEqual(['phase:recovery', 'waiting-for-person']);
  });

  it('comes back from losing everybody: by the old writer, by a reader, or by a person', () => {
    const everybodyLost = () => {
      const chart = bench();
      chart.tell('WRITER_UNREACHABLE', { node: 'db-1' });
      for (const node of ['db-2', 'db-3']) chart.tell('READER_UNREACHABLE', { node });
      chart.pass(8);
      expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069', 'CALL_OPERATOR']);
      return chart;
    };
    const byWriter = everybodyLost();
    byWriter.tell('WRITER_REACHABLE', { node: 'db-1', running: false });
    expect(types(byWriter.takeCommands())).toEqual(['RDS-EVENT-0070', 'START_NODE']);
    byWriter.tell('WRITER_STARTED', { node: 'db-1' });
    expect(byWriter.isIn('service.available')).toBe(true);
    expect(byWriter.takeCommands()).toContainEqual({ type: 'DISMISS_OPERATOR', step: 'restore-cluster' });
    const byReader = everybodyLost();
    byReader.tell('READER_REACHABLE', { node: 'db-3', running: true });
    expect(byReader.isIn('service.failingOver')).toBe(true);
    expect(byReader.takeCommands()).toContainEqual({ type: 'DISMISS_OPERATOR', step: 'restore-cluster' });
    const byPerson = everybodyLost();
    byPerson.tell('OPERATOR_DONE', { step: 'restore-cluster' });
    byPerson.tell('WRITER_REACHABLE', { node: 'db-1', running: false });
    byPerson.pass(2_400);
    expect(types(byPerson.takeCommands()).filter((type) => type !== 'REPOINT_ENDPOINT')).toEqual([
      'REPLACE_HOST',
      'RESTORE_BACKUP',
      'START_NODE',
    ]);
    byPerson.tell('WRITER_STARTED', { node: 'db-1' });
    expect(byPerson.isIn('service.available')).toBe(true);
  });

  it('starts the former writer again as a reader', () => {
    const chart = bench();
    untilPromotion(chart);
    chart.pass(3);
    chart.tell('ENDPOINT_REPOINTED', { endpoint: 'writer' });
    chart.takeCommands();
    chart.tell('READER_REACHABLE', { node: 'db-1', running: false });
    chart.pass(3);
    expect(types(chart.takeCommands())).toEqual(['START_NODE']);
    chart.tell('READER_STARTED', { node: 'db-1' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0006', 'ATTACH_COPY']);
    for (const node of ['db-1', 'db-3']) chart.tell('READER_IN_SYNC', { node });
    expect(chart.tags).toEqual(['readable', 'redundant', 'writable']);
  });

  it('reboots a reader before anything else has happened', () => {
    const chart = bench();
    chart.tell('REBOOT_REQUESTED', { node: 'db-2' });
    chart.pass(60);
    expect(types(chart.takeCommands())).toEqual(['STOP_NODE', 'RDS-EVENT-0004', 'START_NODE']);
    chart.tell('READER_STARTED', { node: 'db-2' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0006', 'ATTACH_COPY']);
  });
});

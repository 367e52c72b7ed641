import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import { ALONE, bench, THREE } from '../testing/aurora-cluster-bench.ts';
import type { ChartBench } from '../testing/chart-bench.ts';

const types = (commands: readonly Command[]) =>
  commands.map((command) => (command.type === 'PUBLISH_EVENT' ? command.id : command.type));

function recovered(chart: ChartBench, node: string): void {
  chart.tell('VOLUME_FENCED', { node });
  chart.tell('VOLUME_RECOVERED', { node });
}

/** From the loss of the writer to the new one's record in the cluster endpoint. */
function failOver(chart: ChartBench, heir = 'b'): void {
  chart.tell('WRITER_UNREACHABLE', { node: 'a' });
  chart.pass(8);
  recovered(chart, heir);
  chart.tell('WRITER_STARTED', { node: heir });
  chart.pass(5);
  chart.tell('ENDPOINT_REPOINTED', { endpoint: 'writer', nodes: [heir] });
}

/** Who is promoted when the writer is lost. */
function heirOf(chart: ChartBench): string | undefined {
  chart.tell('WRITER_UNREACHABLE', { node: 'a' });
  chart.pass(8);
  return chart
    .takeCommands()
    .flatMap((command) => (command.type === 'RECOVER_VOLUME' ? [command.node] : []))
    .at(-1);
}

describe('the chart of an Aurora cluster', () => {
  it('fails over step by step, with the events in the documented order', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    expect(chart.tags).toEqual(['phase:detection', 'readable', 'redundant']);
    chart.pass(8);
    expect(chart.tags).toContain('failing-over');
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0073', 'RECOVER_VOLUME']);
    chart.tell('VOLUME_FENCED', { node: 'b' });
    expect(chart.takeCommands()).toEqual([{ type: 'FENCE_NODE', node: 'a' }]);
    chart.tell('VOLUME_RECOVERED', { node: 'b' });
    expect(types(chart.takeCommands())).toEqual(['STOP_NODE', 'SET_ROLE', 'PROMOTE_NODE', 'START_NODE']);
    chart.tell('WRITER_STARTED', { node: 'b' });
    expect(chart.tags).toContain('phase:endpoint-change');
    chart.pass(5);
    expect(chart.takeCommands()).toMatchObject([
      { type: 'PUBLISH_EVENT', id: 'RDS-EVENT-0006', node: 'b' },
      { type: 'REPOINT_ENDPOINT', endpoint: 'writer', nodes: ['b'] },
      { type: 'REPOINT_ENDPOINT', endpoint: 'analytics', nodes: ['c'] },
      { type: 'REPOINT_ENDPOINT', endpoint: 'reader', nodes: ['c'] },
    ]);
    chart.tell('ENDPOINT_REPOINTED', { endpoint: 'writer', nodes: ['b'] });
    expect(chart.tags).toContain('writable');
    chart.pass(12);
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0385', 'RDS-EVENT-0071']);
    expect(chart.tags).toEqual(['readable', 'redundant', 'writable']);
  });

  it('does nothing about a writer that is back before it was given up', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(7);
    chart.tell('WRITER_REACHABLE', { node: 'a', running: true });
    chart.pass(60);
    expect(chart.takeCommands()).toEqual([]);
  });

  it('restarts a crashed writer in place, after recovering the volume', () => {
    const chart = bench();
    chart.tell('WRITER_CRASHED', { node: 'a' });
    chart.pass(1);
    expect(chart.takeCommands()).toMatchObject([{ type: 'RECOVER_VOLUME', node: 'a' }]);
    recovered(chart, 'a');
    expect(chart.takeCommands()).toMatchObject([{ type: 'START_NODE', node: 'a' }]);
    chart.tell('WRITER_STARTED', { node: 'a' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0006']);
    expect(chart.isIn('service.available')).toBe(true);
  });

  it('fails over when the writer does not come up where it is', () => {
    const chart = bench();
    chart.tell('WRITER_CRASHED', { node: 'a' });
    chart.pass(1);
    recovered(chart, 'a');
    chart.tell('WRITER_CRASHED', { node: 'a' });
    expect(chart.isIn('service.failingOver.promoting')).toBe(true);
  });

  it('stops the writer for a requested failover, and starts it again as a reader', () => {
    const chart = bench();
    expect(chart.tell('FAILOVER_REQUESTED')).toBe(true);
    expect(chart.tags).toContain('writable');
    chart.pass(1);
    expect(types(chart.takeCommands())).toEqual(['STOP_NODE', 'RDS-EVENT-0004', 'RDS-EVENT-0073', 'RECOVER_VOLUME']);
    recovered(chart, 'b');
    const starts = chart.takeCommands().flatMap((command) => (command.type === 'START_NODE' ? [command.node] : []));
    expect(starts).toEqual(['a', 'b']);
    expect(chart.tell('FAILOVER_REQUESTED')).toBe(false);
  });

  it('refuses a failover without a reader', () => {
    expect(bench(ALONE).tell('FAILOVER_REQUESTED')).toBe(false);
  });

  it('promotes the reader that is asked for', () => {
    const chart = bench();
    chart.tell('FAILOVER_REQUESTED', { node: 'c' });
    chart.pass(1);
    expect(chart.takeCommands().at(-1)).toMatchObject({ type: 'RECOVER_VOLUME', node: 'c' });
  });

  it.each([
    [
      'the lowest tier',
      [
        { id: 'b', az: 'az2', tier: 3, size: 9 },
        { id: 'c', az: 'az3', tier: 2, size: 1 },
      ],
      'c',
    ],
    [
      'the largest class in one tier',
      [
        { id: 'b', az: 'az2', tier: 2, size: 1 },
        { id: 'c', az: 'az3', tier: 2, size: 9 },
      ],
      'c',
    ],
    [
      'the first of equals',
      [
        { id: 'b', az: 'az2', tier: 2, size: 1 },
        { id: 'c', az: 'az3', tier: 2, size: 1 },
      ],
      'b',
    ],
  ])('promotes %s', (_, readers, heir) => {
    expect(heirOf(bench({ instances: [{ id: 'a', az: 'az1', tier: 0, size: 1 }, ...readers] }))).toBe(heir);
  });

  it('no longer looks at tiers after five failed attempts', () => {
    const chart = bench({
      instances: [
        ...THREE.instances.slice(0, 2),
        { id: 'c', az: 'az3', tier: 9, size: 9 },
        { id: 'd', az: 'az3', tier: 1, size: 1 },
      ],
    });
    const tried = [heirOf(chart)];
    for (let attempt = 1; attempt <= 5; attempt++) {
      chart.tell('READER_UNREACHABLE', { node: tried.at(-1) });
      chart.tell('READER_REACHABLE', { node: tried.at(-1), running: true });
      tried.push(
        chart.takeCommands().flatMap((command) => (command.type === 'RECOVER_VOLUME' ? [command.node] : []))[0],
      );
    }
    expect(tried).toEqual(['b', 'd', 'b', 'd', 'b', 'c']);
  });

  it('says that an attempt failed when the heir is lost, and takes the next', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(8);
    chart.takeCommands();
    chart.tell('READER_CRASHED', { node: 'b' });
    expect(types(chart.takeCommands())).toEqual(['RDS-EVENT-0069', 'RDS-EVENT-0073', 'RECOVER_VOLUME']);
  });

  it('promotes the previous primary again when nobody else is left', () => {
    const chart = bench({ instances: THREE.instances.slice(0, 2), customEndpoints: [] });
    chart.tell('FAILOVER_REQUESTED');
    chart.pass(1);
    chart.tell('READER_UNREACHABLE', { node: 'b' });
    expect(types(chart.takeCommands())).toContain('RDS-EVENT-0070');
    expect(chart.isIn('service.restarting')).toBe(true);
  });

  describe('when its writer was fenced for a promotion that came to nothing', () => {
    const fencedForNothing = () => {
      const chart = bench({ instances: THREE.instances.slice(0, 2), customEndpoints: [] });
      chart.tell('WRITER_STORAGE_FAILED', { node: 'a' });
      chart.pass(8);
      chart.tell('VOLUME_FENCED', { node: 'b' });
      return chart;
    };
    const opensTheVolumeAgain = (chart: ChartBench) => {
      chart.takeCommands();
      expect(chart.tags).not.toContain('writable');
      chart.pass(1);
      expect(chart.takeCommands()).toMatchObject([{ type: 'RECOVER_VOLUME', node: 'a' }]);
      recovered(chart, 'a');
      expect(chart.takeCommands()).toMatchObject([{ type: 'START_NODE', node: 'a' }]);
      expect(chart.tags).not.toContain('writable');
      chart.tell('WRITER_STARTED', { node: 'a' });
      expect(chart.tags).toContain('writable');
    };

    it('starts it again once it is well, after recovering the volume for it', () => {
      const chart = fencedForNothing();
      chart.tell('READER_STORAGE_FAILED', { node: 'b' });
      expect(chart.isIn('service.stranded')).toBe(true);
      chart.tell('WRITER_STORAGE_REPAIRED', { node: 'a' });
      opensTheVolumeAgain(chart);
    });

    it('starts it again at once if it is well by then', () => {
      const chart = fencedForNothing();
      chart.tell('WRITER_STORAGE_REPAIRED', { node: 'a' });
      expect(chart.isIn('service.failingOver.promoting')).toBe(true);
      chart.tell('READER_STORAGE_FAILED', { node: 'b' });
      expect(types(chart.takeCommands())).toContain('RDS-EVENT-0070');
      opensTheVolumeAgain(chart);
    });

    it.each(['WRITER_STARTED', 'WRITER_REACHABLE'])('does not take %s from before its end for its return', (fact) => {
      const chart = fencedForNothing();
      chart.tell(fact, { node: 'a', running: true });
      chart.tell('READER_STORAGE_FAILED', { node: 'b' });
      chart.tell('WRITER_STORAGE_REPAIRED', { node: 'a' });
      opensTheVolumeAgain(chart);
    });

    it('shuts it out as well when the volume answers the lost heir only after the writer is back', () => {
      const chart = bench({ instances: THREE.instances.slice(0, 2), customEndpoints: [] });
      chart.tell('WRITER_STORAGE_FAILED', { node: 'a' });
      chart.pass(8);
      chart.tell('READER_UNREACHABLE', { node: 'b' });
      chart.tell('WRITER_STORAGE_REPAIRED', { node: 'a' });
      expect(chart.isIn('service.available')).toBe(true);
      chart.takeCommands();
      chart.tell('VOLUME_FENCED', { node: 'b' });
      expect(chart.takeCommands()).toEqual([{ type: 'FENCE_NODE', node: 'a' }]);
      opensTheVolumeAgain(chart);
    });
  });

  it('starts a former writer as a reader although it was seen running a moment before its end', () => {
    const chart = bench({ instances: THREE.instances.slice(0, 2), customEndpoints: [] });
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(8);
    recovered(chart, 'b');
    chart.tell('WRITER_STARTED', { node: 'b' });
    chart.takeCommands();
    chart.tell('READER_REACHABLE', { node: 'a', running: true });
    chart.pass(1);
    expect(chart.takeCommands()).toContainEqual({ type: 'START_NODE', node: 'a', startMs: 5_000 });
    expect(chart.tags).not.toContain('redundant');
    chart.tell('READER_STARTED', { node: 'a' });
    expect(chart.tags).toContain('redundant');
  });

  it('makes a new primary in the same AZ when there is no reader', () => {
    const chart = bench(ALONE);
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(8 + 300);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 'a' }]);
    chart.tell('WRITER_REACHABLE', { node: 'a', running: false });
    expect(chart.isIn('service.restarting')).toBe(true);
  });

  it('calls a person when a new primary cannot be launched', () => {
    const chart = bench(ALONE);
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(8 + 300 + 300);
    expect(chart.tags).toContain('waiting-for-person');
    chart.takeCommands();
    chart.tell('OPERATOR_DONE', { step: 'create-instance' });
    chart.pass(420);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 'a', az: 'az2' }]);
  });

  it('calls a person at once when all of several instances are lost', () => {
    const chart = bench();
    for (const [role, node] of [
      ['WRITER', 'a'],
      ['READER', 'b'],
      ['READER', 'c'],
    ])
      chart.tell(`${role}_UNREACHABLE`, { node });
    chart.pass(8);
    expect(chart.tags).toContain('waiting-for-person');
    expect(chart.takeCommands()).toContainEqual({ type: 'CALL_OPERATOR', step: 'create-instance' });
    chart.tell('READER_REACHABLE', { node: 'c', running: true });
    expect(chart.isIn('service.failingOver.promoting')).toBe(true);
  });

  it('moves the endpoint to a writer that was promoted and crashed before it had moved', () => {
    const chart = bench();
    chart.tell('WRITER_UNREACHABLE', { node: 'a' });
    chart.pass(8);
    recovered(chart, 'b');
    chart.tell('WRITER_STARTED', { node: 'b' });
    chart.tell('WRITER_CRASHED', { node: 'b' });
    chart.pass(1);
    recovered(chart, 'b');
    chart.tell('WRITER_STARTED', { node: 'b' });
    expect(chart.isIn('service.failingOver.movingEndpoints')).toBe(true);
  });

  it('restarts a crashed reader, replaces a lost one, and keeps the reader endpoint up to date', () => {
    const chart = bench();
    chart.tell('READER_CRASHED', { node: 'b' });
    chart.tell('READER_UNREACHABLE', { node: 'c' });
    chart.pass(6);
    expect(chart.takeCommands()).toMatchObject([
      { type: 'START_NODE', node: 'b' },
      { type: 'REPOINT_ENDPOINT', endpoint: 'reader', nodes: ['a'] },
    ]);
    chart.tell('READER_STARTED', { node: 'b' });
    chart.pass(300);
    expect(chart.takeCommands()).toMatchObject([
      { id: 'RDS-EVENT-0006' },
      { type: 'REPOINT_ENDPOINT', nodes: ['b'] },
      { type: 'REPLACE_HOST', node: 'c' },
    ]);
    expect(chart.isIn('service.available')).toBe(true);
  });

  it('leaves a reader alone that comes back by itself, and its endpoint too', () => {
    const chart = bench();
    chart.tell('READER_UNREACHABLE', { node: 'b' });
    chart.pass(3);
    chart.tell('READER_REACHABLE', { node: 'b', running: true });
    chart.pass(1_000);
    expect(chart.takeCommands()).toEqual([]);
  });

  it('lets other readers run on in a failover, unless the version is too old for that', () => {
    const started = (readersSurvive: boolean) => {
      const chart = bench({ readersSurvive });
      failOver(chart);
      return chart.takeCommands().flatMap((command) => (command.type === 'START_NODE' ? [command.node] : []));
    };
    expect(started(true)).toEqual(['b']);
    expect(started(false)).toEqual(['b', 'c']);
  });

  it('replaces several lost segments, each in its own time, and none that returned', () => {
    const chart = bench();
    chart.tell('SEGMENT_LOST', { segment: 's1' });
    chart.pass(4);
    chart.tell('SEGMENT_LOST', { segment: 's2' });
    chart.tell('SEGMENT_LOST', { segment: 's3' });
    chart.tell('SEGMENT_RETURNED', { segment: 's3' });
    chart.pass(8);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_SEGMENT', segment: 's1' }]);
    chart.pass(60);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_SEGMENT', segment: 's2' }]);
    expect(chart.tags).toEqual(['readable', 'redundant', 'writable']);
  });
});

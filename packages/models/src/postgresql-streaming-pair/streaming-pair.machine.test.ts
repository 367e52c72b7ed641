import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartBench } from '../testing/chart-bench.ts';
import { streamingPairMachine } from './streaming-pair.machine.ts';
import { streamingPairTimings } from './streaming-pair.timings.ts';

const SECONDS = { detection: 45, promotion: 5, endpointUpdate: 10, standbyRebuild: 1_200, shutdown: 1 };
const bench = ({ synchronous = true } = {}) =>
  new ChartBench(
    streamingPairMachine,
    streamingPairTimings,
    { primary: 'orders-1', standby: 'orders-2', synchronous },
    SECONDS,
  );

/** Facts by name, seconds as numbers, operator steps after `person:`; `REACHABLE!` means with its process running. */
function play(chart: ChartBench, steps: readonly string[]): ChartBench {
  for (const step of steps) {
    if (/^\d+$/.test(step)) chart.pass(Number(step));
    else if (step.startsWith('person:')) chart.tell('OPERATOR_DONE', { step: step.slice('person:'.length) });
    else chart.tell(step.replace('!', ''), { running: step.endsWith('!') });
  }
  return chart;
}

const ordered = (chart: ChartBench) =>
  chart
    .takeCommands()
    .map((command) =>
      'step' in command
        ? `${command.type} ${command.step}`
        : 'acks' in command
          ? `${command.type} ${command.acks}`
          : 'node' in command
            ? `${command.type} ${command.node}`
            : command.type,
    );

const LOST = ['PRIMARY_UNREACHABLE', '45'];
const PROMOTED = [...LOST, 'person:promote-standby', '5', '10', 'ENDPOINT_REPOINTED'];

describe('a streaming pair', () => {
  it.each<[readonly string[], string]>([
    [[], 'working.streaming'],
    [['PRIMARY_UNREACHABLE'], 'suspecting'],
    [['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE!'], 'working.streaming'],
    [['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE'], 'restarting'],
    [['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE', 'PRIMARY_STORAGE_FAILED', 'PRIMARY_STORAGE_REPAIRED'], 'restarting'],
    [['PRIMARY_STORAGE_FAILED', '45'], 'primaryLost'],
    [['PRIMARY_STORAGE_FAILED', '45', 'PRIMARY_STORAGE_REPAIRED'], 'working.streaming'],
    [['PRIMARY_UNRESPONSIVE', 'PRIMARY_RESPONSIVE'], 'working.streaming'],
    [LOST, 'primaryLost'],
    [[...LOST, 'PRIMARY_REACHABLE'], 'restarting'],
    [[...LOST, 'person:rebuild-standby'], 'primaryLost'],
    [[...LOST, 'person:promote-standby'], 'promoting'],
    [[...LOST, 'person:promote-standby', 'PRIMARY_REACHABLE!'], 'promoting'],
    [[...LOST, 'person:promote-standby', 'STANDBY_UNREACHABLE'], 'nobodyLeft'],
    [['STANDBY_UNREACHABLE', 'STANDBY_STARTED', ...LOST, 'person:promote-standby'], 'nobodyLeft'],
    [['STANDBY_UNREACHABLE', 'STANDBY_STARTED', 'STANDBY_REACHABLE!', ...LOST, 'person:promote-standby'], 'promoting'],
    [['STANDBY_UNREACHABLE', 'STANDBY_REACHABLE', 'STANDBY_STARTED', ...LOST, 'person:promote-standby'], 'promoting'],
    [[...LOST, 'person:promote-standby', 'STANDBY_UNREACHABLE', 'STANDBY_REACHABLE!'], 'promoting'],
    [[...LOST, 'person:promote-standby', 'STANDBY_UNREACHABLE', 'PRIMARY_STARTED'], 'working.hanging'],
    [['PROMOTE_REQUESTED', 'STANDBY_UNREACHABLE', 'PRIMARY_CRASHED'], 'restarting'],
    [
      [
        ...['PROMOTE_REQUESTED', 'PRIMARY_STORAGE_FAILED', 'STANDBY_STORAGE_FAILED', 'PRIMARY_STORAGE_REPAIRED'],
        'STANDBY_STORAGE_REPAIRED',
      ],
      'restarting',
    ],
    [['STANDBY_UNREACHABLE', ...LOST, 'person:promote-standby'], 'nobodyLeft'],
    [[...LOST, 'person:promote-standby', '5'], 'movingEndpoint'],
    [PROMOTED, 'working.unpaired'],
    [[...PROMOTED, 'person:rebuild-standby'], 'working.rebuilding'],
    [[...PROMOTED, 'person:rebuild-standby', '1200'], 'working.catchingUp'],
    [[...PROMOTED, 'person:rebuild-standby', '1200', 'STANDBY_IN_SYNC'], 'working.streaming'],
    [[...PROMOTED, ...LOST, 'person:promote-standby'], 'nobodyLeft'],
    [['PRIMARY_CRASHED'], 'restarting'],
    [['PRIMARY_CRASHED', 'PRIMARY_CRASHED', 'PRIMARY_STARTED'], 'working.streaming'],
    [['PRIMARY_CRASHED', 'PROMOTE_REQUESTED'], 'promoting'],
    [['RESTART_REQUESTED'], 'stopping'],
    [['RESTART_REQUESTED', 'PRIMARY_REACHABLE!'], 'stopping'],
    [
      ['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE', 'PRIMARY_CRASHED'].concat([
        'PRIMARY_STORAGE_FAILED',
        'PRIMARY_STORAGE_REPAIRED',
      ]),
      'restarting',
    ],
    [['RESTART_REQUESTED', '1', 'PRIMARY_STARTED'], 'working.streaming'],
    [['PROMOTE_REQUESTED'], 'promoting'],
    [['STANDBY_DISCONNECTED'], 'working.hanging'],
    [['STANDBY_DISCONNECTED', 'STANDBY_CONNECTED'], 'working.streaming'],
    [['STANDBY_DISCONNECTED', 'person:drop-synchronous-standby'], 'working.alone'],
    [['STANDBY_DISCONNECTED', 'person:drop-synchronous-standby', 'STANDBY_CONNECTED'], 'working.catchingUp'],
    [
      ['STANDBY_DISCONNECTED', 'person:drop-synchronous-standby', 'PRIMARY_CRASHED', 'PRIMARY_STARTED'],
      'working.alone',
    ],
  ])('after %j is %s', (steps, state) => {
    expect(play(bench(), steps).isIn(state)).toBe(true);
  });

  it('starts a primary again that died while it was started', () => {
    const chart = play(bench(), ['PRIMARY_CRASHED', 'PRIMARY_CRASHED']);
    expect(ordered(chart)).toEqual(['START_NODE orders-1', 'START_NODE orders-1']);
  });

  it('promotes nobody by itself, however long the primary is away', () => {
    const chart = play(bench(), [...LOST, '86400']);
    expect(ordered(chart)).toEqual(['CALL_OPERATOR promote-standby']);
    expect(chart.tags).toEqual(['phase:decision', 'waiting-for-person']);
  });

  it('shuts the old primary out before it promotes the standby, and lets commits go on without a second copy', () => {
    const chart = play(bench(), PROMOTED);
    expect(ordered(chart)).toEqual([
      'CALL_OPERATOR promote-standby',
      'DISMISS_OPERATOR promote-standby',
      'FENCE_NODE orders-1',
      'SET_ROLE orders-1',
      'PROMOTE_NODE orders-2',
      'SET_ACKS 0',
      'REPOINT_ENDPOINT',
      'CALL_OPERATOR rebuild-standby',
    ]);
  });

  it('demands the standby again once the rebuilt one has caught up', () => {
    const chart = play(bench(), [...PROMOTED, 'person:rebuild-standby']);
    chart.takeCommands();
    play(chart, ['1200', 'STANDBY_IN_SYNC']);
    expect(ordered(chart)).toEqual(['SET_ROLE orders-1', 'START_NODE orders-1', 'ATTACH_COPY orders-1', 'SET_ACKS 1']);
    expect(chart.tags).toEqual(['redundant', 'writable']);
  });

  it('stops all commits while a synchronous standby is away, and none while an asynchronous one is', () => {
    expect(play(bench(), ['STANDBY_DISCONNECTED']).tags).not.toContain('writable');
    const asynchronous = play(bench({ synchronous: false }), ['STANDBY_DISCONNECTED']);
    expect([asynchronous.tags, ordered(asynchronous)]).toEqual([['writable'], []]);
  });

  it('starts a standby whose process died, but not a former primary', () => {
    expect(ordered(play(bench(), ['STANDBY_CRASHED']))).toContain('START_NODE orders-2');
    const chart = play(bench(), PROMOTED);
    chart.takeCommands();
    expect(ordered(play(chart, ['STANDBY_REACHABLE']))).toEqual([]);
  });
});

describe('whatever happens to it', () => {
  const host = ['UNREACHABLE', 'REACHABLE', 'REACHABLE!', 'CRASHED', 'STARTED', 'STORAGE_FAILED', 'STORAGE_REPAIRED'];
  const persons = ['person:promote-standby', 'person:rebuild-standby', 'person:drop-synchronous-standby'];
  const facts = [
    ...['PRIMARY', 'STANDBY'].flatMap((role) => host.map((fact) => `${role}_${fact}`)),
    'STANDBY_DISCONNECTED',
    'STANDBY_CONNECTED',
    'STANDBY_IN_SYNC',
    'PROMOTE_REQUESTED',
    'RESTART_REQUESTED',
    'ENDPOINT_REPOINTED',
    ...persons,
    '1',
    '50',
    '2000',
  ];
  const healed = [
    '2000',
    'PRIMARY_STORAGE_REPAIRED',
    'PRIMARY_REACHABLE',
    'PRIMARY_STARTED',
    'STANDBY_REACHABLE!',
    'ENDPOINT_REPOINTED',
    ...persons,
    'STANDBY_CONNECTED',
  ];

  it('takes writes again once everything is well and people have acted', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...facts), { maxLength: 40 }), (synchronous, trouble) => {
        const chart = play(bench({ synchronous }), [...trouble, ...healed, ...healed, ...healed, ...healed]);
        expect(chart.tags).toContain('writable');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

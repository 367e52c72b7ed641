import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartBench } from '../testing/chart-bench.ts';
import { multiAzInstanceMachine } from './multi-az-instance.machine.ts';
import { multiAzInstanceTimings } from './multi-az-instance.timings.ts';

const SECONDS = {
  detection: 18,
  crashNotice: 3,
  hostReplacement: 240,
  reboot: 6,
  standbyDetach: 8,
  fencing: 2,
  promotion: 16,
  promotionWarm: 9,
  endpointUpdate: 3,
  completionNotice: 20,
  standbyRebuild: 360,
  storageVerdict: 300,
  restore: 1_500,
  rename: 90,
};
const INPUT = { primary: 'a', standby: 'b', restoreAz: 'az3' };
const bench = () => new ChartBench(multiAzInstanceMachine, multiAzInstanceTimings, INPUT, SECONDS);
const ordered = (chart: ChartBench) =>
  chart
    .takeCommands()
    .map((command) =>
      'id' in command ? command.id : 'step' in command ? `${command.type} ${command.step}` : command.type,
    );

function run(chart: ChartBench, steps: readonly string[]): ChartBench {
  for (const step of steps) {
    if (/^\d+$/.test(step)) chart.pass(Number(step));
    else if (step.startsWith('done ')) chart.tell('OPERATOR_DONE', { step: step.slice(5) });
    else if (step.endsWith(' running')) chart.tell(step.slice(0, -8), { running: true });
    else chart.tell(step);
  }
  return chart;
}

const LOST = ['PRIMARY_UNREACHABLE', '18'];
const PROMOTED = [...LOST, '2', '16', 'STANDBY_DISCONNECTED'];
const FAILED_OVER = [...PROMOTED, 'PRIMARY_STARTED', '3', 'ENDPOINT_REPOINTED'];
/** In sync again after a failover, with the former primary as its standby. */
const WHOLE_AGAIN = [...FAILED_OVER, 'STANDBY_REACHABLE', '20', '360', 'STANDBY_CONNECTED', 'STANDBY_IN_SYNC'];
const ALONE = ['STANDBY_UNREACHABLE', 'STANDBY_DISCONNECTED', '8'];
const VOLUME_LOST = [...ALONE, 'PRIMARY_STORAGE_FAILED', '18', '300'];
const RESTORED = [...VOLUME_LOST, 'done restore-to-point-in-time', '1500', 'done rename-instance', '90'];

const RESTORING = [...VOLUME_LOST, 'done restore-to-point-in-time'];
/** The standby has all, and went away before the volume of the primary did. */
const BOTH_LOST = ['STANDBY_UNREACHABLE', 'PRIMARY_STORAGE_FAILED', '18', '300'];
const BOTH_VOLUMES_LOST = ['STANDBY_STORAGE_FAILED', 'PRIMARY_STORAGE_FAILED', '18', '300'];
/** The heir is lost while the primary, which was being started, is told to take no writes. */
const FENCED_FOR_NOTHING = ['PRIMARY_CRASHED', '3', 'PRIMARY_STORAGE_FAILED', '18', 'STANDBY_STORAGE_FAILED'];
const INTERRUPTED = [...FAILED_OVER, 'STANDBY_REACHABLE', '20', '360', 'STANDBY_DISCONNECTED'];

describe('a Multi-AZ instance', () => {
  const table: readonly (readonly [readonly string[], string])[] = [
    [['PRIMARY_UNREACHABLE'], 'suspecting'],
    [['DELETE_REQUESTED', '6'], 'deleted'],
    [[...PROMOTED, 'DELETE_REQUESTED', '6', 'PRIMARY_STARTED', 'REBOOT_WITH_FAILOVER_REQUESTED', '600'], 'deleted'],
    [['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE running'], 'available'],
    [['PRIMARY_UNREACHABLE', 'PRIMARY_REACHABLE'], 'restarting.starting'],
    [['PRIMARY_STORAGE_FAILED', 'PRIMARY_STORAGE_REPAIRED'], 'available'],
    [['PRIMARY_UNRESPONSIVE', 'PRIMARY_RESPONSIVE'], 'available'],
    [['PRIMARY_UNRESPONSIVE', '18'], 'failingOver.fencing'],
    [['PRIMARY_STORAGE_FAILED', '18'], 'failingOver.fencing'],
    [['PRIMARY_STORAGE_FAILED', 'PRIMARY_UNREACHABLE', 'PRIMARY_STORAGE_REPAIRED'], 'suspecting'],
    [LOST, 'failingOver.fencing'],
    [[...LOST, '2'], 'failingOver.promoting'],
    [PROMOTED, 'failingOver.recovering'],
    [[...PROMOTED, 'PRIMARY_CRASHED'], 'failingOver.recovering'],
    [[...PROMOTED, 'PRIMARY_UNREACHABLE'], 'blocked'],
    [[...PROMOTED, 'PRIMARY_STARTED'], 'failingOver.movingEndpoint'],
    [[...PROMOTED, 'PRIMARY_STARTED', 'PRIMARY_CRASHED'], 'failingOver.recovering'],
    [FAILED_OVER, 'degraded.announcing'],
    [[...FAILED_OVER, '20'], 'degraded.awaitingStandby'],
    [[...FAILED_OVER, '20', 'STANDBY_REACHABLE'], 'degraded.rebuilding'],
    [[...FAILED_OVER, 'STANDBY_REACHABLE', '20', '360'], 'degraded.synchronising'],
    [[...FAILED_OVER, 'STANDBY_REACHABLE', '20', '360', 'STANDBY_DISCONNECTED'], 'degraded.interrupted'],
    [[...FAILED_OVER, 'STANDBY_REACHABLE', '20', '360', 'STANDBY_CONNECTED', 'STANDBY_IN_SYNC'], 'available'],
    [['PRIMARY_CRASHED'], 'restarting.noticing'],
    [['PRIMARY_CRASHED', '3', 'PRIMARY_STARTED'], 'available'],
    [['PRIMARY_CRASHED', '3', 'STANDBY_DISCONNECTED', 'PRIMARY_STARTED'], 'losingStandby'],
    [['PRIMARY_CRASHED', 'PRIMARY_UNREACHABLE'], 'suspecting'],
    [['STANDBY_UNREACHABLE'], 'available'],
    [['STANDBY_DISCONNECTED'], 'losingStandby'],
    [['STANDBY_DISCONNECTED', 'STANDBY_CONNECTED'], 'available'],
    [['STANDBY_DISCONNECTED', 'PRIMARY_UNREACHABLE', '18'], 'failingOver.fencing'],
    [ALONE, 'degraded.awaitingStandby'],
    [['STANDBY_DISCONNECTED', '8'], 'degraded.rebuilding'],
    [[...ALONE, ...LOST], 'blocked'],
    [[...ALONE, ...LOST, 'STANDBY_REACHABLE'], 'blocked'],
    [[...ALONE, ...LOST, 'PRIMARY_REACHABLE', 'PRIMARY_STARTED'], 'degraded.awaitingStandby'],
    [['STANDBY_UNREACHABLE', ...LOST], 'blocked'],
    [['STANDBY_UNREACHABLE', ...LOST, 'STANDBY_REACHABLE'], 'failingOver.fencing'],
    [VOLUME_LOST, 'lost'],
    [['STANDBY_STORAGE_FAILED', 'PRIMARY_STORAGE_FAILED', '18', '300'], 'lost'],
    [[...ALONE, ...LOST, '300'], 'blocked'],
    [[...ALONE, ...LOST, 'PRIMARY_STORAGE_FAILED', '300'], 'lost'],
    [[...VOLUME_LOST, 'PRIMARY_STORAGE_REPAIRED'], 'degraded.awaitingStandby'],
    [[...VOLUME_LOST, 'done rename-instance'], 'lost'],
    [[...VOLUME_LOST, 'done restore-to-point-in-time'], 'restoring.creating'],
    [[...VOLUME_LOST, 'done restore-to-point-in-time', '1500'], 'restoring.awaitingPerson'],
    [[...VOLUME_LOST, 'done restore-to-point-in-time', '1500', 'PRIMARY_STORAGE_REPAIRED'], 'degraded.awaitingStandby'],
    [RESTORED, 'restoring.starting'],
    [[...RESTORED, 'PRIMARY_REACHABLE', 'PRIMARY_STORAGE_REPAIRED', 'PRIMARY_STARTED'], 'degraded.awaitingStandby'],
    [[...WHOLE_AGAIN, ...LOST, '2', '9'], 'failingOver.recovering'],
    [
      [...WHOLE_AGAIN, 'STANDBY_DISCONNECTED', 'STANDBY_UNREACHABLE', '8', '240', 'STANDBY_REACHABLE'],
      'degraded.rebuilding',
    ],
    [['DELETE_REQUESTED', '3', 'DELETE_REQUESTED', '3'], 'deleted'],
    [[...FAILED_OVER, 'STANDBY_UNREACHABLE'], 'degraded.announcing'],
    [[...FAILED_OVER, 'STANDBY_STORAGE_FAILED'], 'degraded.announcing'],
    [[...INTERRUPTED, 'STANDBY_CONNECTED'], 'degraded.rebuilding'],
    [[...ALONE, 'PRIMARY_UNRESPONSIVE', '18', '300', 'PRIMARY_RESPONSIVE'], 'degraded.awaitingStandby'],
    // Whoever comes back with all the data is preferred to a backup, until the new instance takes the name.
    ...[VOLUME_LOST, RESTORING, [...RESTORING, '1500']].flatMap((steps): (readonly [readonly string[], string])[] => [
      [[...steps, 'PRIMARY_STORAGE_REPAIRED'], 'degraded.awaitingStandby'],
      [[...steps, 'PRIMARY_RESPONSIVE'], 'suspecting'],
      [[...steps, 'PRIMARY_REACHABLE'], 'restarting.starting'],
      [[...steps, 'PRIMARY_REACHABLE running'], 'suspecting'],
    ]),
    ...[[], ['done restore-to-point-in-time'], ['done restore-to-point-in-time', '1500']].flatMap(
      (steps): (readonly [readonly string[], string])[] => [
        [[...BOTH_LOST, ...steps, 'STANDBY_REACHABLE'], 'failingOver.fencing'],
        [[...BOTH_VOLUMES_LOST, ...steps, 'STANDBY_STORAGE_REPAIRED'], 'failingOver.fencing'],
      ],
    ),
    [[...VOLUME_LOST, 'STANDBY_REACHABLE', 'STANDBY_STORAGE_REPAIRED'], 'lost'],
    [[...RESTORING, 'STANDBY_REACHABLE', 'STANDBY_STORAGE_REPAIRED'], 'restoring.creating'],
    [[...RESTORING, '1500', 'STANDBY_REACHABLE', 'STANDBY_STORAGE_REPAIRED'], 'restoring.awaitingPerson'],
    [['STANDBY_DISCONNECTED', 'PRIMARY_REACHABLE running'], 'losingStandby'],
    [['PRIMARY_CRASHED', '3', 'PRIMARY_CRASHED'], 'restarting.noticing'],
    [[...ALONE, ...LOST, '200', 'PRIMARY_STORAGE_FAILED', '299'], 'blocked'],
    [['REBOOT_REQUESTED'], 'rebooting'],
    [['REBOOT_REQUESTED', '6', 'PRIMARY_STARTED'], 'available'],
    [['REBOOT_REQUESTED', 'PRIMARY_UNREACHABLE'], 'suspecting'],
    [['REBOOT_WITH_FAILOVER_REQUESTED'], 'failingOver.fencing'],
    [['REBOOT_WITH_FAILOVER_REQUESTED', 'STANDBY_UNREACHABLE'], 'restarting.starting'],
    [['REBOOT_WITH_FAILOVER_REQUESTED', '2', 'STANDBY_STORAGE_FAILED'], 'restarting.starting'],
    [[...LOST, 'STANDBY_UNREACHABLE'], 'blocked'],
    // A start from before the fence may end after the failover was given up: its process takes no writes all the same.
    [[...FENCED_FOR_NOTHING, 'PRIMARY_STORAGE_REPAIRED'], 'restarting.noticing'],
    [[...FENCED_FOR_NOTHING, 'PRIMARY_STARTED', 'PRIMARY_STORAGE_REPAIRED'], 'restarting.noticing'],
    [[...FENCED_FOR_NOTHING, 'PRIMARY_STARTED', 'PRIMARY_REACHABLE running'], 'restarting.noticing'],
    [[...FENCED_FOR_NOTHING, 'PRIMARY_STORAGE_REPAIRED', '3', 'PRIMARY_STARTED'], 'available'],
    [[...FENCED_FOR_NOTHING, 'STANDBY_STORAGE_REPAIRED', '2', '16', 'PRIMARY_STARTED'], 'failingOver.movingEndpoint'],
    [['REBOOT_WITH_FAILOVER_REQUESTED', 'STANDBY_UNREACHABLE', 'PRIMARY_STARTED'], 'available'],
    [
      ['REBOOT_WITH_FAILOVER_REQUESTED', 'STANDBY_UNREACHABLE', 'PRIMARY_STORAGE_FAILED', 'PRIMARY_STORAGE_REPAIRED'],
      'restarting.noticing',
    ],
  ];

  it.each(table)('after %j is %s', (steps, state) => {
    expect(run(bench(), steps).isIn(`service.${state}`)).toBe(true);
  });

  it('fails over in the documented order of events', () => {
    const chart = run(bench(), [
      ...FAILED_OVER,
      'STANDBY_REACHABLE',
      '20',
      '360',
      'STANDBY_CONNECTED',
      'STANDBY_IN_SYNC',
    ]);
    expect(ordered(chart)).toEqual([
      'FENCE_NODE',
      'FENCE_NODE',
      'RDS-EVENT-0013',
      'SET_ROLE',
      'PROMOTE_NODE',
      'SET_ACKS',
      'START_NODE',
      'RDS-EVENT-0006',
      'REPOINT_ENDPOINT',
      'RDS-EVENT-0049',
      'RDS-EVENT-0015',
      'RDS-EVENT-0361',
      'REBUILD_COPY',
      'ATTACH_COPY',
      'SET_ACKS',
      'RDS-EVENT-0362',
    ]);
  });

  it('is started in place after a crash, with events that are not those of a failover', () => {
    const chart = run(bench(), ['PRIMARY_CRASHED', '3', 'PRIMARY_STARTED']);
    expect(ordered(chart)).toEqual([
      'RDS-EVENT-0052',
      'START_NODE',
      'RDS-EVENT-0053',
      'RDS-EVENT-0050',
      'RDS-EVENT-0051',
    ]);
  });

  it.each([[ALONE], [FAILED_OVER], [['PRIMARY_UNREACHABLE']]])(
    'abandons a failover that is asked for after %j',
    (steps) => {
      const chart = run(bench(), steps);
      chart.takeCommands();
      chart.tell('REBOOT_WITH_FAILOVER_REQUESTED');
      expect(ordered(chart)).toEqual(['RDS-EVENT-0034']);
    },
  );

  it('is asked in vain for a failover while it is deleted', () => {
    const chart = run(bench(), ['DELETE_REQUESTED']);
    chart.takeCommands();
    run(chart, ['REBOOT_WITH_FAILOVER_REQUESTED', 'DELETE_REQUESTED']);
    expect(ordered(chart)).toEqual([]);
  });

  it.each([['is rebuilt in a time of its own once there is a way to the standby', INTERRUPTED, 'STANDBY_CONNECTED']])(
    '%s',
    (_, steps, fact) => {
      const chart = run(bench(), steps);
      chart.draw({ standbyRebuild: 77 });
      run(chart, [fact, '76']);
      expect(chart.isIn('service.degraded.rebuilding')).toBe(true);
      run(chart, ['1']);
      expect(chart.isIn('service.degraded.synchronising')).toBe(true);
    },
  );

  it.each([[VOLUME_LOST], [RESTORING], [[...RESTORING, '1500']]])(
    'starts a primary that is back after %j, in a time of its own',
    (steps) => {
      const chart = run(bench(), steps);
      chart.draw({ engineStart: 33 });
      run(chart, ['PRIMARY_REACHABLE']);
      expect(chart.takeCommands().at(-1)).toMatchObject({ type: 'START_NODE', startMs: 33_000 });
    },
  );

  it.each([[[...PROMOTED]], [['REBOOT_REQUESTED', '6']]])(
    'goes on with the start that is under way after %j',
    (steps) => {
      const chart = run(bench(), steps);
      chart.takeCommands();
      run(chart, ['PRIMARY_REACHABLE running']);
      expect(ordered(chart)).toEqual([]);
    },
  );

  it('gives a volume up, and a new instance its name, in a time of their own', () => {
    const blocked = run(bench(), [...ALONE, ...LOST]);
    blocked.draw({ storageVerdict: 77 });
    run(blocked, ['PRIMARY_STORAGE_FAILED', '77']);
    expect(blocked.isIn('service.lost')).toBe(true);
    const nameless = run(bench(), [...RESTORING, '1500']);
    nameless.draw({ rename: 77 });
    run(nameless, ['done rename-instance', '77']);
    expect(nameless.isIn('service.restoring.starting')).toBe(true);
  });

  it('starts a restored instance again that crashed before it had its name', () => {
    const chart = run(bench(), RESTORED);
    chart.takeCommands();
    run(chart, ['PRIMARY_CRASHED']);
    expect(ordered(chart)).toEqual(['START_NODE']);
  });

  it('never promotes a standby that is out of sync', () => {
    const chart = run(bench(), [...ALONE, ...LOST, 'STANDBY_REACHABLE', '100000']);
    expect(ordered(chart)).not.toContain('PROMOTE_NODE');
    expect(chart.tags).toContain('waiting-for-person');
  });

  it('moves the endpoint even if the new primary was lost before it could', () => {
    const chart = run(bench(), [
      ...PROMOTED,
      'PRIMARY_UNREACHABLE',
      '240',
      'PRIMARY_REACHABLE',
      'PRIMARY_STARTED',
      '3',
    ]);
    expect(chart.takeCommands().at(-1)).toMatchObject({ type: 'REPOINT_ENDPOINT', nodes: ['b'] });
    chart.tell('ENDPOINT_REPOINTED');
    expect(chart.isIn('service.degraded.announcing')).toBe(true);
  });

  it('keeps a host whose volume is ill, and calls a person when the volume is given up', () => {
    const chart = run(bench(), [...ALONE, 'PRIMARY_STORAGE_FAILED', '18', '299']);
    ordered(chart);
    run(chart, ['1']);
    expect(ordered(chart)).toEqual(['RDS-EVENT-0031', 'CALL_OPERATOR restore-to-point-in-time']);
    chart.tell('PRIMARY_STORAGE_REPAIRED');
    expect(ordered(chart)[0]).toBe('DISMISS_OPERATOR restore-to-point-in-time');
    expect(chart.tags).toContain('writable');
  });

  it('goes back to the backup when nothing else is left, and makes a standby after that', () => {
    const chart = run(bench(), VOLUME_LOST);
    ordered(chart);
    run(chart, ['done restore-to-point-in-time', '1500']);
    expect(ordered(chart)).toEqual(['DISMISS_OPERATOR restore-to-point-in-time', 'CALL_OPERATOR rename-instance']);
    run(chart, ['done rename-instance', '90']);
    expect(chart.takeCommands()).toMatchObject([
      { type: 'DISMISS_OPERATOR' },
      { type: 'REPLACE_HOST', node: 'a', az: 'az3', volume: 'lost' },
      { type: 'DETACH_COPY', node: 'b' },
    ]);
    run(chart, ['PRIMARY_REACHABLE', 'PRIMARY_STORAGE_REPAIRED']);
    expect(ordered(chart)).toEqual(['RESTORE_BACKUP', 'SET_ACKS', 'START_NODE']);
    run(chart, ['PRIMARY_STARTED', '240', 'STANDBY_REACHABLE', '360', 'STANDBY_CONNECTED', 'STANDBY_IN_SYNC']);
    expect(ordered(chart)).toEqual([
      'RDS-EVENT-0019',
      'REPLACE_HOST',
      'RDS-EVENT-0361',
      'REBUILD_COPY',
      'ATTACH_COPY',
      'SET_ACKS',
      'RDS-EVENT-0362',
    ]);
  });

  it('takes writing away first and reading with the announcement', () => {
    const chart = run(bench(), LOST);
    expect(chart.takeCommands()).toEqual([{ type: 'FENCE_NODE', node: 'a', reads: 'kept' }]);
    run(chart, ['2']);
    expect(chart.takeCommands()).toMatchObject([
      { type: 'FENCE_NODE', node: 'a' },
      { type: 'PUBLISH_EVENT', id: 'RDS-EVENT-0013' },
    ]);
  });
});

describe('whatever happens to it', () => {
  const host = ['UNREACHABLE', 'REACHABLE', 'STORAGE_FAILED', 'STORAGE_REPAIRED', 'UNRESPONSIVE', 'RESPONSIVE'];
  const facts = [
    ...host.flatMap((fact) => [`PRIMARY_${fact}`, `STANDBY_${fact}`]),
    ...[
      'PRIMARY_CRASHED',
      'PRIMARY_STARTED',
      'PRIMARY_REACHABLE running',
      'STANDBY_DISCONNECTED',
      'STANDBY_CONNECTED',
      'STANDBY_IN_SYNC',
      'ENDPOINT_REPOINTED',
      'REBOOT_REQUESTED',
      'REBOOT_WITH_FAILOVER_REQUESTED',
      'done restore-to-point-in-time',
      'done rename-instance',
    ],
    ...['1', '20', '400'],
  ];
  const healed = [
    'PRIMARY_STORAGE_REPAIRED',
    'STANDBY_STORAGE_REPAIRED',
    'PRIMARY_RESPONSIVE',
    'PRIMARY_REACHABLE',
    'STANDBY_REACHABLE',
    '400',
    'PRIMARY_STARTED',
    'STANDBY_CONNECTED',
    '400',
    'ENDPOINT_REPOINTED',
    '400',
    'STANDBY_IN_SYNC',
  ];

  it('is whole again once everything is well and time has passed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 40 }), (steps) => {
        const chart = run(bench(), [...steps, ...healed, ...healed, ...healed, ...healed]);
        expect(chart.tags).toEqual(['redundant', 'writable']);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('orders no promotion of a standby that was let go and is not in sync again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 60 }), (steps) => {
        let inSync = true;
        const chart = bench();
        for (const step of steps) {
          const was = inSync;
          run(chart, [step]);
          for (const command of chart.takeCommands()) {
            if (command.type === 'PROMOTE_NODE') expect(was && inSync).toBe(true);
            if (command.type === 'DETACH_COPY' || command.type === 'PROMOTE_NODE') inSync = false;
            if (command.type === 'SET_ACKS' && command.acks === 1) inSync = true;
          }
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

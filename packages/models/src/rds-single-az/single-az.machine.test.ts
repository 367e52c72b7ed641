import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartBench } from '../testing/chart-bench.ts';
import { singleAzMachine } from './single-az.machine.ts';
import { singleAzTimings } from './single-az.timings.ts';

const INPUT = { instance: 'orders-1', restored: 'orders-2', az: 'az1', restoreAz: 'az2' };
const SECONDS = {
  detection: 18,
  crashNotice: 3,
  hostReplacement: 240,
  patience: 900,
  storageVerdict: 300,
  restore: 1_500,
  rename: 90,
  reboot: 6,
};
const bench = () => new ChartBench(singleAzMachine, singleAzTimings, INPUT, SECONDS);
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

/** A chart that has waited for its AZ until it gave up. */
function lost(): ChartBench {
  const chart = bench();
  chart.tell('INSTANCE_UNREACHABLE');
  chart.pass(18 + 900);
  return chart;
}

/** A chart whose operator has asked for a restore, which is ready to be started. */
function restored(): ChartBench {
  const chart = lost();
  chart.tell('OPERATOR_DONE', { step: 'restore-to-point-in-time' });
  chart.pass(1_500);
  chart.tell('RESTORED_REACHABLE');
  return chart;
}

describe('a Single-AZ instance', () => {
  const table: readonly (readonly [readonly string[], string])[] = [
    [['INSTANCE_UNREACHABLE'], 'suspecting'],
    [['DELETE_REQUESTED'], 'deleting'],
    [['DELETE_REQUESTED', '6'], 'deleted'],
    [['INSTANCE_STORAGE_FAILED', '300', 'DELETE_REQUESTED', '6', 'INSTANCE_STORAGE_REPAIRED'], 'deleted'],
    [['INSTANCE_UNREACHABLE', '18'], 'replacing'],
    [['INSTANCE_UNREACHABLE', '18', '240'], 'replacing'],
    [['INSTANCE_UNREACHABLE', '18', '900'], 'lost'],
    [['INSTANCE_UNREACHABLE', '18', 'INSTANCE_REACHABLE'], 'restarting.starting'],
    [['INSTANCE_CRASHED'], 'restarting.noticing'],
    [['INSTANCE_CRASHED', '3'], 'restarting.starting'],
    [['INSTANCE_CRASHED', '3', 'INSTANCE_CRASHED'], 'restarting.noticing'],
    [['INSTANCE_CRASHED', '3', 'INSTANCE_UNREACHABLE'], 'suspecting'],
    [['INSTANCE_CRASHED', '3', 'INSTANCE_STARTED'], 'available'],
    [['INSTANCE_CRASHED', '3', 'INSTANCE_STORAGE_FAILED', 'INSTANCE_STARTED'], 'losingStorage'],
    [['INSTANCE_CRASHED', '3', 'INSTANCE_UNRESPONSIVE', 'INSTANCE_STARTED'], 'unresponsive'],
    [['INSTANCE_STORAGE_FAILED'], 'losingStorage'],
    [['INSTANCE_STORAGE_FAILED', 'INSTANCE_STORAGE_REPAIRED'], 'available'],
    [['INSTANCE_STORAGE_FAILED', '300'], 'lost'],
    [['INSTANCE_STORAGE_FAILED', '300', 'INSTANCE_STORAGE_REPAIRED'], 'available'],
    [['INSTANCE_UNRESPONSIVE'], 'unresponsive'],
    [['INSTANCE_UNRESPONSIVE', 'INSTANCE_RESPONSIVE'], 'available'],
    [['INSTANCE_UNRESPONSIVE', 'REBOOT_REQUESTED'], 'rebooting'],
    [['INSTANCE_UNRESPONSIVE', 'done reboot-instance'], 'rebooting'],
    [['INSTANCE_UNRESPONSIVE', 'done rename-instance'], 'unresponsive'],
    [['REBOOT_REQUESTED'], 'rebooting'],
    [['REBOOT_REQUESTED', '6', 'INSTANCE_STARTED'], 'available'],
    [['REBOOT_REQUESTED', 'INSTANCE_UNREACHABLE'], 'suspecting'],
    [['REBOOT_REQUESTED', 'INSTANCE_CRASHED'], 'restarting.noticing'],
  ];

  it.each(table)('after %j is %s', (steps, state) => {
    expect(run(bench(), steps).isIn(state)).toBe(true);
  });

  it('takes no notice of a host that is back before it was given up', () => {
    const chart = bench();
    chart.tell('INSTANCE_UNREACHABLE');
    chart.pass(10);
    chart.tell('INSTANCE_REACHABLE', { running: true });
    expect([chart.isIn('available'), ordered(chart)]).toEqual([true, []]);
  });

  it('gets a new host in its own AZ, and starts with the volume that it had', () => {
    const chart = bench();
    chart.tell('INSTANCE_UNREACHABLE');
    chart.pass(18 + 240);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 'orders-1' }]);
    chart.tell('INSTANCE_REACHABLE', { running: false });
    chart.tell('INSTANCE_STARTED');
    expect(ordered(chart)).toEqual(['START_NODE', 'RDS-EVENT-0020', 'RDS-EVENT-0021', 'RDS-EVENT-0006']);
    expect(chart.tags).toEqual(['readable', 'writable']);
  });

  it('is found down after a time in which nobody watched', () => {
    const chart = bench();
    chart.tell('INSTANCE_REACHABLE', { running: false });
    expect(chart.isIn('restarting.starting')).toBe(true);
  });
});

describe('a deletion', () => {
  it('ends the instance and all that belongs to it, and calls the person off who was to restore it', () => {
    const chart = lost();
    ordered(chart);
    chart.tell('DELETE_REQUESTED');
    chart.pass(6);
    expect(ordered(chart)).toEqual([
      'DISMISS_OPERATOR restore-to-point-in-time',
      'STOP_NODE',
      'RDS-EVENT-0004',
      'DELETE_DATABASE',
      'RDS-EVENT-0003',
    ]);
    chart.tell('DELETE_REQUESTED');
    chart.pass(600);
    expect(ordered(chart)).toEqual([]);
    expect(chart.tags).toEqual(['deleted']);
  });
});

describe('a second request for a deletion', () => {
  it('neither prolongs nor repeats the first', () => {
    const chart = run(bench(), ['DELETE_REQUESTED', '3', 'DELETE_REQUESTED', '3']);
    expect(chart.isIn('deleted')).toBe(true);
    expect(ordered(chart).filter((command) => command === 'STOP_NODE')).toHaveLength(1);
  });
});

describe('a restore', () => {
  it('is called for when the instance stays away, and given up when it comes back', () => {
    const chart = lost();
    expect(chart.tags).toContain('waiting-for-person');
    expect(ordered(chart)).toEqual(['REPLACE_HOST', 'CALL_OPERATOR restore-to-point-in-time']);
    chart.tell('INSTANCE_REACHABLE', { running: false });
    expect(ordered(chart)).toEqual(['DISMISS_OPERATOR restore-to-point-in-time', 'START_NODE', 'RDS-EVENT-0020']);
  });

  it('is abandoned when the old instance returns before it is done', () => {
    const chart = lost();
    chart.tell('OPERATOR_DONE', { step: 'restore-to-point-in-time' });
    chart.tell('INSTANCE_REACHABLE', { running: false });
    expect(chart.isIn('restarting.starting')).toBe(true);
    chart.pass(10_000);
    expect(ordered(chart)).not.toContain('RESTORE_BACKUP');
  });

  it('is abandoned too when the old instance was there all the time', () => {
    const chart = run(lost(), ['done restore-to-point-in-time', 'INSTANCE_REACHABLE running']);
    expect(chart.isIn('available')).toBe(true);
  });

  it('ignores what people do for other reasons', () => {
    const chart = lost();
    chart.tell('OPERATOR_DONE', { step: 'rename-instance' });
    expect(chart.isIn('lost')).toBe(true);
  });

  it('makes a new instance in another AZ, which takes the name and the endpoint when somebody renames it', () => {
    const chart = restored();
    expect(chart.takeCommands()).toContainEqual({ type: 'REPLACE_HOST', node: 'orders-2', az: 'az2', volume: 'lost' });
    chart.tell('RESTORED_STARTED');
    expect(chart.isIn('renaming.awaitingPerson')).toBe(true);
    chart.tell('OPERATOR_DONE', { step: 'rename-instance' });
    chart.takeCommands();
    chart.pass(90);
    expect(chart.takeCommands()).toEqual([
      { type: 'SET_ROLE', node: 'orders-1', role: 'restored', readable: false, writable: false },
      { type: 'DISCARD_NODE', node: 'orders-1' },
      { type: 'SET_ROLE', node: 'orders-2', role: 'instance', readable: true, writable: true },
      { type: 'REPOINT_ENDPOINT', endpoint: 'instance', nodes: ['orders-2'], propagationMs: 10_000 },
    ]);
    chart.tell('ENDPOINT_REPOINTED');
    expect(chart.isIn('available')).toBe(true);
  });

  it('can be made again, back to the first AZ', () => {
    const chart = restored();
    chart.tell('RESTORED_STARTED');
    chart.tell('OPERATOR_DONE', { step: 'rename-instance' });
    chart.pass(90);
    chart.tell('ENDPOINT_REPOINTED');
    chart.tell('INSTANCE_UNREACHABLE');
    chart.pass(18 + 900);
    chart.tell('OPERATOR_DONE', { step: 'restore-to-point-in-time' });
    chart.takeCommands();
    chart.pass(1_500);
    expect(chart.takeCommands()).toEqual([{ type: 'REPLACE_HOST', node: 'orders-1', az: 'az1', volume: 'lost' }]);
  });

  it('starts the restored instance again when it crashes', () => {
    const chart = restored();
    chart.tell('RESTORED_STARTED');
    chart.takeCommands();
    chart.tell('RESTORED_CRASHED');
    expect(ordered(chart)).toEqual(['DISMISS_OPERATOR rename-instance', 'START_NODE']);
    chart.tell('RESTORED_STARTED');
    expect(chart.isIn('renaming.awaitingPerson')).toBe(true);
  });

  it('gives the restored instance another host when it loses its own', () => {
    const chart = restored();
    chart.tell('RESTORED_STARTED');
    chart.takeCommands();
    chart.tell('RESTORED_UNREACHABLE');
    expect(ordered(chart)).toEqual(['DISMISS_OPERATOR rename-instance']);
    chart.pass(3_600);
    expect(ordered(chart)).toEqual(['REPLACE_HOST']);
    chart.tell('RESTORED_REACHABLE');
    expect(ordered(chart)).toEqual(['START_NODE']);
    chart.tell('RESTORED_STARTED');
    expect(chart.isIn('renaming.awaitingPerson')).toBe(true);
  });
});

describe('whatever happens to it', () => {
  const host = [
    'UNREACHABLE',
    'REACHABLE',
    'CRASHED',
    'STARTED',
    'STORAGE_FAILED',
    'STORAGE_REPAIRED',
    'UNRESPONSIVE',
    'RESPONSIVE',
  ];
  const steps = ['reboot-instance', 'restore-to-point-in-time', 'rename-instance'];
  const facts = [
    ...host.map((fact) => `INSTANCE_${fact}`),
    ...['REACHABLE', 'UNREACHABLE', 'CRASHED', 'STARTED'].map((fact) => `RESTORED_${fact}`),
    'REBOOT_REQUESTED',
    'ENDPOINT_REPOINTED',
    ...steps,
    '1',
    '300',
    '2000',
  ];
  const healed = [
    'INSTANCE_STORAGE_REPAIRED',
    'INSTANCE_RESPONSIVE',
    'INSTANCE_REACHABLE',
    'RESTORED_REACHABLE',
    '2000',
    'INSTANCE_STARTED',
    'RESTORED_STARTED',
    'rename-instance',
    '300',
    'ENDPOINT_REPOINTED',
  ];

  it('is writable again once everything is well and its operator has acted', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 40 }), (trouble) => {
        const chart = bench();
        for (const step of [...trouble, ...healed, ...healed, ...healed]) {
          if (/^\d+$/.test(step)) chart.pass(Number(step));
          else if (steps.includes(step)) chart.tell('OPERATOR_DONE', { step });
          else chart.tell(step);
        }
        expect(chart.tags).toContain('writable');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

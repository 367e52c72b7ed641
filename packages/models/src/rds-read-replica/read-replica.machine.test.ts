import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartBench } from '../testing/chart-bench.ts';
import { readReplicaMachine } from './read-replica.machine.ts';
import { readReplicaTimings } from './read-replica.timings.ts';

const SECONDS = {
  detection: 18,
  crashNotice: 3,
  hostReplacement: 240,
  reboot: 6,
  breakNotice: 60,
  replicationTimeout: 2_592_000,
  alarm: 180,
  promotion: 200,
};
const INPUT = { replica: 'replica-1', region: 'us-east-1', engine: 'postgres' };
const bench = (input = INPUT) => new ChartBench(readReplicaMachine, readReplicaTimings, input, SECONDS);
const ordered = (chart: ChartBench) =>
  chart
    .takeCommands()
    .map((command) =>
      'id' in command ? command.id : 'step' in command ? `${command.type} ${command.step}` : command.type,
    );

function run(chart: ChartBench, steps: readonly string[]): void {
  for (const step of steps) {
    if (/^\d+$/.test(step)) chart.pass(Number(step));
    else if (step.startsWith('source deleted in ')) chart.tell('SOURCE_DELETED', { region: step.slice(18) });
    else if (step.startsWith('done ')) chart.tell('OPERATOR_DONE', { step: step.slice(5) });
    else if (step.endsWith(' running')) chart.tell(step.slice(0, -8), { running: true });
    else chart.tell(step);
  }
}

describe('a read replica', () => {
  const table: readonly (readonly [readonly string[], string])[] = [
    [['REPLICA_DISCONNECTED'], 'replication.broken.retrying'],
    [['REPLICA_DISCONNECTED', 'REPLICA_CONNECTED'], 'replication.replicating'],
    [['REPLICA_DISCONNECTED', '60'], 'replication.broken.announced'],
    [['REPLICA_DISCONNECTED', '60', 'REPLICA_CONNECTED'], 'replication.replicating'],
    [['REPLICA_DISCONNECTED', '60', '2592000'], 'replication.terminated'],
    [['STOP_REPLICATION_REQUESTED'], 'replication.stopped'],
    [['STOP_REPLICATION_REQUESTED', 'START_REPLICATION_REQUESTED'], 'replication.replicating'],
    [['STOP_REPLICATION_REQUESTED', '2592000'], 'replication.terminated'],
    [['STOP_REPLICATION_REQUESTED', '2592000', 'START_REPLICATION_REQUESTED'], 'replication.terminated'],
    [['STOP_REPLICATION_REQUESTED', '2592000', 'PROMOTE_REQUESTED'], 'replication.promoting.applying'],
    [['source deleted in us-east-1'], 'replication.promoting.applying'],
    [['REPLICA_DISCONNECTED', '60', 'source deleted in us-east-1'], 'replication.promoting.applying'],
    [['STOP_REPLICATION_REQUESTED', 'source deleted in us-east-1'], 'replication.promoting.applying'],
    [['source deleted in eu-west-1'], 'replication.terminated'],
    [['source deleted in eu-west-1', 'PROMOTE_REQUESTED'], 'replication.promoting.applying'],
    [['REPLICA_SOURCE_LOST', '180', 'source deleted in us-east-1'], 'watch.over'],
    [['DELETE_REQUESTED'], 'instance.deleting'],
    [['DELETE_REQUESTED', '6'], 'instance.deleted'],
    [['DELETE_REQUESTED', '6', 'DELETE_REQUESTED', 'REPLICA_UNREACHABLE', '600'], 'instance.deleted'],
    [['REPLICA_CRASHED'], 'instance.noticing'],
    [['REPLICA_CRASHED', '3'], 'instance.starting'],
    [['REPLICA_CRASHED', '3', 'REPLICA_STARTED'], 'instance.up'],
    [['REPLICA_UNREACHABLE', '18'], 'instance.replacing'],
    [['REPLICA_UNREACHABLE', '18', 'REPLICA_REACHABLE'], 'instance.starting'],
    [['REPLICA_STORAGE_FAILED'], 'instance.withoutStorage'],
    [['REPLICA_STORAGE_FAILED', 'REPLICA_STORAGE_REPAIRED'], 'instance.up'],
    [['REBOOT_REQUESTED'], 'instance.rebooting'],
    [['REBOOT_REQUESTED', '6', 'REPLICA_STARTED'], 'instance.up'],
    [['REPLICA_SOURCE_LOST'], 'watch.alarming'],
    [['REPLICA_SOURCE_LOST', 'REPLICA_SOURCE_BACK'], 'watch.quiet'],
    [['REPLICA_SOURCE_LOST', '180'], 'watch.deciding'],
    [['REPLICA_SOURCE_LOST', '180', 'REPLICA_SOURCE_BACK'], 'watch.quiet'],
    [['REPLICA_SOURCE_LOST', '180', 'done promote-replica'], 'replication.promoting.applying'],
    [['PROMOTE_REQUESTED', 'CAUGHT_UP'], 'replication.promoting.converting'],
    [['PROMOTE_REQUESTED', 'CAUGHT_UP', '200'], 'replication.promoting.rebooting'],
    [['PROMOTE_REQUESTED', 'CAUGHT_UP', '200', '6', 'INSTANCE_STARTED'], 'replication.standalone.unused'],
    [
      ['PROMOTE_REQUESTED', 'CAUGHT_UP', '200', '6', 'INSTANCE_STARTED', 'done repoint-clients'],
      'replication.standalone.serving',
    ],
  ];

  it.each(table)('after %j is %s', (steps, state) => {
    const chart = bench();
    run(chart, steps);
    expect(chart.isIn(state)).toBe(true);
  });

  /** Its node is called a replica until it is promoted, and an instance from then on. */
  const lives: readonly (readonly [readonly string[], string])[] = ['REPLICA', 'INSTANCE'].flatMap((role) => [
    [['REBOOT_REQUESTED', `${role}_UNREACHABLE`], 'instance.suspecting'],
    [['REBOOT_REQUESTED', `${role}_CRASHED`], 'instance.noticing'],
    [['REBOOT_REQUESTED', `${role}_REACHABLE`], 'instance.starting'],
    [['REBOOT_REQUESTED', `${role}_REACHABLE running`], 'instance.rebooting'],
    [[`${role}_UNREACHABLE`, `${role}_CRASHED`, `${role}_REACHABLE running`], 'instance.up'],
    [[`${role}_CRASHED`, '3', `${role}_REACHABLE running`, `${role}_STARTED`], 'instance.up'],
    [[`${role}_CRASHED`, '3', `${role}_REACHABLE`], 'instance.starting'],
    [[`${role}_STORAGE_FAILED`, `${role}_CRASHED`, `${role}_STORAGE_REPAIRED`], 'instance.noticing'],
  ]);

  it.each(lives)('after %j its instance is %s', (steps, state) => {
    const chart = bench();
    run(chart, steps);
    expect(chart.isIn(state)).toBe(true);
  });

  const away: readonly (readonly [string, readonly string[]])[] = ['REPLICA', 'INSTANCE'].flatMap((role) =>
    [[], ['REBOOT_REQUESTED'], [`${role}_UNREACHABLE`], [`${role}_UNREACHABLE`, '18'], [`${role}_CRASHED`, '3']].map(
      (steps) => [role, steps] as const,
    ),
  );

  it.each(away)('is started anew, in a time of its own, when the host of the %s is back after %j', (role, steps) => {
    const chart = bench();
    run(chart, steps);
    chart.takeCommands();
    chart.draw({ engineStart: 33 });
    run(chart, [`${role}_REACHABLE`]);
    expect(chart.takeCommands()).toMatchObject([{ type: 'START_NODE', startMs: 33_000 }]);
  });

  it('goes on with a start that is under way when its host is seen to run', () => {
    const chart = bench();
    run(chart, ['REPLICA_CRASHED', '3', 'REPLICA_REACHABLE running', 'INSTANCE_REACHABLE running']);
    expect(ordered(chart)).toEqual(['START_NODE']);
  });

  const STOPPED = ['STOP_REPLICATION_REQUESTED'];
  const TERMINATED = [...STOPPED, '2592000'];
  const followers = [[], ['REPLICA_DISCONNECTED'], ['REPLICA_DISCONNECTED', '60'], STOPPED, TERMINATED];

  it.each(
    followers.flatMap((steps) =>
      ['PROMOTE_REQUESTED', 'done promote-replica', 'source deleted in us-east-1'].map(
        (fact) => [fact, steps] as const,
      ),
    ),
  )('is promoted by %j after %j, in a time of its own', (fact, steps) => {
    const chart = bench();
    run(chart, steps);
    chart.draw({ promotion: 77 });
    run(chart, [fact]);
    chart.draw(SECONDS);
    run(chart, ['CAUGHT_UP', '76']);
    expect(chart.isIn('replication.promoting.converting')).toBe(true);
    run(chart, ['1']);
    expect(chart.isIn('replication.promoting.rebooting')).toBe(true);
  });

  it.each(followers)('is left without a source in another Region after %j, and may be promoted later', (...steps) => {
    const chart = bench();
    run(chart, [...steps, 'source deleted in eu-west-1']);
    expect(chart.isIn('replication.terminated')).toBe(true);
    run(chart, ['done repoint-clients']);
    expect(chart.isIn('replication.terminated')).toBe(true);
    run(chart, ['PROMOTE_REQUESTED']);
    expect(chart.isIn('replication.promoting')).toBe(true);
  });

  it('has nobody decide about a source that is deleted', () => {
    const chart = bench();
    run(chart, ['REPLICA_SOURCE_LOST', '180']);
    ordered(chart);
    run(chart, ['source deleted in eu-west-1']);
    expect(ordered(chart)).toContain('DISMISS_OPERATOR promote-replica');
    const early = bench();
    run(early, ['REPLICA_SOURCE_LOST', 'source deleted in eu-west-1', '180']);
    expect(early.isIn('watch.over')).toBe(true);
    expect(ordered(early)).not.toContain('CALL_OPERATOR promote-replica');
  });

  it('is deleted no later and no more often when that is asked for twice', () => {
    const chart = bench();
    run(chart, ['DELETE_REQUESTED', '3', 'DELETE_REQUESTED', '3']);
    expect(chart.isIn('instance.deleted')).toBe(true);
    expect(ordered(chart).filter((command) => command === 'STOP_NODE')).toHaveLength(1);
  });

  it('shows a break only when it lasts', () => {
    const chart = bench();
    run(chart, ['REPLICA_DISCONNECTED', '59', 'REPLICA_CONNECTED']);
    expect(ordered(chart)).toEqual([]);
    run(chart, ['REPLICA_DISCONNECTED', '60', 'REPLICA_CONNECTED']);
    expect(ordered(chart)).toEqual(['RDS-EVENT-0045', 'RDS-EVENT-0046']);
  });

  it('is never promoted by anybody but its customer', () => {
    const chart = bench();
    run(chart, ['REPLICA_DISCONNECTED', 'REPLICA_SOURCE_LOST', '1000000']);
    expect(chart.isIn('replication.broken.announced')).toBe(true);
    expect(ordered(chart)).toEqual(['RDS-EVENT-0045', 'CALL_OPERATOR promote-replica']);
  });

  it('is promoted by the service when its source is deleted, in another Region too unless it is PostgreSQL', () => {
    const promoted = ['AWAIT_APPLY'];
    const left = ['DETACH_COPY', 'RDS-EVENT-0057'];
    for (const [engine, region, expected] of [
      ['postgres', 'us-east-1', promoted],
      ['postgres', 'eu-west-1', left],
      ['mysql', 'us-east-1', promoted],
      ['mysql', 'eu-west-1', promoted],
      ['oracle', 'eu-west-1', promoted],
    ] as const) {
      const chart = bench({ ...INPUT, engine });
      run(chart, [`source deleted in ${region}`]);
      expect([engine, region, ordered(chart)]).toEqual([engine, region, expected]);
    }
  });

  it('stays a writer when the source that it once had is deleted', () => {
    const chart = bench();
    run(chart, ['PROMOTE_REQUESTED', 'CAUGHT_UP', '200', '6', 'INSTANCE_STARTED', 'source deleted in us-east-1']);
    expect(chart.isIn('replication.standalone.unused')).toBe(true);
  });

  it('is deleted after an orderly shutdown, and nobody is waited for any more', () => {
    const chart = bench();
    run(chart, ['PROMOTE_REQUESTED', 'CAUGHT_UP', '200', '6', 'INSTANCE_STARTED']);
    ordered(chart);
    run(chart, ['DELETE_REQUESTED', '6']);
    expect(ordered(chart)).toEqual([
      'STOP_NODE',
      'RDS-EVENT-0004',
      'DETACH_COPY',
      'DISMISS_OPERATOR repoint-clients',
      'DELETE_DATABASE',
      'RDS-EVENT-0003',
    ]);
    expect(chart.tags).toEqual(['deleted']);
  });

  it('sends the person home when the source is back in time', () => {
    const chart = bench();
    run(chart, ['REPLICA_SOURCE_LOST', '180', 'REPLICA_SOURCE_BACK']);
    expect(ordered(chart)).toEqual(['CALL_OPERATOR promote-replica', 'DISMISS_OPERATOR promote-replica']);
    expect(chart.tags).not.toContain('waiting-for-person');
  });

  it('applies all, stops following, serves reads until it reboots, and is a writer of its own then', () => {
    const chart = bench();
    run(chart, ['PROMOTE_REQUESTED']);
    expect(ordered(chart)).toEqual(['AWAIT_APPLY']);
    run(chart, ['CAUGHT_UP']);
    expect(ordered(chart)).toEqual(['DETACH_COPY']);
    run(chart, ['200']);
    expect(ordered(chart)).toEqual(['STOP_NODE', 'RDS-EVENT-0004']);
    run(chart, ['6']);
    expect(ordered(chart)).toEqual(['PROMOTE_NODE', 'START_NODE']);
    run(chart, ['INSTANCE_STARTED']);
    expect(ordered(chart)).toEqual(['RDS-EVENT-0006', 'CALL_OPERATOR repoint-clients']);
    expect(chart.tags).toContain('writable');
  });

  it('cannot follow again once it was promoted', () => {
    const chart = bench();
    run(chart, ['PROMOTE_REQUESTED', 'CAUGHT_UP', '200', '6', 'INSTANCE_STARTED']);
    for (const request of ['START_REPLICATION_REQUESTED', 'STOP_REPLICATION_REQUESTED', 'PROMOTE_REQUESTED'])
      chart.tell(request);
    expect(chart.isIn('replication.standalone')).toBe(true);
  });

  it('recovers from its own faults after the promotion too', () => {
    const chart = bench();
    run(chart, [
      'PROMOTE_REQUESTED',
      'CAUGHT_UP',
      '200',
      '6',
      'INSTANCE_STARTED',
      'INSTANCE_CRASHED',
      '3',
      'INSTANCE_STARTED',
    ]);
    expect(chart.isIn('instance.up')).toBe(true);
    run(chart, ['INSTANCE_UNREACHABLE', '18', '240', 'INSTANCE_REACHABLE', 'INSTANCE_STARTED']);
    expect(chart.isIn('instance.up')).toBe(true);
  });

  it('finishes a promotion in whose reboot the host is lost', () => {
    const chart = bench();
    run(chart, [
      'PROMOTE_REQUESTED',
      'CAUGHT_UP',
      '200',
      '6',
      'INSTANCE_UNREACHABLE',
      '18',
      '240',
      'INSTANCE_REACHABLE',
      'INSTANCE_STARTED',
    ]);
    expect(chart.isIn('instance.up') && chart.isIn('replication.standalone.unused')).toBe(true);
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
    'DISCONNECTED',
    'CONNECTED',
    'SOURCE_LOST',
    'SOURCE_BACK',
  ];
  const others = [
    'PROMOTE_REQUESTED',
    'STOP_REPLICATION_REQUESTED',
    'START_REPLICATION_REQUESTED',
    'REBOOT_REQUESTED',
    'source deleted in us-east-1',
    'source deleted in eu-west-1',
    'CAUGHT_UP',
    'done promote-replica',
    'done repoint-clients',
    '1',
    '300',
  ];
  const facts = [
    ...host.map((fact) => `REPLICA_${fact}`),
    ...host.slice(0, 6).map((fact) => `INSTANCE_${fact}`),
    ...others,
  ];
  const healed = ['STORAGE_REPAIRED', 'REACHABLE', '300', 'STARTED'].flatMap((fact) =>
    fact === '300' ? [fact] : [`REPLICA_${fact}`, `INSTANCE_${fact}`],
  );

  it('serves reads again once its host is well, and a promotion ends with a writer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 40 }), (trouble) => {
        const chart = bench();
        run(chart, [...trouble, ...healed, ...healed]);
        expect(chart.tags).toContain('readable');
        run(chart, ['PROMOTE_REQUESTED', 'CAUGHT_UP', '300', '300', ...healed]);
        expect(chart.tags).toContain('writable');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

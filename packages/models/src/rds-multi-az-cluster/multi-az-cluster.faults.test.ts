import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import type { ChartBench } from '../testing/chart-bench.ts';
import { bench } from '../testing/multi-az-cluster-bench.ts';

/** Every state in which the chart may come to rest, save those that last only as long as a start or a restore. */
const STATES = [
  ...[
    'available.committing',
    'available.stalled',
    'suspecting.watching',
    'suspecting.noticing',
    'terminated',
    'rebooting',
  ],
  ...['failingOver.electing', 'failingOver.promoting', 'failingOver.movingEndpoints', 'stranded.waiting'],
]
  .map((state) => `service.${state}`)
  .concat(
    ['first', 'second'].flatMap((slot) =>
      ['following', 'unfed', 'behind', 'away.noticing', 'away.removed', 'away.restarting'].map(
        (state) => `${slot}.${state}`,
      ),
    ),
  );

/** Not a fact: from now on whoever is asked lacks something. */
const LACKING = 'lacking';

/** A world in which every order is carried out, so that the chart must arrive at service once nothing is broken. */
class World {
  readonly chart: ChartBench;
  /** Whoever is asked next lacks something that was acknowledged. */
  lacking = false;
  #writer = 'db-1';

  constructor(chart: ChartBench) {
    this.chart = chart;
  }

  roleOf(node: string): 'WRITER' | 'READER' {
    return node === this.#writer ? 'WRITER' : 'READER';
  }

  pass(seconds: number): void {
    this.chart.pass(seconds);
    for (let commands = this.chart.takeCommands(); commands.length > 0; commands = this.chart.takeCommands()) {
      for (const command of commands) this.#carryOut(command);
    }
  }

  /** Everything works from now on, and every start and every copy succeeds. */
  healAll(): void {
    this.lacking = false;
    for (const node of ['db-1', 'db-2', 'db-3']) {
      const role = this.roleOf(node);
      for (const suffix of ['REACHABLE', 'STORAGE_REPAIRED', 'RESPONSIVE'])
        this.chart.tell(`${role}_${suffix}`, { node, running: false });
      this.pass(0);
    }
    for (let rounds = 0; rounds < 200; rounds++) {
      for (const node of ['db-1', 'db-2', 'db-3'])
        if (this.roleOf(node) === 'READER') this.chart.tell('READER_CONNECTED', { node });
      this.pass(10);
    }
  }

  #carryOut(command: Command): void {
    const { chart } = this;
    if (command.type === 'PROMOTE_NODE') this.#writer = command.node;
    if (command.type === 'START_NODE') chart.tell(`${this.roleOf(command.node)}_STARTED`, { node: command.node });
    if (command.type === 'REPLACE_HOST')
      chart.tell(`${this.roleOf(command.node)}_REACHABLE`, { node: command.node, running: false });
    if (command.type === 'ATTACH_COPY') chart.tell('READER_IN_SYNC', { node: command.node });
    if (command.type === 'COMPARE_POSITIONS') {
      const newest = this.lacking ? null : (command.nodes[0] ?? null);
      chart.tell('POSITIONS_COMPARED', { newest, leastBehind: newest, lacking: this.lacking ? command.nodes : [] });
      this.lacking = false;
    }
    if (command.type === 'AWAIT_APPLY') chart.tell('CAUGHT_UP');
    if (command.type === 'REPOINT_ENDPOINT') chart.tell('ENDPOINT_REPOINTED', { endpoint: command.endpoint });
  }
}

describe('a Multi-AZ DB cluster with several faults', () => {
  it('has a way back to service from wherever facts have led it', () => {
    const nodes = ['db-1', 'db-2', 'db-3'];
    const observation = fc.constantFrom(
      'UNREACHABLE',
      'REACHABLE',
      'CRASHED',
      'STARTED',
      'STORAGE_FAILED',
      'STORAGE_REPAIRED',
      'UNRESPONSIVE',
      'RESPONSIVE',
      'DISCONNECTED',
      'CONNECTED',
      'IN_SYNC',
    );
    const about = fc
      .tuple(fc.constantFrom(...nodes), observation, fc.boolean())
      .map(([node, suffix, running]) => ({ node, suffix, running }));
    const plain = fc.constantFrom('FAILOVER_REQUESTED', 'REBOOT_REQUESTED', 'CAUGHT_UP', 'ENDPOINT_REPOINTED', LACKING);
    const step = fc.tuple(
      fc.oneof({ weight: 6, arbitrary: about }, { weight: 1, arbitrary: plain }),
      fc.integer({ min: 0, max: 30 }),
    );
    const visited = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new World(bench());
        for (const [what, seconds] of steps) {
          if (what === LACKING) world.lacking = true;
          else if (typeof what === 'string') world.chart.tell(what, { endpoint: 'writer' });
          else
            world.chart.tell(`${world.roleOf(what.node)}_${what.suffix}`, { node: what.node, running: what.running });
          world.pass(seconds);
          for (const state of STATES) if (world.chart.isIn(state)) visited.add(state);
        }
        world.healAll();
        expect(world.chart.tags).toEqual(['readable', 'redundant', 'writable']);
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(STATES.filter((state) => !visited.has(state))).toEqual([]);
  });
});

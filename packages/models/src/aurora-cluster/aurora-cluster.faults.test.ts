import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../commands.ts';
import { ALONE, bench, THREE } from '../testing/aurora-cluster-bench.ts';
import type { ChartBench } from '../testing/chart-bench.ts';
import type { AuroraClusterInput } from './aurora-cluster.contract.ts';

/** What a volume tells whoever recovers it, after so many seconds. */
const RECOVERY_ANSWERS: ReadonlyMap<number, string> = new Map([
  [2, 'VOLUME_FENCED'],
  [10, 'VOLUME_RECOVERED'],
]);

/** The least of a world: it carries commands out as soon as they are given, on hosts that are up. A volume takes its time. */
class SmallWorld {
  readonly chart: ChartBench;
  readonly #up = new Map<string, boolean>();
  readonly #running = new Map<string, boolean>();
  readonly #stalled = new Set<string>();
  /** The volume was opened for another instance since the process was started here. */
  readonly #fenced = new Set<string>();
  #recovery: { readonly node: string; seconds: number } | null = null;
  #writer = 'a';

  constructor(input: AuroraClusterInput) {
    this.chart = bench(input);
    for (const { id } of input.instances) {
      this.#up.set(id, true);
      this.#running.set(id, true);
    }
  }

  fail(node: string): void {
    if (this.#up.get(node) !== true) return;
    this.#up.set(node, false);
    this.#running.set(node, false);
    this.#tell(node, 'UNREACHABLE');
  }

  crash(node: string): void {
    if (this.#running.get(node) !== true) return;
    this.#running.set(node, false);
    this.#tell(node, 'CRASHED');
  }

  stall(node: string): void {
    if (this.#stalled.has(node)) return;
    this.#stalled.add(node);
    this.#tell(node, 'STORAGE_FAILED');
  }

  heal(node: string): void {
    if (this.#stalled.delete(node)) this.#tell(node, 'STORAGE_REPAIRED');
    if (this.#up.get(node) !== false) return;
    this.#up.set(node, true);
    this.#tell(node, 'REACHABLE', { running: false });
  }

  /** Whether the writer does what a writer is there for. */
  get takesWrites(): boolean {
    return this.#running.get(this.#writer) === true && !this.#fenced.has(this.#writer);
  }

  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.chart.pass(1);
      this.#answerRecovery();
      this.work();
    }
  }

  work(): void {
    for (let commands = this.chart.takeCommands(); commands.length > 0; commands = this.chart.takeCommands())
      for (const command of commands) this.#carryOut(command);
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case 'RECOVER_VOLUME':
        this.#recovery = { node: command.node, seconds: 0 };
        return;
      case 'PROMOTE_NODE':
        this.#writer = command.node;
        return;
      case 'FENCE_NODE':
        this.#fenced.add(command.node);
        this.#running.set(command.node, false);
        return;
      case 'STOP_NODE':
        this.#running.set(command.node, false);
        return;
      case 'START_NODE':
        if (this.#up.get(command.node) !== true) return;
        this.#running.set(command.node, true);
        this.#fenced.delete(command.node);
        this.#tell(command.node, 'STARTED');
        return;
      case 'REPLACE_HOST':
        this.heal(command.node);
        return;
      case 'REPOINT_ENDPOINT':
        this.chart.tell('ENDPOINT_REPOINTED', { endpoint: command.endpoint, nodes: command.nodes });
        return;
      case 'CALL_OPERATOR':
        this.chart.tell('OPERATOR_DONE', { step: command.step });
        return;
      default:
        return;
    }
  }

  #answerRecovery(): void {
    if (!this.#recovery) return;
    const { node } = this.#recovery;
    const answer = RECOVERY_ANSWERS.get(++this.#recovery.seconds);
    if (answer) this.chart.tell(answer, { node });
  }

  #tell(node: string, observation: string, detail: Readonly<Record<string, unknown>> = {}): void {
    this.chart.tell(`${node === this.#writer ? 'WRITER' : 'READER'}_${observation}`, { node, ...detail });
  }
}

describe('a cluster with several faults', () => {
  it.each([
    ['three instances', THREE],
    ['two instances', { ...THREE, instances: THREE.instances.slice(0, 2), customEndpoints: [] }],
    ['one instance', ALONE],
  ])('always comes back to service with %s', (_, input) => {
    const node = fc.constantFrom(...input.instances.map(({ id }) => id));
    const happening = fc.record({
      what: fc.constantFrom('fail', 'crash', 'stall', 'heal', 'failover', 'reboot'),
      node,
      wait: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
        const world = new SmallWorld(input);
        for (const { what, node, wait } of happenings) {
          if (what === 'failover') world.chart.tell('FAILOVER_REQUESTED');
          else if (what === 'reboot') world.chart.tell('REBOOT_REQUESTED', { node });
          else world[what as 'fail' | 'crash' | 'stall' | 'heal'](node);
          world.pass(wait);
        }
        for (const { id } of input.instances) world.heal(id);
        world.pass(1_500);
        expect(world.takesWrites).toBe(true);
        expect(world.chart.tags).toContain('writable');
        expect(world.chart.tags).not.toContain('failing-over');
        expect(world.chart.tags.includes('redundant')).toBe(input.instances.length > 1);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

import type { AgendaClock } from '@faultline/clock';
import type { Command, Fact } from '@faultline/models';
import type { AnyStateMachine, EventObject } from 'xstate';
import { oncePer } from '../once-per.ts';
import type { ChartExecution, ChartExecutor, Configuration } from './chart-execution.ts';
import type { Step, StepScope } from './chart-step.ts';
import { type ChartNode, type ChartTable, type ChartTransition, compileChart } from './chart-table.ts';
import { leaves, withoutConflict } from './conflicts.ts';

const tableOf = oncePer((machine: AnyStateMachine): ChartTable => compileChart(machine));

/** Charts as tables, for thousands of runs: the same states, commands and delays as by XState's own interpreter. */
export const executeCompiled: ChartExecutor = (machine, { input, clock, emit }) =>
  new CompiledChart(tableOf(machine), input, clock, emit);

/**
 * Takes a chart through its states by its table.
 *
 * The order in which active states were entered is kept, because it is the order in which XState asks them; effects
 * (commands, timers) take place when the chart has come to rest, in their order, as they do there.
 */
class CompiledChart implements ChartExecution, StepScope {
  readonly #table: ChartTable;
  readonly #clock: AgendaClock;
  readonly #emit: (command: Command) => void;
  #active: ChartNode[];
  context: object;
  event: EventObject = { type: 'xstate.init' };
  /** Whether anything was assigned since it was last asked. */
  #assigned = false;
  readonly #raised: EventObject[] = [];
  readonly #effects: (() => void)[] = [];
  readonly #timers = new Map<string, number>();
  #shown: Configuration | null = null;

  constructor(table: ChartTable, input: unknown, clock: AgendaClock, emit: (command: Command) => void) {
    this.#table = table;
    this.#clock = clock;
    this.#emit = emit;
    this.#active = [table.root];
    this.context = table.context(input);
  }

  start(): void {
    this.#active = [...this.#table.initial];
    for (const node of this.#active) this.#carryOut(node.entry);
    this.#comeToRest();
  }

  accepts(fact: Omit<Fact, 'timings'>): boolean {
    const chosen: ChartTransition[] = [];
    this.#choose(this.#table.root, fact as EventObject, chosen);
    return chosen.some(({ domain, actions }) => domain !== null || actions.length > 0);
  }

  send(fact: EventObject): void {
    this.#take(fact);
    this.#comeToRest();
  }

  get configuration(): Configuration {
    this.#shown ??= {
      state: this.#nameOf(this.#table.root),
      tags: [...new Set(this.#active.flatMap(({ tags }) => tags))].sort(),
    };
    return this.#shown;
  }

  assign(change: object): void {
    this.context = { ...this.context, ...change };
    this.#assigned = true;
  }

  emit(command: EventObject): void {
    this.#effects.push(() => this.#emit(command as unknown as Command));
  }

  raise(event: EventObject, id: string | undefined, delayMs: number | undefined): void {
    if (delayMs === undefined) {
      this.#raised.push(event);
      return;
    }
    this.#effects.push(() => {
      const timer = this.#clock.setTimeout(() => {
        if (id !== undefined) this.#timers.delete(id);
        this.send(event);
      }, delayMs);
      if (id !== undefined) this.#timers.set(id, timer);
    });
  }

  cancel(id: string): void {
    this.#effects.push(() => {
      const timer = this.#timers.get(id);
      if (timer === undefined) return;
      this.#timers.delete(id);
      this.#clock.clearTimeout(timer);
    });
  }

  perform(effect: () => void): void {
    this.#effects.push(effect);
  }

  #take(event: EventObject): void {
    this.event = event;
    const chosen: ChartTransition[] = [];
    this.#choose(this.#table.root, event, chosen);
    this.#step(chosen);
  }

  /** Transitions without an event first, then raised events, until nothing is left to do; then the effects. */
  #comeToRest(): void {
    let asks = true;
    for (;;) {
      const chosen = asks ? this.#withoutEvent() : [];
      if (chosen.length > 0) asks = this.#step(chosen);
      else {
        const raised = this.#raised.shift();
        if (raised === undefined) break;
        this.#take(raised);
        asks = true;
      }
    }
    for (let effect = this.#effects.shift(); effect; effect = this.#effects.shift()) effect();
  }

  /** The transitions that an event takes: of the innermost states that have any, in every region. */
  #choose(node: ChartNode, event: EventObject, chosen: ChartTransition[]): void {
    const before = chosen.length;
    if (node.type !== 'atomic')
      for (const child of this.#active) if (child.parent === node) this.#choose(child, event, chosen);
    if (chosen.length > before) return;
    const own = node.on.get(event.type);
    const found = own && this.#firstOpen(own, event);
    if (found) chosen.push(found);
  }

  #withoutEvent(): readonly ChartTransition[] {
    const chosen: ChartTransition[] = [];
    for (const leaf of this.#active) {
      if (leaf.type !== 'atomic') continue;
      for (let node: ChartNode | null = leaf; node; node = node.parent) {
        const found = this.#firstOpen(node.always, this.event);
        if (!found) continue;
        if (!chosen.includes(found)) chosen.push(found);
        break;
      }
    }
    return chosen;
  }

  #firstOpen(transitions: readonly ChartTransition[], event: EventObject): ChartTransition | undefined {
    for (const one of transitions) if (one.guard === null || one.guard(this.context, event)) return one;
    return undefined;
  }

  /** Leaves, acts, enters. Returns whether anything is different after. */
  #step(chosen: readonly ChartTransition[]): boolean {
    const transitions = withoutConflict(chosen, this.#active);
    this.#assigned = false;
    const before = this.#active;
    const left = before.filter((node) => transitions.some((one) => leaves(one, node)));
    const now = left.length > 0 ? before.filter((node) => !left.includes(node)) : [...before];
    left.sort((a, b) => b.order - a.order);
    for (const node of left) this.#carryOut(node.exit);
    for (const { actions } of transitions) this.#carryOut(actions);
    const entered = [...new Set(transitions.flatMap(({ enters }) => enters))].sort((a, b) => a.order - b.order);
    for (const node of entered) {
      if (!now.includes(node)) now.push(node);
      this.#carryOut(node.entry);
    }
    const moved = now.length !== before.length || now.some((node) => !before.includes(node));
    if (moved) {
      this.#active = now;
      this.#shown = null;
    }
    return moved || this.#assigned;
  }

  #carryOut(steps: readonly Step[]): void {
    for (const step of steps) step(this);
  }

  #nameOf(node: ChartNode): string {
    const inside = this.#active.filter(({ parent }) => parent === node);
    return inside
      .map((child) => (child.type === 'atomic' ? child.key : `${child.key}.${this.#nameOf(child)}`))
      .join(' & ');
  }
}

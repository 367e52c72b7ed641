import type { AgendaClock } from '@faultline/clock';
import type { Command, Fact } from '@faultline/models';
import type { AnyStateMachine, EventObject } from 'xstate';
import { oncePer } from '../once-per.ts';
import type { ActiveStates, Candidates } from './active-states.ts';
import type { ChartScope, StepScope } from './chart-action.ts';
import type { ChartExecution, ChartExecutor, Configuration } from './chart-execution.ts';
import type { ChartTransition } from './chart-node.ts';
import { type ChartTable, compileChart } from './chart-table.ts';
import { Queue } from './queue.ts';

const tableOf = oncePer((machine: AnyStateMachine): ChartTable => compileChart(machine));

/** Charts as tables, for thousands of runs: the same states, commands and delays as by XState's own interpreter. */
export const executeCompiled: ChartExecutor = (machine, { input, clock, emit }) =>
  new CompiledChart(tableOf(machine), input, clock, emit);

const INIT: EventObject = { type: 'xstate.init' };
const NONE: readonly ChartTransition[] = [];

/**
 * Takes a chart through its states by its table. Effects (commands, timers) take place when the chart has come to rest,
 * in their order, as they do in XState.
 */
class CompiledChart implements ChartExecution, StepScope {
  readonly #table: ChartTable;
  readonly #clock: AgendaClock;
  readonly #emit: (command: Command) => void;
  #active: ActiveStates;
  #context: object;
  /** Whether that is its own: what it began with is shared by all runs. */
  #ownsContext = false;
  event: EventObject = INIT;
  /** Whether anything was assigned since it was last asked. */
  #assigned = false;
  /** The fact that was last asked about, if nothing has been told since, and the transitions that it would take. */
  #asked: EventObject | null = null;
  #answer: readonly ChartTransition[] = NONE;
  readonly #raised = new Queue<EventObject>();
  /** Commands as they are, and what else is to be done. */
  readonly #effects = new Queue<Command | (() => void)>();
  /** By their names; 0 for one that is not set. Made with the first one. */
  #timers: Map<string, number> | null = null;

  constructor(table: ChartTable, input: unknown, clock: AgendaClock, emit: (command: Command) => void) {
    this.#table = table;
    this.#clock = clock;
    this.#emit = emit;
    this.#active = table.initial;
    this.#context = table.context(input);
  }

  start(): void {
    for (const step of this.#table.entry) step(this);
    this.#comeToRest();
  }

  accepts(fact: Fact): boolean {
    this.event = fact;
    this.#asked = fact;
    this.#answer = this.#chosen(fact);
    for (const { domain, actions } of this.#answer) if (domain !== null || actions.length > 0) return true;
    return false;
  }

  send(fact: EventObject): void {
    this.#take(fact);
    this.#comeToRest();
  }

  get configuration(): Configuration {
    return this.#active.configuration;
  }

  /** It changes in place, as whoever works in a step looks at it there and then: new objects took a tenth of a run. */
  get context(): object {
    return this.#context;
  }

  contextNow(): unknown {
    return { ...this.#context };
  }

  assign(change: object): void {
    if (!this.#ownsContext) this.#context = { ...this.#context };
    this.#ownsContext = true;
    Object.assign(this.#context, change);
    this.#assigned = true;
  }

  emit(command: EventObject): void {
    this.#effects.add(command as unknown as Command);
  }

  raise(event: EventObject, id: string | undefined, delayMs: number | undefined): void {
    if (delayMs === undefined) {
      this.#raised.add(event);
      return;
    }
    this.#effects.add(() => {
      const timer = this.#clock.setTimeout(() => {
        if (id !== undefined) this.#timers?.set(id, 0);
        this.send(event);
      }, delayMs);
      if (id === undefined) return;
      this.#timers ??= new Map();
      this.#timers.set(id, timer);
    });
  }

  cancel(id: string): void {
    this.#effects.add(() => {
      const timer = this.#timers?.get(id) ?? 0;
      if (timer === 0) return;
      this.#timers?.set(id, 0);
      this.#clock.clearTimeout(timer);
    });
  }

  perform(effect: () => void): void {
    this.#effects.add(effect);
  }

  #take(event: EventObject): void {
    this.event = event;
    const chosen = event === this.#asked ? this.#answer : this.#chosen(event);
    this.#asked = null;
    this.#step(chosen);
  }

  /** Transitions without an event first, then raised events, until nothing is left to do; then the effects. */
  #comeToRest(): void {
    let asks = true;
    for (;;) {
      const chosen = asks ? this.#withoutEvent() : NONE;
      if (chosen.length > 0) asks = this.#step(chosen);
      else {
        const raised = this.#raised.take();
        if (raised === undefined) break;
        this.#take(raised);
        asks = true;
      }
    }
    for (let effect = this.#effects.take(); effect; effect = this.#effects.take()) {
      if (typeof effect === 'function') effect();
      else this.#emit(effect);
    }
  }

  /** The transitions that an event takes: of the innermost states that have any, in every region. */
  #chosen({ type }: EventObject): readonly ChartTransition[] {
    const candidates = this.#active.candidates(type);
    return candidates === null ? NONE : choose(candidates, this);
  }

  #withoutEvent(): readonly ChartTransition[] {
    const { eventless } = this.#active;
    if (eventless.length === 0) return NONE;
    let chosen = NONE;
    for (const transitions of eventless) {
      const found = firstOpen(transitions, this);
      if (found && !chosen.includes(found)) chosen = joined(chosen, found.alone);
    }
    return chosen;
  }

  /** Leaves, acts, enters. Returns whether anything is different after. */
  #step(chosen: readonly ChartTransition[]): boolean {
    if (chosen.length === 0) return false;
    this.#assigned = false;
    const { steps, to } = this.#active.move(chosen);
    for (const step of steps) step(this);
    const moved = to !== this.#active;
    this.#active = to;
    return moved || this.#assigned;
  }
}

function choose({ inside, own }: Candidates, scope: ChartScope): readonly ChartTransition[] {
  let chosen = NONE;
  for (const candidates of inside) chosen = joined(chosen, choose(candidates, scope));
  if (chosen.length > 0) return chosen;
  const found = firstOpen(own, scope);
  return found ? found.alone : NONE;
}

/** Nearly always one of them is empty. */
function joined(some: readonly ChartTransition[], more: readonly ChartTransition[]): readonly ChartTransition[] {
  if (some.length === 0) return more;
  return more.length === 0 ? some : [...some, ...more];
}

function firstOpen(transitions: readonly ChartTransition[], scope: ChartScope): ChartTransition | undefined {
  for (const one of transitions) if (one.guard === null || one.guard(scope)) return one;
  return undefined;
}

import type { AnyMachineSnapshot, EventObject } from 'xstate';
import type { ExploredChart } from './explored-chart.ts';
import { type Limits, labelOf, offeredFacts } from './offered-facts.ts';
import { stateKey } from './state-key.ts';
import { type Step, Stepper } from './stepper.ts';
import { absent, afterCommand, afterFact, type Surroundings } from './surroundings.ts';
import { ToldTimings } from './told-timings.ts';

/** A state of a chart together with what its world and its timers are about to do. */
interface ExploredState {
  readonly snapshot: AnyMachineSnapshot;
  readonly surroundings: Surroundings;
  /** By id: timers that will fire, in whatever order. */
  readonly timers: ReadonlyMap<string, EventObject>;
}

interface Edge {
  readonly from: number;
  readonly to: number;
  /** Nothing has to go wrong, and nobody has to ask, for it to be taken. */
  readonly benign: boolean;
}

/** All that can happen to a chart while no more goes wrong than its limits allow. */
export interface Exploration {
  readonly states: readonly ExploredState[];
  readonly edges: readonly Edge[];
  /** By what is ordered or waited for, and the fact whose timings that has: from how many transitions. */
  readonly orders: ReadonlyMap<string, number>;
  /** What went wrong on the way: errors, and timings that were used before they were drawn. */
  readonly problems: readonly string[];
  /** Ids of all states of the chart that it was in, or passed through. */
  readonly visited: ReadonlySet<string>;
  /** The events that lead to a state, for people. */
  pathTo(state: number): readonly string[];
}

interface Arrival {
  readonly from: number;
  readonly label: string;
}

/**
 * Walks through every state that a chart can reach: all facts, requests and answers in every state, and each pending
 * timer as if it were the next to fire. Durations are left out, so all orders of timers are covered.
 *
 * @param limits How much may go wrong.
 * @param statesMax Throws beyond this many states: the chart has something unbounded in its context.
 */
export function explore(chart: ExploredChart, limits: Limits, statesMax = 200_000): Exploration {
  return new Explorer(chart, limits, statesMax).run();
}

class TooManyStates extends Error {}

class Explorer {
  readonly #chart: ExploredChart;
  readonly #limits: Limits;
  readonly #statesMax: number;
  readonly #stepper: Stepper;
  readonly #timings: ToldTimings;
  readonly #states: ExploredState[] = [];
  readonly #arrivals: Arrival[] = [];
  readonly #known = new Map<string, number>();
  readonly #edges: Edge[] = [];
  readonly #problems = new Set<string>();
  readonly #visited = new Set<string>();

  constructor(chart: ExploredChart, limits: Limits, statesMax: number) {
    this.#chart = chart;
    this.#limits = limits;
    this.#statesMax = statesMax;
    this.#timings = new ToldTimings(chart);
    this.#stepper = new Stepper(chart.machine, chart.input);
  }

  run(): Exploration {
    const first = this.#stepper.first(this.#chart.input);
    const troubles = this.#chart.absent.map(absent).sort();
    this.#arrive(
      first,
      { roles: this.#chart.roles, troubles, awaited: [], left: this.#limits.inAll },
      new Map(),
      -1,
      'start',
    );
    for (let index = 0; index < this.#states.length; index++) this.#leave(index);
    return {
      states: this.#states,
      edges: this.#edges,
      orders: this.#timings.orders,
      problems: [...this.#problems],
      visited: this.#visited,
      pathTo: (state) => this.#pathTo(state),
    };
  }

  #leave(index: number): void {
    const { surroundings, timers } = this.#states[index] as ExploredState;
    for (const fact of offeredFacts(this.#chart, surroundings, this.#limits)) {
      const event = { ...fact.detail, type: fact.type, timings: this.#timings.of(fact.type) };
      const label = labelOf(fact);
      if (fact.plausible) {
        const left = surroundings.left - (fact.benign ? 0 : 1);
        this.#take(index, event, label, fact.benign, { ...afterFact(surroundings, fact), left }, timers);
      } else this.#withstand(index, event, label);
    }
    for (const [id, event] of timers) {
      const left = new Map(timers);
      left.delete(id);
      this.#take(index, event, event.type, true, surroundings, left);
    }
  }

  /** What cannot come in such a world may come all the same, for example late: it leads nowhere here, but it has to be borne. */
  #withstand(from: number, event: EventObject, label: string): void {
    const { snapshot } = this.#states[from] as ExploredState;
    this.#guarded(snapshot, label, () => {
      if (snapshot.can(event)) this.#stepper.next(snapshot, event);
    });
  }

  #take(
    from: number,
    event: EventObject,
    label: string,
    benign: boolean,
    surroundings: Surroundings,
    timers: ReadonlyMap<string, EventObject>,
  ): void {
    const { snapshot } = this.#states[from] as ExploredState;
    this.#guarded(snapshot, label, () => {
      // As the engine does: what the chart has no use for is not told, and only the world has changed.
      const step = snapshot.can(event) ? this.#stepper.next(snapshot, event) : { snapshot, commands: [], timers: [] };
      const to = this.#arrive(step, surroundings, timers, from, label);
      this.#edges.push({ from, to, benign });
    });
  }

  #guarded({ value }: AnyMachineSnapshot, label: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof TooManyStates) throw error;
      this.#problems.add(`${label} in ${JSON.stringify(value)}: ${(error as Error).message}`);
    }
  }

  #arrive(
    step: Step,
    before: Surroundings,
    timersBefore: ReadonlyMap<string, EventObject>,
    from: number,
    label: string,
  ): number {
    const { snapshot, commands } = step;
    const timers = this.#timersAfter(step, timersBefore, label);
    let surroundings = before;
    for (const command of commands) {
      surroundings = afterCommand(surroundings, command);
      this.#timings.noteOrder(command);
      if (Object.values(command).some((value) => Number.isNaN(value)))
        this.#problems.add(`${label} orders ${command.type} with a timing that was never drawn`);
    }
    const key = stateKey(snapshot, surroundings, timers);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.#states.length;
    if (index >= this.#statesMax)
      throw new TooManyStates(`${this.#chart.kind.id} has more than ${this.#statesMax} states`);
    this.#known.set(key, index);
    this.#states.push({ snapshot, surroundings, timers });
    this.#arrivals.push({ from, label });
    for (const { id } of snapshot._nodes) this.#visited.add(id);
    return index;
  }

  #timersAfter({ timers: changes }: Step, before: ReadonlyMap<string, EventObject>, label: string) {
    if (changes.length === 0) return before;
    const timers = new Map(before);
    for (const change of changes) {
      if (change.type === 'cancelled') timers.delete(change.id);
      else {
        timers.set(change.id, change.event);
        this.#timings.noteWait(change);
        if (Number.isNaN(change.delayMs))
          this.#problems.add(`${label} starts ${change.id} with a timing that was never drawn`);
      }
    }
    return timers;
  }

  #pathTo(state: number): readonly string[] {
    const labels: string[] = [];
    for (let index = state; index > 0; index = (this.#arrivals[index] as Arrival).from)
      labels.push((this.#arrivals[index] as Arrival).label);
    return labels.reverse();
  }
}

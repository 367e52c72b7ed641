import type { Command } from '@faultline/models';
import type { ExploredChart } from './explored-chart.ts';
import type { TimerChange } from './stepper.ts';

type SetTimer = Extract<TimerChange, { readonly type: 'set' }>;

/** Timings that tell which fact brought them: in a simulation each draws its own, and a chart has to take the right ones. */
export class ToldTimings {
  readonly #byFact: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly #facts: ReadonlyMap<number, string>;
  readonly #orders = new Map<string, number>();

  constructor({ facts, timings }: ExploredChart) {
    const apart = (ms: number, index: number) => ms + index + 1;
    this.#byFact = new Map(
      facts.map((fact, index) => [
        fact,
        Object.fromEntries(Object.entries(timings).map(([name, ms]) => [name, apart(ms, index)])),
      ]),
    );
    const [ms = 0] = Object.values(timings);
    this.#facts = new Map(facts.map((fact, index) => [apart(ms, index), fact]));
  }

  of(fact: string): Readonly<Record<string, number>> {
    const timings = this.#byFact.get(fact);
    if (!timings) throw new Error(`${fact} is no fact of the chart`);
    return timings;
  }

  /** How often each command was ordered and each timer set, by what it is and whose timings it has. */
  get orders(): ReadonlyMap<string, number> {
    return this.#orders;
  }

  /** Notes what a command is about: an event of the service, a step of a person, a role, a node. */
  noteOrder(command: Command): void {
    const { type, id, step, role, node } = command as Command & Readonly<Record<string, unknown>>;
    const words = [type, id ?? step, role, node].filter((part) => part !== undefined).join(' ');
    const durations = Object.entries(command).flatMap(([name, value]) => (name.endsWith('Ms') ? [Number(value)] : []));
    this.#note(words + durations.map((ms) => this.#inTimeOf(ms)).join(''));
  }

  noteWait({ id, delayMs }: SetTimer): void {
    this.#note(id + this.#inTimeOf(delayMs));
  }

  #note(words: string): void {
    this.#orders.set(words, (this.#orders.get(words) ?? 0) + 1);
  }

  #inTimeOf(ms: number): string {
    const fact = this.#facts.get(ms);
    return fact === undefined ? '' : `, in the time of ${fact}`;
  }
}

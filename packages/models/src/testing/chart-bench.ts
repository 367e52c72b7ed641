import { Agenda, AgendaClock } from '@faultline/clock';
import { type AnyStateMachine, createActor, type EventObject } from 'xstate';
import type { Command } from '../commands.ts';
import type { TimingTable } from '../kind.ts';

/** A chart on an agenda of its own, with every timing fixed: feed it facts, let time pass, look at what it orders. */
export class ChartBench {
  readonly #agenda = new Agenda();
  readonly #actor;
  readonly #table: TimingTable;
  #timings: Readonly<Record<string, number>>;
  readonly #commands: Command[] = [];

  /** `seconds` replaces timings by name; all others take ten seconds. */
  constructor(
    machine: AnyStateMachine,
    table: TimingTable,
    input: unknown,
    seconds: Readonly<Record<string, number>> = {},
  ) {
    this.#table = table;
    this.#timings = this.#drawn(seconds);
    this.#actor = createActor(machine, {
      id: 'bench',
      input,
      clock: new AgendaClock(this.#agenda, () => this.#check()),
    });
    this.#actor.on('*', (command) => this.#commands.push(command as unknown as Command));
    this.#actor.start();
    this.#check();
  }

  /** Tells a fact; false when the chart has no use for it now. */
  tell(type: string, detail: Readonly<Record<string, unknown>> = {}): boolean {
    const event = { ...detail, type, timings: this.#timings } as EventObject;
    const accepted = this.#actor.getSnapshot().can(event);
    this.#actor.send(event);
    this.#check();
    return accepted;
  }

  /** Facts bring other timings from now on, as they do in a simulation, where each of them is drawn anew. */
  draw(seconds: Readonly<Record<string, number>>): void {
    this.#timings = this.#drawn(seconds);
  }

  /** Lets `seconds` pass. */
  pass(seconds: number): void {
    this.#agenda.runUntil(this.#agenda.nowUs + seconds * 1_000_000);
  }

  /** Whether the chart is in this state, written with dots: `service.available`. */
  isIn(path: string): boolean {
    const parts = path.split('.');
    const value = parts.reduceRight<unknown>(
      (inner, part) => (inner === undefined ? part : { [part]: inner }),
      undefined,
    );
    return this.#actor.getSnapshot().matches(value as never);
  }

  get tags(): readonly string[] {
    return [...this.#actor.getSnapshot().tags].sort();
  }

  /** What was ordered since the last call. */
  takeCommands(): readonly Command[] {
    return this.#commands.splice(0);
  }

  #drawn(seconds: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.keys(this.#table).map((name) => [`${name}Ms`, (seconds[name] ?? 10) * 1_000]));
  }

  #check(): void {
    const snapshot = this.#actor.getSnapshot();
    if (snapshot.status === 'error') throw snapshot.error;
  }
}

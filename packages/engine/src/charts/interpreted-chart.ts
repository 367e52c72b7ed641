import type { Command, Fact } from '@faultline/models';
import { type AnyActor, createActor } from 'xstate';
import type { ChartExecution, ChartExecutor, Configuration } from './chart-execution.ts';

/** XState's own interpreter: what a chart means is what this does. */
export const interpretChart: ChartExecutor = (machine, { id, input, clock, emit }) => {
  const actor = createActor(machine, { id, input, clock });
  // The listener only hands on: what it throws, XState would report from a host timer.
  actor.on('*', (command) => emit(command as unknown as Command));
  // Errors are thrown from `configuration`; with nobody subscribed XState would throw them once more, from a host timer.
  actor.subscribe({ error: () => {} });
  return new InterpretedChart(actor);
};

class InterpretedChart implements ChartExecution {
  readonly #actor: AnyActor;

  constructor(actor: AnyActor) {
    this.#actor = actor;
  }

  start(): void {
    this.#actor.start();
  }

  accepts(fact: Fact): boolean {
    return this.#actor.getSnapshot().can(fact);
  }

  send(fact: Fact): void {
    this.#actor.send(fact);
  }

  get configuration(): Configuration {
    const { value, tags } = this.#snapshot();
    return { state: stateName(value), tags: [...tags].sort() };
  }

  contextNow(): unknown {
    return this.#snapshot().context;
  }

  /** XState keeps the errors of a chart to itself, so its status is looked at before anything else is. */
  #snapshot(): { readonly value: unknown; readonly tags: ReadonlySet<string>; readonly context: unknown } {
    const snapshot = this.#actor.getSnapshot();
    if (snapshot.status === 'error') throw snapshot.error;
    return snapshot;
  }
}

function stateName(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([name, inner]) => (isEmpty(inner) ? name : `${name}.${stateName(inner)}`))
    .join(' & ');
}

/** A region that has no states of its own. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

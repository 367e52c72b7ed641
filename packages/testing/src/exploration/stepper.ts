import type { Command } from '@faultline/models';
import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
} from 'xstate';

/** What a chart does with one event. */
export interface Step {
  readonly snapshot: AnyMachineSnapshot;
  readonly commands: readonly Command[];
  /** Timers that were set and taken back, in order. */
  readonly timers: readonly TimerChange[];
}

export type TimerChange =
  | { readonly type: 'set'; readonly id: string; readonly event: EventObject; readonly delayMs: number }
  | { readonly type: 'cancelled'; readonly id: string };

/** What XState hands to whoever carries out an action. */
interface ExecutableAction {
  readonly type: string;
  readonly params: {
    readonly event?: EventObject;
    readonly id?: string;
    readonly delay?: number;
    readonly sendId?: string;
  };
}

/**
 * Asks a machine what it would do, without doing it. It is XState's own `transition`, which builds an actor for every
 * call; one that is never started serves for all of them here, and an exploration is several times as fast.
 */
export class Stepper {
  readonly #machine: AnyStateMachine;
  readonly #scope: AnyActorScope;
  #actions: ExecutableAction[] = [];

  constructor(machine: AnyStateMachine, input: unknown) {
    this.#machine = machine;
    const self = createActor(machine, { input });
    this.#scope = {
      self,
      id: '',
      sessionId: '',
      system: self.system,
      logger: () => {},
      defer: () => {},
      stopChild: () => {},
      emit: () => {},
      actionExecutor: (action: unknown) => this.#actions.push(action as ExecutableAction),
    } as AnyActorScope;
  }

  first(input: unknown): Step {
    return this.#step(() => this.#machine.getInitialSnapshot(this.#scope, input));
  }

  next(snapshot: AnyMachineSnapshot, event: EventObject): Step {
    return this.#step(() => this.#machine.transition(snapshot, event, this.#scope));
  }

  #step(ask: () => AnyMachineSnapshot): Step {
    this.#actions = [];
    const snapshot = ask();
    if (snapshot.status === 'error') throw snapshot.error;
    const commands: Command[] = [];
    const timers: TimerChange[] = [];
    for (const { type, params } of this.#actions) {
      if (type === 'xstate.emit') commands.push(params.event as unknown as Command);
      else if (type === 'xstate.raise' && params.event)
        timers.push({
          type: 'set',
          id: params.id ?? params.event.type,
          event: params.event,
          delayMs: params.delay ?? 0,
        });
      else if (type === 'xstate.cancel') timers.push({ type: 'cancelled', id: String(params.sendId ?? params) });
    }
    return { snapshot, commands, timers };
  }
}

import { type AnyStateMachine, assign, cancel, type EventObject, emit, raise } from 'xstate';

/** What the actions of a chart work on while it takes a step. */
export interface StepScope {
  readonly context: object;
  readonly event: EventObject;
  assign(change: object): void;
  emit(command: EventObject): void;
  raise(event: EventObject, id: string | undefined, delayMs: number | undefined): void;
  cancel(id: string): void;
  /** Does something outside of the chart, once that has come to rest. */
  perform(effect: () => void): void;
}

/** One action of a chart, ready to be carried out. */
export type Step = (scope: StepScope) => void;
export type Guard = (context: object, event: EventObject) => boolean;

type Expression<Value> = Value | ((scope: unknown, params: unknown) => Value);

/** XState's built-in actions, as far as charts here use them: functions that carry what they were made from. */
type BuiltIn =
  | { readonly type: 'xstate.assign'; readonly assignment: Expression<Readonly<Record<string, Expression<unknown>>>> }
  | { readonly type: 'xstate.emit'; readonly event: Expression<EventObject> }
  | {
      readonly type: 'xstate.raise';
      readonly event: Expression<EventObject>;
      readonly id: string | undefined;
      readonly delay: Expression<number | undefined> | string;
    }
  | { readonly type: 'xstate.cancel'; readonly sendId: Expression<string> }
  | { readonly type: 'xstate.enqueueActions'; readonly collect: (scope: unknown, params: unknown) => void };

type Reference = { readonly type: string; readonly params?: Expression<unknown> };

/** Turns the actions and guards of one machine, by name or written out, into functions. */
export class ChartSteps {
  readonly #machine: AnyStateMachine;

  constructor(machine: AnyStateMachine) {
    this.#machine = machine;
  }

  /**
   * Plain functions are carried out as well: charts have none, but those who watch a chart put theirs into it.
   *
   * @throws for an action of XState's own that does anything else than assign, emit, raise, cancel, or enqueue such.
   */
  step(action: unknown): Step {
    if (typeof action === 'function') return this.#made(action, () => undefined);
    const reference = (typeof action === 'string' ? { type: action } : action) as Reference;
    const made = this.#machine.implementations.actions[reference.type];
    if (made === undefined) throw new Error(`${this.#machine.id} has no action ${reference.type}`);
    return this.#made(made, paramsOf(reference));
  }

  /** @throws for a guard that is not a plain function. */
  guard(guard: unknown): Guard {
    const reference = (typeof guard === 'string' ? { type: guard } : guard) as Reference;
    const test = typeof guard === 'function' ? guard : this.#machine.implementations.guards[reference.type];
    if (typeof test !== 'function' || 'check' in test)
      throw new Error(`${this.#machine.id}: guard ${reference.type} is no plain function`);
    const asks = test as unknown as (scope: unknown, params: unknown) => boolean;
    if (typeof guard === 'function') return (context, event) => asks({ context, event }, undefined);
    const params = paramsOf(reference);
    return (context, event) => {
      const scope = { context, event };
      return asks(scope, params(scope));
    };
  }

  #made(action: object, params: (scope: unknown) => unknown): Step {
    if ('type' in action) return this.#builtIn(action as BuiltIn, params);
    const act = action as (scope: unknown, params: unknown) => void;
    return (run) => {
      const scope = { context: run.context, event: run.event };
      const given = params(run);
      run.perform(() => act(scope, given));
    };
  }

  #builtIn(action: BuiltIn, params: (scope: unknown) => unknown): Step {
    switch (action.type) {
      case 'xstate.assign': {
        const { assignment } = action;
        if (typeof assignment === 'function') return (run) => run.assign(assignment(run, params(run)));
        const entries = Object.entries(assignment);
        return (run) => {
          const given = params(run);
          run.assign(Object.fromEntries(entries.map(([key, value]) => [key, resolved(value, run, given)])));
        };
      }
      case 'xstate.emit':
        return (run) => run.emit(resolved(action.event, run, params(run)));
      case 'xstate.raise': {
        const delay =
          typeof action.delay === 'string' ? this.#machine.implementations.delays[action.delay] : action.delay;
        return (run) => {
          const given = params(run);
          const delayMs = resolved(delay as Expression<number | undefined>, run, given);
          run.raise(resolved(action.event, run, given), action.id, delayMs);
        };
      }
      case 'xstate.cancel':
        return (run) => run.cancel(resolved(action.sendId, run, params(run)));
      case 'xstate.enqueueActions':
        return (run) => {
          const { context, event } = run;
          const queue = new ActionQueue();
          action.collect({ context, event, enqueue: queue.enqueue, check: this.#check(run) }, params(run));
          for (const queued of queue.actions) this.step(queued)(run);
        };
      default:
        throw new Error(
          `${this.#machine.id}: an action of type ${String((action as Reference).type)} has no place here`,
        );
    }
  }

  #check(run: StepScope): (guard: unknown) => boolean {
    return (guard) => this.guard(guard)(run.context, run.event);
  }
}

/** What `enqueueActions` gives to its function: actions are collected, and carried out after it. */
class ActionQueue {
  readonly actions: unknown[] = [];
  readonly enqueue = Object.assign((action: unknown): void => this.#add(action), {
    assign: (change: object): void => this.#add(assign(change)),
    emit: (command: EventObject): void => this.#add(emit(command)),
    raise: (event: EventObject, options?: { readonly id?: string; readonly delay?: number }): void =>
      this.#add(raise(event, options as Parameters<typeof raise>[1])),
    cancel: (id: string): void => this.#add(cancel(id)),
  });

  #add(action: unknown): void {
    this.actions.push(action);
  }
}

function paramsOf({ params }: Reference): (scope: unknown) => unknown {
  return typeof params === 'function' ? (scope) => (params as (scope: unknown) => unknown)(scope) : () => params;
}

function resolved<Value>(value: Expression<Value>, run: StepScope, params: unknown): Value {
  return typeof value === 'function' ? (value as (scope: unknown, params: unknown) => Value)(run, params) : value;
}

import type { AnyStateMachine, EventObject } from 'xstate';
import {
  type Assignment,
  assigning,
  cancelling,
  type Expression,
  emitting,
  type Guard,
  noParams,
  type Params,
  raising,
  type Step,
  type StepScope,
} from './chart-action.ts';
import { Queue } from './queue.ts';

type Delay = Expression<number | undefined> | string;

/** XState's built-in actions, as far as charts here use them: functions that carry what they were made from. */
type BuiltIn =
  | { readonly type: 'xstate.assign'; readonly assignment: Assignment }
  | { readonly type: 'xstate.emit'; readonly event: Expression<EventObject> }
  | {
      readonly type: 'xstate.raise';
      readonly event: Expression<EventObject>;
      readonly id: string | undefined;
      readonly delay: Delay;
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
    if (typeof action === 'function') return this.#made(action, noParams);
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
    const params = typeof guard === 'function' ? noParams : paramsOf(reference);
    return params === noParams ? (test as unknown as Guard) : (scope) => asks(scope, params(scope));
  }

  #made(action: object, params: Params): Step {
    if ('type' in action) return this.#builtIn(action as BuiltIn, params);
    const act = action as (scope: unknown, params: unknown) => void;
    return (run) => {
      // It acts later, on what was known now.
      const scope = { context: { ...run.context }, event: run.event };
      const given = params(run);
      run.perform(() => act(scope, given));
    };
  }

  #builtIn(action: BuiltIn, params: Params): Step {
    switch (action.type) {
      case 'xstate.assign':
        return assigning(action.assignment, params);
      case 'xstate.emit':
        return emitting(action.event, params);
      case 'xstate.raise':
        return raising(action.event, action.id, this.#delay(action.delay), params);
      case 'xstate.cancel':
        return cancelling(action.sendId, params);
      case 'xstate.enqueueActions':
        return this.#enqueueing(action.collect, params);
      default:
        throw new Error(
          `${this.#machine.id}: an action of type ${String((action as Reference).type)} has no place here`,
        );
    }
  }

  #delay(delay: Delay): Expression<number | undefined> {
    return typeof delay === 'string'
      ? (this.#machine.implementations.delays[delay] as Expression<number | undefined>)
      : delay;
  }

  /** A function that collects actions, which are carried out after it. */
  #enqueueing(collect: (scope: unknown, params: unknown) => void, params: Params): Step {
    const queued = new Queue<Step>();
    const enqueue = this.#queueInto(queued);
    let run: StepScope | null = null;
    const check = (guard: unknown): boolean => this.guard(guard)(run as StepScope);
    return (scope) => {
      run = scope;
      collect({ context: scope.context, event: scope.event, enqueue, check }, params(scope));
      for (let step = queued.take(); step; step = queued.take()) step(scope);
    };
  }

  /** What XState hands to such a function, with the steps in place of its own actions. */
  #queueInto(steps: Queue<Step>) {
    return Object.assign((action: unknown): void => steps.add(this.step(action)), {
      assign: (assignment: Assignment): void => steps.add(assigning(assignment, noParams)),
      emit: (command: Expression<EventObject>): void => steps.add(emitting(command, noParams)),
      raise: (event: Expression<EventObject>, options?: { readonly id?: string; readonly delay?: Delay }): void =>
        steps.add(raising(event, options?.id, this.#delay(options?.delay), noParams)),
      cancel: (id: Expression<string>): void => steps.add(cancelling(id, noParams)),
    });
  }
}

function paramsOf({ params }: Reference): Params {
  if (params === undefined) return noParams;
  return typeof params === 'function' ? (scope) => (params as Params)(scope) : () => params;
}

import type { Operation } from '../operations.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';

/** An operation that takes part in the search. */
export interface Call<State> {
  readonly operation: Operation;
  readonly action: Action<State>;
}

export interface CallsToPlace<State> {
  readonly calls: readonly Call<State>[];
  readonly model: CompiledModel<State>;
}

/**
 * The operations that a linearization has to place, by invocation. Left out are those that failed, for they took no
 * effect, and of those whose outcome is unknown the ones that nobody could tell from not having happened: reads,
 * and writes of what was never observed. A write that only such a write could reveal goes with it.
 */
export function callsToPlace<State>(
  operations: readonly Operation[],
  { compile }: SequentialModel<State>,
): CallsToPlace<State> {
  let kept = operations.filter(({ outcome }) => outcome !== 'fail');
  for (;;) {
    const model = compile(kept, false);
    const next = kept.filter((operation) => operation.outcome === 'ok' || mayMatter(operation, model));
    if (next.length === kept.length) {
      return { calls: callsOf(kept, model), model };
    }
    kept = next;
  }
}

/** All operations, to be named in explanations. */
export function allCalls<State>(
  operations: readonly Operation[],
  { compile }: SequentialModel<State>,
): readonly Call<State>[] {
  return callsOf(operations, compile(operations, true));
}

function mayMatter<State>(operation: Operation, model: CompiledModel<State>): boolean {
  const { pure, spoils = false } = model.action(operation);
  return !pure && !spoils && model.canBeObserved(operation);
}

function callsOf<State>(operations: readonly Operation[], model: CompiledModel<State>): readonly Call<State>[] {
  return operations.map((operation) => ({ operation, action: model.action(operation) }));
}

/** The same calls, with a model that keeps all states apart, so that they can be shown. */
export function withStatesApart<State>(
  { calls }: CallsToPlace<State>,
  { compile }: SequentialModel<State>,
): CallsToPlace<State> {
  const operations = calls.map(({ operation }) => operation);
  const model = compile(operations, true);
  return { calls: callsOf(operations, model), model };
}

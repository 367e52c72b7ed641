import type { Operation } from '../operations.ts';
import { canonicalText, valueText } from '../value-text.ts';
import { argumentOf, fromAndTo, returned } from './operation-values.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';

/** The state after a write that no read returned and no compare-and-set expected: all such states are one. */
const UNOBSERVED = '';

/** A register that holds nil at first, with `read`, `write` and, where `functions` has it, `cas`. */
function registerModel(functions: readonly string[]): SequentialModel<string> {
  return {
    object: 'the register',
    functions,
    example: '{:process 0, :type :invoke, :f :write, :value 3}',
    keys: 'detected',
    compile,
  };
}

export const register = registerModel(['read', 'write']);
export const casRegister = registerModel(['read', 'write', 'cas']);

function compile(operations: readonly Operation[], apart: boolean): CompiledModel<string> {
  const observed = observedValues(operations);
  const stateOf = (text: string): string => (apart || observed.has(text) ? text : UNOBSERVED);
  const writers = timesWritten(operations);
  return {
    initial: stateOf('null'),
    bottom: UNOBSERVED,
    once: (state) => !apart && state !== UNOBSERVED && (writers.get(state) ?? 0) <= (state === 'null' ? 0 : 1),
    identity: (state) => state,
    stateText: (state) => (state === UNOBSERVED ? 'a value that nobody observed' : valueText(JSON.parse(state))),
    action: (operation) => actionOf(operation, stateOf),
    canBeObserved: (operation) => operation.f !== 'read' && observed.has(writtenText(operation)),
  };
}

function timesWritten(operations: readonly Operation[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const operation of operations) {
    if (operation.f === 'read') continue;
    const text = writtenText(operation);
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  return times;
}

function observedValues(operations: readonly Operation[]): ReadonlySet<string> {
  const observed = new Set<string>();
  for (const operation of operations) {
    const value = operation.f === 'read' ? returned(operation) : undefined;
    if (value !== undefined) observed.add(canonicalText(value));
    if (operation.f === 'cas' && operation.outcome !== 'fail') observed.add(canonicalText(fromAndTo(operation)[0]));
  }
  return observed;
}

const writtenText = (operation: Operation): string =>
  canonicalText(operation.f === 'cas' ? fromAndTo(operation)[1] : argumentOf(operation));

function actionOf(operation: Operation, stateOf: (text: string) => string): Action<string> {
  if (operation.f === 'write') return write(operation, stateOf);
  if (operation.f === 'cas') return compareAndSet(operation, stateOf);
  const value = returned(operation);
  if (value === undefined) return { text: 'read', kind: 'read', pure: true, step: (state) => state };
  const text = canonicalText(value);
  return {
    text: `read, which returned ${valueText(value)}`,
    kind: `read ${text}`,
    pure: true,
    needs: text,
    step: (state) => (state === text ? state : undefined),
  };
}

function write(operation: Operation, stateOf: (text: string) => string): Action<string> {
  const after = stateOf(writtenText(operation));
  const text = `write ${valueText(argumentOf(operation))}`;
  return {
    text,
    kind: `write ${after}`,
    pure: false,
    overwrites: true,
    spoils: after === UNOBSERVED,
    step: () => after,
  };
}

function compareAndSet(operation: Operation, stateOf: (text: string) => string): Action<string> {
  const [from, to] = fromAndTo(operation);
  const [before, after] = [canonicalText(from), stateOf(canonicalText(to))];
  return {
    text: `cas from ${valueText(from)} to ${valueText(to)}`,
    kind: `cas ${before} ${after}`,
    pure: false,
    step: (state) => (state === before ? after : undefined),
  };
}

import type { Operation } from '../operations.ts';

/** What one operation does to the object, once it takes effect. */
export interface Action<State> {
  /** For people, with what came back: `write 3`, `read, which returned 4`. */
  readonly text: string;
  /** Actions of one kind do the same in every state. */
  readonly kind: string;
  /** Whether it leaves every state as it is. */
  readonly pure: boolean;
  /** The only state that it fits, if there is just one. */
  readonly needs?: State;
  /** Whether it fits every state, and the state after it is the same whatever it was before. */
  readonly overwrites?: boolean;
  /** Whether it fits every state and always leads to the bottom of the model. */
  readonly spoils?: boolean;
  /** The state after it, or undefined if what the client saw could not have happened in this state. */
  step(state: State): State | undefined;
}

/**
 * A model with all operations of one history at hand. It may treat states as one that no operation of this history
 * can tell apart.
 */
export interface CompiledModel<State> {
  readonly initial: State;
  /**
   * A state from which no more can happen than from any other: whatever fits it fits every state, and leads from
   * there to no worse one. Undefined if there is none.
   */
  readonly bottom?: State;
  /** Whether the object, once it has left this state, cannot come back to it. */
  once(state: State): boolean;
  /** States are the same if these are. */
  identity(state: State): string;
  /** For people: `3`, `locked`. */
  stateText(state: State): string;
  action(operation: Operation): Action<State>;
  /**
   * Whether any operation could tell that this one, whose outcome nobody knows, took effect. If not, it may be left
   * out: a history is linearizable with it if and only if it is without.
   */
  canBeObserved(operation: Operation): boolean;
}

/** The object as it behaves when one client at a time uses it. */
export interface SequentialModel<State> {
  /** What the object is called in explanations, e.g. `the register`. */
  readonly object: string;
  /** The functions that it knows. */
  readonly functions: readonly string[];
  /** An example of an operation, for messages. */
  readonly example: string;
  /**
   * `always` if the value of every operation is `[key value]` and keys do not touch each other; `detected` if it may
   * be so; `never` if an operation concerns the whole object.
   */
  readonly keys: 'always' | 'detected' | 'never';
  /** @param apart whether to keep states apart that no operation can tell apart: slower, for explanations */
  compile(operations: readonly Operation[], apart: boolean): CompiledModel<State>;
}

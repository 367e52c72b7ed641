import type { Action, CompiledModel } from './sequential-model.ts';

/** No such state: the action contradicts it. */
export const IMPOSSIBLE = -1;

const UNKNOWN = -2;

/** So many states are kept in rows; more are rare, and would leave rows mostly empty. */
const STATES_IN_ROWS = 64;
/** More than there can be states, so that a kind and a state make one number. */
const STATES_MAX = 2 ** 32;

/** States and kinds of actions by number, and what each kind does in each state, computed once. */
export class StateSpace<State> {
  readonly #model: CompiledModel<State>;
  readonly #numbers = new Map<string, number>();
  readonly #states: State[] = [];
  readonly #kinds: Action<State>[] = [];
  readonly #kindNumbers = new Map<string, number>();
  /** For each kind, the state that follows each of the first states. */
  readonly #rows: Int32Array[] = [];
  readonly #beyondRows = new Map<number, number>();
  readonly initial: number;
  /** {@link IMPOSSIBLE} if the model has none. */
  readonly bottom: number;

  constructor(model: CompiledModel<State>) {
    this.#model = model;
    this.initial = this.number(model.initial);
    this.bottom = model.bottom === undefined ? IMPOSSIBLE : this.number(model.bottom);
  }

  /** The number of this action's kind. */
  kind(action: Action<State>): number {
    const known = this.#kindNumbers.get(action.kind);
    if (known !== undefined) return known;
    this.#kindNumbers.set(action.kind, this.#kinds.length);
    this.#rows.push(new Int32Array(STATES_IN_ROWS).fill(UNKNOWN));
    return this.#kinds.push(action) - 1;
  }

  /** The state after an action of this kind, or {@link IMPOSSIBLE}. */
  step(state: number, kind: number): number {
    if (state >= STATES_IN_ROWS) return this.#stepBeyondRows(state, kind);
    const row = this.#rows[kind] as Int32Array;
    const known = row[state] as number;
    if (known !== UNKNOWN) return known;
    row[state] = this.#computed(state, kind);
    return row[state];
  }

  #stepBeyondRows(state: number, kind: number): number {
    const key = kind * STATES_MAX + state;
    const known = this.#beyondRows.get(key);
    if (known !== undefined) return known;
    const next = this.#computed(state, kind);
    this.#beyondRows.set(key, next);
    return next;
  }

  #computed(state: number, kind: number): number {
    const next = (this.#kinds[kind] as Action<State>).step(this.#states[state] as State);
    return next === undefined ? IMPOSSIBLE : this.number(next);
  }

  once(state: number): boolean {
    return this.#model.once(this.#states[state] as State);
  }

  text(state: number): string {
    return this.#model.stateText(this.#states[state] as State);
  }

  number(state: State): number {
    const identity = this.#model.identity(state);
    const known = this.#numbers.get(identity);
    if (known !== undefined) return known;
    this.#numbers.set(identity, this.#states.length);
    return this.#states.push(state) - 1;
  }
}

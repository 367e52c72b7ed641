import type { Call } from './calls.ts';
import type { CompiledModel } from './sequential-model.ts';
import { StateSpace } from './state-space.ts';

export const NO_STATE = -1;

/** What a search asks of each call, by number. */
export class CallTable<State> {
  readonly #states: StateSpace<State>;
  readonly #kinds: Int32Array;
  readonly #pure: Uint8Array;
  readonly #spoils: Uint8Array;
  readonly #overwrites: Uint8Array;
  readonly #indeterminate: Uint8Array;
  readonly #needs: Int32Array;
  readonly #twins: Int32Array;
  /** For each state, how many calls are not placed that fit it only. */
  readonly #waiting: number[] = [];

  constructor(calls: readonly Call<State>[], model: CompiledModel<State>) {
    this.#states = new StateSpace(model);
    this.#kinds = Int32Array.from(calls, ({ action }) => this.#states.kind(action));
    this.#pure = Uint8Array.from(calls, ({ action }) => Number(action.pure));
    this.#spoils = Uint8Array.from(calls, ({ action }) => Number(action.spoils === true));
    this.#overwrites = Uint8Array.from(calls, ({ action }) => Number(action.overwrites === true));
    this.#indeterminate = Uint8Array.from(calls, ({ operation }) => Number(operation.outcome !== 'ok'));
    this.#needs = Int32Array.from(calls, ({ action }) =>
      action.needs === undefined ? NO_STATE : this.#states.number(action.needs),
    );
    for (let call = 0; call < calls.length; call++) this.wait(call, 1);
    this.#twins = twinsOf(this.#kinds, this.#indeterminate);
  }

  get initial(): number {
    return this.#states.initial;
  }

  get bottom(): number {
    return this.#states.bottom;
  }

  /** The state after this call, or `IMPOSSIBLE`. */
  step(state: number, call: number): number {
    return this.#states.step(state, this.#kinds[call] as number);
  }

  stateText(state: number): string {
    return this.#states.text(state);
  }

  /** Whether it changes nothing. */
  isPure(call: number): boolean {
    return this.#pure[call] === 1;
  }

  /** Whether it leads from every state to the bottom. */
  spoils(call: number): boolean {
    return this.#spoils[call] === 1;
  }

  overwrites(call: number): boolean {
    return this.#overwrites[call] === 1;
  }

  isIndeterminate(call: number): boolean {
    return this.#indeterminate[call] === 1;
  }

  /** For an indeterminate call, the one before it that does the same; -1 if there is none. */
  twin(call: number): number {
    return this.#twins[call] as number;
  }

  /** Notes that a call is placed (-1) or to be placed again (1). */
  wait(call: number, change: 1 | -1): void {
    const needed = this.#needs[call] as number;
    if (needed !== NO_STATE) this.#waiting[needed] = (this.#waiting[needed] ?? 0) + change;
  }

  /** Whether a call is still to be placed that fits only this state, which does not come back. */
  isWaitedFor(state: number): boolean {
    return (this.#waiting[state] ?? 0) > 0 && this.#states.once(state);
  }
}

function twinsOf(kinds: Int32Array, indeterminate: Uint8Array): Int32Array {
  const last = new Map<number, number>();
  return kinds.map((kind, call) => {
    if (indeterminate[call] === 0) return -1;
    const twin = last.get(kind) ?? -1;
    last.set(kind, call);
    return twin;
  });
}

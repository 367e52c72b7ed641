import type { Verdict } from '../history.ts';
import type { Call, CallsToPlace } from './calls.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { EntryList } from './entry-list.ts';
import { Frontier } from './frontier.ts';
import { IMPOSSIBLE, StateSpace } from './state-space.ts';

/** How much a search may cost. */
export interface SearchBudget {
  /** How many placements of an operation may be tried. */
  readonly steps: number;
  /** How many bytes the table of configurations may hold. */
  readonly bytes: number;
  /** Whether to remember configurations; without, the same ones are searched again. For comparison only. */
  readonly remembers?: boolean;
}

/** How far a search came. */
export interface Furthest {
  /** Calls in the order in which they took effect, up to where nothing fits. */
  readonly order: readonly number[];
  /** The call that could not be placed before it returned; -1 if there is none, for all are placed. */
  readonly blocking: number;
  /** What the object could hold then, in words: all that was found. */
  readonly states: readonly string[];
}

export interface SearchResult {
  readonly verdict: Verdict;
  readonly steps: number;
  readonly configurations: number;
  /** How many of the calls that returned first were placed at most: so long a beginning is linearizable. */
  readonly reached: number;
  readonly furthest: Furthest;
}

const NO_STATE = -1;

/** How a call came onto the path: chosen among others, following from the choice before, or going before the next. */
const CHOSEN = 0;
const FOLLOWS = 1;
const PRECEDES = 2;

/** A key is the frontier, the state, and the state before an indeterminate call; the bits follow. */
const KEY_HEAD = 3;

/**
 * Looks for an order in which all calls that returned take effect between their invocation and their return, as
 * Wing and Gong (1993) do, with Lowe's memory of configurations (2017). It is exact: `invalid` means that every order
 * was excluded. These rules leave orders out that are never needed:
 *
 * - A call that changes nothing is placed as soon as what it saw fits; later it could do no more. While the state is
 *   the worst there is (see `bottom`), that goes for calls that always lead there, too.
 * - A call that always leads to the worst state is placed just before one that overwrites whatever it finds, which
 *   costs nothing, and otherwise only when it has to be.
 * - A state that does not come back is not left while a call is to be placed that fits nothing else.
 * - Of indeterminate calls that do the same, the one invoked first is taken first.
 * - An indeterminate call is only worth placing if the call placed after it does or sees something else than without.
 * - A configuration (which calls are placed, and the state) is searched once.
 */
export class LinearizationSearch<State> {
  readonly #calls: readonly Call<State>[];
  readonly #states: StateSpace<State>;
  readonly #kinds: Int32Array;
  readonly #pure: Uint8Array;
  /** Calls that lead from every state to the bottom. */
  readonly #spoils: Uint8Array;
  readonly #overwrites: Uint8Array;
  /** For a call that fits one state only, that state. */
  readonly #needs: Int32Array;
  /** For each state, how many calls are not placed that fit it only. */
  readonly #waiting: number[] = [];
  readonly #indeterminate: Uint8Array;
  /** For an indeterminate call, the one before it that does the same. */
  readonly #twin: Int32Array;
  readonly #entries: EntryList;
  readonly #frontier: Frontier;
  readonly #table: ConfigurationTable;
  readonly #key: Uint32Array;
  readonly #budget: SearchBudget;

  /** The path: for each placed call what held before it. */
  readonly #path: Int32Array;
  readonly #stateBefore: Int32Array;
  readonly #doubtBefore: Int32Array;
  readonly #reachedBefore: Int32Array;
  readonly #how: Uint8Array;
  #depth = 0;
  #state: number;
  /** The state before the indeterminate call that was placed last, while nothing has shown that it was needed. */
  #doubt = NO_STATE;
  #steps = 0;

  #bestReached = -1;
  #bestOrder: Int32Array | undefined;
  readonly #bestStates = new Set<number>();

  constructor({ calls, model }: CallsToPlace<State>, budget: SearchBudget) {
    const count = calls.length;
    this.#calls = calls;
    this.#budget = budget;
    this.#states = new StateSpace(model);
    this.#state = this.#states.initial;
    this.#kinds = Int32Array.from(calls, ({ action }) => this.#states.kind(action));
    this.#pure = Uint8Array.from(calls, ({ action }) => Number(action.pure));
    this.#overwrites = Uint8Array.from(calls, ({ action }) => Number(action.overwrites === true));
    this.#spoils = Uint8Array.from(calls, ({ action }) => Number(action.spoils === true));
    this.#needs = Int32Array.from(calls, ({ action }) => this.#neededState(action.needs));
    this.#indeterminate = Uint8Array.from(calls, ({ operation }) => Number(operation.outcome !== 'ok'));
    this.#twin = this.#twins();
    this.#entries = new EntryList(calls);
    this.#frontier = new Frontier(calls);
    this.#key = new Uint32Array(KEY_HEAD + this.#frontier.bits.length);
    this.#table = new ConfigurationTable(this.#key.length, budget.bytes);
    this.#path = new Int32Array(count);
    this.#stateBefore = new Int32Array(count);
    this.#doubtBefore = new Int32Array(count);
    this.#reachedBefore = new Int32Array(count);
    this.#how = new Uint8Array(count);
  }

  run(): SearchResult {
    let candidate = this.#begin();
    while (!this.#frontier.complete) {
      if (candidate === -1) {
        if (this.#depth === 0) return this.#result('invalid');
        candidate = this.#retreat();
        continue;
      }
      if (this.#steps++ >= this.#budget.steps) return this.#result('unknown');
      if (!this.#fits(candidate)) {
        candidate = this.#entries.following(candidate);
        continue;
      }
      this.#choose(candidate);
      const next = this.#begin();
      const isNew = this.#remember();
      if (isNew === undefined) return this.#result('unknown');
      if (isNew || this.#frontier.complete) candidate = next;
      else candidate = this.#retreat();
    }
    return this.#result('valid');
  }

  /** Places what changes nothing and fits, and returns the first candidate for what comes then. */
  #begin(): number {
    this.#lookAround();
    for (let call = this.#entries.first(); call !== -1; ) {
      if (this.#isIdle(call)) {
        this.#steps++;
        this.#place(call, FOLLOWS);
        this.#lookAround();
        call = this.#entries.first();
      } else call = this.#entries.following(call);
    }
    return this.#entries.first();
  }

  /** Whether it fits, changes nothing now, and can do no better later. */
  #isIdle(call: number): boolean {
    if (this.#spoils[call] === 1) return this.#state === this.#states.bottom;
    return this.#pure[call] === 1 && this.#states.step(this.#state, this.#kinds[call] as number) !== IMPOSSIBLE;
  }

  /** Places a call, and before it, if it overwrites what they do, those that spoil the state. */
  #choose(chosen: number): void {
    if (this.#overwrites[chosen] === 1 && this.#spoils[chosen] === 0) {
      for (let call = this.#entries.first(); call !== -1; ) {
        if (this.#spoils[call] === 1) {
          this.#place(call, PRECEDES);
          call = this.#entries.first();
        } else call = this.#entries.following(call);
      }
    }
    this.#place(chosen, CHOSEN);
  }

  #fits(call: number): boolean {
    if (this.#pure[call] === 1) return false;
    if (this.#spoils[call] === 1 && call !== this.#frontier.blocking) return false;
    const kind = this.#kinds[call] as number;
    const next = this.#states.step(this.#state, kind);
    if (next === IMPOSSIBLE) return false;
    if (next !== this.#state && this.#waiting[this.#state] && this.#states.once(this.#state)) return false;
    if (this.#doubt !== NO_STATE && this.#states.step(this.#doubt, kind) === next) return false;
    if (this.#indeterminate[call] === 0) return true;
    const twin = this.#twin[call] as number;
    return next !== this.#state && (twin === -1 || this.#frontier.isPlaced(twin));
  }

  #place(call: number, how: number): void {
    this.#path[this.#depth] = call;
    this.#stateBefore[this.#depth] = this.#state;
    this.#doubtBefore[this.#depth] = this.#doubt;
    this.#reachedBefore[this.#depth] = this.#frontier.reached;
    this.#how[this.#depth] = how;
    this.#depth++;
    this.#doubt = this.#indeterminate[call] === 1 ? this.#state : NO_STATE;
    this.#state = this.#states.step(this.#state, this.#kinds[call] as number);
    this.#wait(call, -1);
    this.#entries.lift(call);
    this.#frontier.place(call);
  }

  /** Takes back the last call that was chosen, with all that followed from it; returns the next candidate. */
  #retreat(): number {
    if (this.#bestOrder === undefined && this.#frontier.reached === this.#bestReached)
      this.#bestOrder = this.#path.slice(0, this.#depth);
    while (this.#depth > 0) {
      const call = this.#takeBack();
      if (this.#how[this.#depth] !== CHOSEN) continue;
      while (this.#depth > 0 && this.#how[this.#depth - 1] === PRECEDES) this.#takeBack();
      return this.#entries.following(call);
    }
    return -1;
  }

  #takeBack(): number {
    this.#depth--;
    const call = this.#path[this.#depth] as number;
    this.#state = this.#stateBefore[this.#depth] as number;
    this.#doubt = this.#doubtBefore[this.#depth] as number;
    this.#frontier.takeBack(call, this.#reachedBefore[this.#depth] as number);
    this.#entries.putBack(call);
    this.#wait(call, 1);
    return call;
  }

  #wait(call: number, change: number): void {
    const needed = this.#needs[call] as number;
    if (needed !== NO_STATE) this.#waiting[needed] = (this.#waiting[needed] ?? 0) + change;
  }

  /** The number of the only state that a call fits, after counting that it waits for it. */
  #neededState(needs: State | undefined): number {
    if (needs === undefined) return NO_STATE;
    const state = this.#states.number(needs);
    this.#waiting[state] = (this.#waiting[state] ?? 0) + 1;
    return state;
  }

  #remember(): boolean | undefined {
    if (this.#budget.remembers === false) return true;
    this.#key[0] = this.#frontier.reached;
    this.#key[1] = this.#state;
    this.#key[2] = this.#doubt + 1;
    this.#key.set(this.#frontier.bits, KEY_HEAD);
    return this.#table.add(this.#key);
  }

  /** Notes how far this is, for the case that nothing goes further. */
  #lookAround(): void {
    const { reached } = this.#frontier;
    if (reached < this.#bestReached) return;
    if (reached > this.#bestReached) {
      this.#bestReached = reached;
      this.#bestOrder = undefined;
      this.#bestStates.clear();
    }
    this.#bestStates.add(this.#state);
  }

  #twins(): Int32Array {
    const last = new Map<number, number>();
    return Int32Array.from(this.#calls, (_, index) => {
      if (this.#indeterminate[index] === 0) return -1;
      const kind = this.#kinds[index] as number;
      const twin = last.get(kind) ?? -1;
      last.set(kind, index);
      return twin;
    });
  }

  #result(verdict: Verdict): SearchResult {
    return {
      verdict,
      steps: this.#steps,
      configurations: this.#table.size,
      reached: this.#bestReached,
      furthest: this.#furthest(),
    };
  }

  #furthest(): Furthest {
    const order = this.#bestOrder ?? this.#path.slice(0, this.#depth);
    const placed = new Set(order);
    const open = this.#calls.findIndex(
      ({ operation }, call) => !placed.has(call) && operation.completedAt !== Number.POSITIVE_INFINITY,
    );
    let blocking = open;
    for (let call = open; call !== -1 && call < this.#calls.length; call++) {
      const completedAt = (this.#calls[call] as Call<State>).operation.completedAt;
      if (!placed.has(call) && completedAt < (this.#calls[blocking] as Call<State>).operation.completedAt)
        blocking = call;
    }
    return { order: [...order], blocking, states: [...this.#bestStates].map((state) => this.#states.text(state)) };
  }
}

import type { Verdict } from '../history.ts';
import { CallTable, NO_STATE } from './call-table.ts';
import type { CallsToPlace } from './calls.ts';
import { Candidates } from './candidates.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { Frontier } from './frontier.ts';
import { Progress } from './progress.ts';
import type { SearchBudget, SearchResult } from './search-result.ts';
import { IMPOSSIBLE } from './state-space.ts';

/** How a call came onto the path: chosen among others, following from the choice before, or going before the next. */
const CHOSEN = 0;
const FOLLOWS = 1;
const PRECEDES = 2;

/** A key is the frontier, the state, and the state before an indeterminate call; the bits of calls that returned follow. */
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
 * - A configuration (which calls are placed, and the state) is searched once, and not again with more indeterminate
 *   calls used up: whoever has more of them left can do no less. So that few are used first, calls that returned are
 *   tried before those in doubt.
 */
export class LinearizationSearch<State> {
  readonly #table: CallTable<State>;
  readonly #entries: Candidates;
  readonly #frontier: Frontier;
  readonly #seen: ConfigurationTable;
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

  readonly #progress: Progress;

  constructor({ calls, model }: CallsToPlace<State>, budget: SearchBudget) {
    const count = calls.length;
    this.#budget = budget;
    this.#table = new CallTable(calls, model);
    this.#state = this.#table.initial;
    this.#frontier = new Frontier(calls);
    this.#entries = new Candidates(calls, this.#frontier);
    this.#progress = new Progress(calls);
    this.#key = new Uint32Array(KEY_HEAD + this.#frontier.bits.length);
    this.#seen = new ConfigurationTable(this.#key.length, this.#frontier.doubtful.length, budget.bytes);
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
    this.#progress.note(this.#frontier.reached, this.#state);
    for (let call = this.#entries.firstReturned(); call !== -1; ) {
      if (this.#isIdle(call)) {
        this.#steps++;
        this.#place(call, FOLLOWS);
        this.#progress.note(this.#frontier.reached, this.#state);
        call = this.#entries.firstReturned();
      } else call = this.#entries.followingReturned(call);
    }
    return this.#entries.first();
  }

  /** Whether it fits, changes nothing now, and can do no better later. */
  #isIdle(call: number): boolean {
    if (this.#table.spoils(call)) return this.#state === this.#table.bottom;
    return this.#table.isPure(call) && this.#table.step(this.#state, call) !== IMPOSSIBLE;
  }

  /** Places a call, and before it, if it overwrites what they do, those that spoil the state. */
  #choose(chosen: number): void {
    if (this.#table.overwrites(chosen) && !this.#table.spoils(chosen)) {
      for (let call = this.#entries.firstReturned(); call !== -1; ) {
        if (this.#table.spoils(call)) {
          this.#place(call, PRECEDES);
          call = this.#entries.firstReturned();
        } else call = this.#entries.followingReturned(call);
      }
    }
    this.#place(chosen, CHOSEN);
  }

  #fits(call: number): boolean {
    const table = this.#table;
    if (table.isPure(call)) return false;
    if (table.spoils(call) && call !== this.#frontier.blocking) return false;
    const next = table.step(this.#state, call);
    if (next === IMPOSSIBLE) return false;
    if (next !== this.#state && table.isWaitedFor(this.#state)) return false;
    if (this.#doubt !== NO_STATE && table.step(this.#doubt, call) === next) return false;
    if (!table.isIndeterminate(call)) return true;
    const twin = table.twin(call);
    return next !== this.#state && (twin === -1 || this.#frontier.isPlaced(twin));
  }

  #place(call: number, how: number): void {
    this.#path[this.#depth] = call;
    this.#stateBefore[this.#depth] = this.#state;
    this.#doubtBefore[this.#depth] = this.#doubt;
    this.#reachedBefore[this.#depth] = this.#frontier.reached;
    this.#how[this.#depth] = how;
    this.#depth++;
    this.#doubt = this.#table.isIndeterminate(call) ? this.#state : NO_STATE;
    this.#state = this.#table.step(this.#state, call);
    this.#table.wait(call, -1);
    this.#entries.lift(call);
    this.#frontier.place(call);
  }

  /** Takes back the last call that was chosen, with all that followed from it; returns the next candidate. */
  #retreat(): number {
    this.#progress.keep(this.#frontier.reached, this.#path, this.#depth);
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
    this.#table.wait(call, 1);
    return call;
  }

  #remember(): boolean | undefined {
    if (this.#budget.remembers === false) return true;
    this.#key[0] = this.#frontier.reached;
    this.#key[1] = this.#state;
    this.#key[2] = this.#doubt + 1;
    this.#key.set(this.#frontier.bits, KEY_HEAD);
    return this.#seen.add(this.#key, this.#frontier.doubtful);
  }

  #result(verdict: Verdict): SearchResult {
    this.#progress.keep(this.#frontier.reached, this.#path, this.#depth);
    return {
      verdict,
      steps: this.#steps,
      configurations: this.#seen.size,
      reached: this.#progress.reached,
      furthest: this.#progress.furthest((state) => this.#table.stateText(state)),
    };
  }
}

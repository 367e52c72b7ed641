import type { HistoryValue } from '../src/history/history.ts';
import { type Operation, pairOperations } from '../src/history/operations.ts';
import type { PlacedEvent } from '../src/history/reading/history-event.ts';

type Form = readonly [f: string, key: string, value: HistoryValue];
type State = Readonly<Record<string, HistoryValue>>;

const KEYS = ['x', 'y', 'z'];

interface Begun {
  readonly forms: readonly Form[];
  readonly snapshot: State;
  answer?: readonly Form[];
  committed: boolean;
}

/** A database with a weakness that chance picks, and a few clients whose transactions overlap in it. */
export class WeakStore {
  readonly #write: 'append' | 'w';
  readonly #chance: () => number;
  readonly #weakness: string;
  readonly #clients: number[];
  readonly #keys: number;
  readonly #blind: number;
  readonly #events: PlacedEvent[] = [];
  readonly #past: State[] = [{}];
  readonly #written = new Map<string, number>();
  #state: State = {};
  #nextClient: number;

  constructor(write: 'append' | 'w', chance: () => number) {
    this.#write = write;
    this.#chance = chance;
    this.#weakness = this.#pick(['none', 'snapshots', 'snapshots', 'stale snapshots', 'lies', 'dirty reads']);
    this.#clients = Array.from({ length: 1 + this.#below(4) }, (_, client) => client);
    this.#nextClient = this.#clients.length;
    this.#keys = 1 + this.#below(3);
    this.#blind = this.#pick([0.4, 0.7]);
  }

  /** Runs at most so many transactions; some fail, some stay in doubt. Every value is written once. */
  run(most: number): readonly Operation[] {
    const open = new Map<number, Begun>();
    for (let left = most, turns = 0; turns < 200 && (left > 0 || open.size > 0); turns++) {
      const slot = this.#below(this.#clients.length);
      const client = this.#clients[slot] as number;
      const begun = open.get(client);
      if (begun === undefined) {
        if (left-- <= 0) continue;
        open.set(client, this.#begin(client));
      } else if (begun.answer === undefined && this.#chance() < 0.4) this.#execute(begun);
      else {
        open.delete(client);
        if (this.#end(client, begun) === 'info') this.#clients[slot] = this.#nextClient++;
      }
    }
    return pairOperations(this.#events);
  }

  #begin(client: number): Begun {
    const forms = Array.from({ length: 1 + this.#below(4) }, (): Form => {
      const key = KEYS[this.#below(this.#keys)] as string;
      if (this.#chance() >= this.#blind) return ['r', key, null];
      this.#written.set(key, (this.#written.get(key) ?? 0) + 1);
      return [this.#write, key, this.#written.get(key) as number];
    });
    this.#note(client, 'invoke', forms);
    return { forms, snapshot: this.#state, committed: false };
  }

  #execute(begun: Begun): void {
    const seen: Readonly<Record<string, State>> = {
      snapshots: begun.snapshot,
      'stale snapshots': this.#pick(this.#past),
    };
    let held = { ...(seen[this.#weakness] ?? this.#state) };
    begun.answer = begun.forms.map(([f, key, value]): Form => {
      if (f === 'r') return [f, key, held[key] ?? null];
      held = this.#after(held, key, value);
      return [f, key, value];
    });
    if (this.#weakness === 'none' || this.#chance() < 0.8) this.#commit(begun);
  }

  #after(state: State, key: string, value: HistoryValue): State {
    const list = (state[key] ?? []) as readonly HistoryValue[];
    return { ...state, [key]: this.#write === 'append' ? [...list, value] : value };
  }

  #commit(begun: Begun): void {
    if (begun.committed) return;
    begun.committed = true;
    for (const [f, key, value] of begun.forms) if (f !== 'r') this.#state = this.#after(this.#state, key, value);
    this.#past.push(this.#state);
  }

  #end(client: number, begun: Begun): 'ok' | 'fail' | 'info' {
    const fate = this.#chance();
    if (fate < 0.15) {
      if (this.#chance() < 0.4) this.#commit(begun);
      return this.#note(client, 'info', begun.forms);
    }
    if (fate < 0.3 && (!begun.committed || this.#weakness === 'lies')) return this.#note(client, 'fail', begun.forms);
    if (begun.answer === undefined) this.#execute(begun);
    this.#commit(begun);
    const answer = begun.answer as unknown as readonly Form[];
    return this.#note(client, 'ok', this.#weakness === 'lies' ? answer.map((form) => this.#lie(form)) : answer);
  }

  /** A read of something else that was written, or of nothing. */
  #lie([f, key, value]: Form): Form {
    const written = this.#written.get(key) ?? 0;
    if (f !== 'r' || this.#chance() < 0.7) return [f, key, value];
    const some = Array.from({ length: written }, (_, index) => index + 1).filter(() => this.#chance() < 0.6);
    if (this.#write === 'append') return [f, key, some.length === 0 ? null : some];
    return [f, key, some[0] ?? null];
  }

  #note<Type extends PlacedEvent['type']>(process: number, type: Type, value: readonly Form[]): Type {
    const place = this.#events.length;
    this.#events.push({ index: place, line: place + 1, process, type, f: 'txn', value, hasValue: true });
    return type;
  }

  #below(limit: number): number {
    return Math.floor(this.#chance() * limit);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }
}

import type { HistoryValue } from '../src/history/history.ts';
import { type Operation, pairOperations } from '../src/history/operations.ts';
import type { PlacedEvent } from '../src/history/reading/history-event.ts';

/**
 * How a store runs transactions. `serial`: at one instant. `snapshot`: reads as of its begin, and the first of two
 * writers of a key wins. The others break a promise: `lost-updates` lets both writers win, `dirty` shows what is not
 * committed and sometimes aborts it, `stale` reads as of an earlier commit, and `forked` has two replicas that learn
 * of each other's writes late.
 */
export type StoreKind = 'serial' | 'snapshot' | 'lost-updates' | 'dirty' | 'stale' | 'forked';

type Lists = Map<number, readonly number[]>;
type Form = readonly ['append' | 'r', number, HistoryValue];

interface Client {
  readonly process: number;
  plan: readonly Form[];
  snapshot: Lists;
  replica: number;
}

const CLIENTS = 4;
const KEYS = 3;

/** A history of transactions over lists, of a store of this kind. The numbers from 0 to below 1 decide everything. */
export class TransactionStore {
  readonly #kind: StoreKind;
  readonly #random: () => number;
  readonly #events: PlacedEvent[] = [];
  /** States after each commit, the newest last; by replica, of which only forked stores have two. */
  readonly #states: [Lists[], Lists[]] = [[new Map()], [new Map()]];
  /** Writes that the other replica does not know of. */
  readonly #unsent: (readonly [replica: number, forms: readonly Form[]])[] = [];
  #element = 0;

  constructor(kind: StoreKind, random: () => number) {
    this.#kind = kind;
    this.#random = random;
  }

  run(transactions: number): readonly Operation[] {
    const open = new Map<number, Client>();
    for (let begun = 0; begun < transactions || open.size > 0; ) {
      const process = this.#below(CLIENTS);
      const client = open.get(process);
      if (client !== undefined) {
        open.delete(process);
        this.#commit(client);
      } else if (begun < transactions) {
        begun++;
        open.set(process, this.#begin(process));
      }
      if (this.#random() < 0.1) this.#deliver();
    }
    return pairOperations(this.#events);
  }

  #begin(process: number): Client {
    const plan = Array.from({ length: 1 + this.#below(3) }, (): Form => {
      const key = this.#below(KEYS);
      return this.#random() < 0.5 ? ['r', key, null] : ['append', key, this.#element++];
    });
    const replica = this.#kind === 'forked' ? this.#below(2) : 0;
    const states = this.#states[replica as 0 | 1];
    const back = this.#kind === 'stale' ? this.#below(4) : 0;
    const snapshot = states[Math.max(0, states.length - 1 - back)] as Lists;
    this.#note(process, 'invoke', plan);
    // What is written is seen at once, whatever becomes of it.
    if (this.#kind === 'dirty') this.#apply(plan, 0);
    return { process, plan, snapshot, replica };
  }

  #commit({ process, plan, snapshot, replica }: Client): void {
    const now = this.#states[replica as 0 | 1].at(-1) as Lists;
    const isCurrent = this.#kind === 'serial' || this.#kind === 'dirty';
    const readsOnly = plan.every(([f]) => f === 'r');
    const seen = isCurrent || (this.#kind === 'stale' && !readsOnly) ? now : snapshot;
    const result = this.#kind === 'dirty' ? plan.map((form) => readAt(form, now)) : execute(plan, seen);
    const written = new Set(plan.filter(([f]) => f === 'append').map(([, key]) => key));
    const others = this.#states[(1 - replica) as 0 | 1].at(-1) as Lists;
    const conflicts = [...written].some((key) => seen.get(key) !== now.get(key) || this.#isForked(key, now, others));
    const aborts = this.#kind === 'dirty' ? this.#random() < 0.3 : conflicts && this.#kind !== 'lost-updates';
    if (aborts) {
      this.#note(process, 'fail', plan);
      return;
    }
    if (this.#kind === 'lost-updates') this.#states[0].push(overwritten(now, seen, plan));
    else if (this.#kind !== 'dirty' && !readsOnly) this.#apply(plan, replica);
    if (this.#kind === 'forked' && !readsOnly) this.#unsent.push([1 - replica, plan]);
    this.#note(process, 'ok', result);
  }

  #isForked(key: number, mine: Lists, others: Lists): boolean {
    return this.#kind === 'forked' && String(mine.get(key)) !== String(others.get(key));
  }

  #apply(plan: readonly Form[], replica: number): void {
    const states = this.#states[replica as 0 | 1];
    const next = new Map(states.at(-1));
    for (const [f, key, value] of plan) if (f === 'append') next.set(key, [...(next.get(key) ?? []), value as number]);
    states.push(next);
  }

  #deliver(): void {
    const late = this.#unsent.shift();
    if (late !== undefined) this.#apply(late[1], late[0]);
  }

  #note(process: number, type: PlacedEvent['type'], value: readonly Form[]): void {
    const index = this.#events.length;
    this.#events.push({ index, line: index + 1, process, type, f: 'txn', value, hasValue: true });
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }
}

function readAt([f, key, value]: Form, lists: Lists): Form {
  return f === 'r' ? [f, key, lists.get(key) ?? []] : [f, key, value];
}

/** The plan with what it reads, on a state of its own. */
function execute(plan: readonly Form[], from: Lists): readonly Form[] {
  const lists = new Map(from);
  return plan.map((form) => {
    const [f, key, value] = form;
    if (f === 'append') lists.set(key, [...(lists.get(key) ?? []), value as number]);
    return readAt(form, lists);
  });
}

/** The newest state with the lists that were written as the writer saw them, and its elements. */
function overwritten(now: Lists, seen: Lists, plan: readonly Form[]): Lists {
  const next = new Map(now);
  const own = new Map(seen);
  for (const [f, key, value] of plan) {
    if (f !== 'append') continue;
    own.set(key, [...(own.get(key) ?? []), value as number]);
    next.set(key, own.get(key) as readonly number[]);
  }
  return next;
}

import type { TraceRecord } from '@faultline/trace';
import type { Violation, Watch } from './invariant.ts';

/** The breaches of a record that completes none; one array for all. */
export const NONE: readonly Violation[] = [];

/** What to do with each type of record. */
type Handlers = {
  readonly [Type in TraceRecord['type']]?: (
    record: Extract<TraceRecord, { readonly type: Type }>,
  ) => readonly Violation[];
};

/** A watch made of one function for each type of record that matters. */
export function watchOf(handlers: Handlers, end: () => readonly Violation[] = () => NONE): Watch {
  const byType = handlers as Readonly<Record<string, ((record: TraceRecord) => readonly Violation[]) | undefined>>;
  return {
    add: (record) => byType[record.type]?.(record) ?? NONE,
    end,
  };
}

/** What an invariant remembers of each database that it speaks of. Records of one database mostly follow one another. */
export class PerDatabase<State> {
  readonly #states: ReadonlyMap<string, State>;
  #name = '';
  #state: State | undefined;

  constructor(databases: readonly string[], make: (database: string) => State) {
    this.#states = new Map(databases.map((database) => [database, make(database)]));
  }

  /** Undefined for a database that the invariant does not speak of. */
  of(database: string): State | undefined {
    if (database !== this.#name) {
      this.#name = database;
      this.#state = this.#states.get(database);
    }
    return this.#state;
  }

  all(): Iterable<readonly [string, State]> {
    return this.#states;
  }
}

/** An instant for people, in seconds. */
export function at(us: number): string {
  return `${us / 1_000_000} s`;
}

import type { OpRecord, TraceRecord, TransactionStep } from '@faultline/trace';
import type { EventType, HistoryEvent, HistoryValue, MicroOperation } from './history.ts';
import { Fifo } from './recording/fifo.ts';
import { keyNames } from './recording/key-names.ts';
import { Processes } from './recording/processes.ts';

const TYPES: Readonly<Record<OpRecord['outcome'], EventType>> = { ok: 'ok', fail: 'fail', indeterminate: 'info' };

/** A single operation (`read`, `write`, on keys of their own), or a transaction (`txn`). */
export type HistorySubject = 'operations' | 'transactions';

/** One operation of the run, until both of its events are written. */
interface Recorded {
  readonly op: number;
  readonly client: string;
  readonly invokedAtUs: number;
  readonly completedAtUs: number;
  readonly type: EventType;
  readonly f: string;
  readonly asked: HistoryValue;
  readonly answered: HistoryValue;
  readonly error?: string;
  process?: number;
}

/**
 * The history of a run, as its clients lived it, from the records of its trace: a stream of events in the order in
 * which they happened. At one instant invocations come before completions, so that nothing is said to have ended before
 * something else began that did not.
 *
 * The trace tells of an operation when it has ended. An event is held until every operation that was invoked before
 * has ended too; operations are numbered by invocation, so the next number tells. So memory grows with what is asked
 * during the longest operation. Numbers that no client has used (wrong writes of a fault) are waited for to the end.
 */
export class TraceHistory {
  readonly #emit: (event: HistoryEvent) => void;
  readonly #subject: HistorySubject;
  readonly #processes = new Processes();
  /** Ended, but an operation that was invoked before has not. */
  readonly #early = new Map<number, Recorded | null>();
  readonly #invocations = new Fifo<Recorded>();
  readonly #completions = new Fifo<Recorded>();
  #keyName: (database: string, key: number) => HistoryValue = (_database, key) => key;
  #nextOp = 1;
  #index = 0;
  /** No operation that is still unknown was invoked before. */
  #knownUntilUs = 0;

  /** Calls `emit` with each event of the operations that `subject` names. */
  constructor(subject: HistorySubject, emit: (event: HistoryEvent) => void) {
    this.#subject = subject;
    this.#emit = emit;
  }

  add(record: TraceRecord): void {
    if (record.type === 'header') this.#keyName = keyNames(record);
    if (record.type !== 'op') return;
    const recorded = this.#recorded(record);
    if (recorded) this.#completions.push(recorded);
    this.#early.set(record.op, recorded);
    if (record.op !== this.#nextOp) return;
    for (let next = this.#early.get(this.#nextOp); next !== undefined; next = this.#early.get(this.#nextOp)) {
      this.#early.delete(this.#nextOp++);
      if (next === null) continue;
      this.#invocations.push(next);
      this.#knownUntilUs = next.invokedAtUs;
    }
    this.#drain();
  }

  /** The trace is over: whatever has been waited for will not come. */
  end(): void {
    const late = [...this.#early].sort(([a], [b]) => a - b);
    this.#early.clear();
    for (const [, recorded] of late) if (recorded) this.#invocations.push(recorded);
    this.#knownUntilUs = Number.POSITIVE_INFINITY;
    this.#drain();
  }

  #drain(): void {
    for (;;) {
      const invocation = this.#invocations.peek();
      const completion = this.#completions.peek();
      if (invocation && (!completion || invocation.invokedAtUs <= completion.completedAtUs)) this.#invoke();
      else if (completion && (invocation || completion.completedAtUs < this.#knownUntilUs)) this.#complete();
      else return;
    }
  }

  #invoke(): void {
    const recorded = this.#invocations.shift() as Recorded;
    recorded.process = this.#processes.invoke(recorded.client);
    this.#write(recorded, 'invoke', recorded.asked, recorded.invokedAtUs);
  }

  #complete(): void {
    const recorded = this.#completions.shift() as Recorded;
    const { type, asked, answered, completedAtUs, client, process } = recorded;
    this.#write(recorded, type, type === 'ok' ? answered : asked, completedAtUs, recorded.error);
    if (type !== 'info') this.#processes.release(client, process as number);
  }

  #write(recorded: Recorded, type: EventType, value: HistoryValue, atUs: number, error?: string): void {
    this.#emit({
      index: this.#index++,
      process: recorded.process as number,
      type,
      f: recorded.f,
      value,
      time: atUs * 1000,
      ...(error === undefined ? {} : { error }),
    });
  }

  /** Null when the record is not of this history's subject. */
  #recorded(record: OpRecord): Recorded | null {
    const { op, cohort, client, invokedAtUs, atUs, outcome, error, transaction } = record;
    if ((transaction === undefined) !== (this.#subject === 'operations')) return null;
    return {
      op,
      client: `${cohort}/${client}`,
      invokedAtUs,
      completedAtUs: atUs,
      type: TYPES[outcome],
      ...(transaction ? this.#steps(record.database, transaction) : this.#single(record)),
      ...(error === undefined ? {} : { error }),
    };
  }

  #single({ database, action, key, op, value }: OpRecord): Pick<Recorded, 'f' | 'asked' | 'answered'> {
    const name = this.#keyName(database, key);
    const written = action === 'write' ? op : null;
    // No operation has the number 0: a read that returns it has found nothing.
    return { f: action, asked: [name, written], answered: [name, action === 'write' ? op : value || null] };
  }

  #steps(database: string, steps: readonly TransactionStep[]): Pick<Recorded, 'f' | 'asked' | 'answered'> {
    const answered = steps.map(([f, key, value]): MicroOperation => [f, this.#keyName(database, key), value]);
    const asked = answered.map(([f, key, value]): MicroOperation => [f, key, f === 'r' ? null : value]);
    return { f: 'txn', asked, answered };
  }
}

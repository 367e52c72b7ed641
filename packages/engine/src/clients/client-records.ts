import type { Agenda } from '@faultline/clock';
import type {
  ConnectOutcome,
  ConnectRecord,
  DisconnectRecord,
  LogPosition,
  OperationsListener,
  OpRecord,
  ResolveRecord,
} from '@faultline/trace';
import type { Node } from '../nodes/node.ts';
import type { Recorder } from '../recorder.ts';

type Written<Record> = { -readonly [Key in keyof Record]: Record[Key] };

/**
 * Records of what the clients of one cohort live through, by far the most frequent ones. Where nobody keeps records, one
 * object of each type is written again and again: thousands of trials then leave nothing for the garbage collector.
 */
export class ClientRecords {
  readonly #agenda: Agenda;
  readonly #recorder: Recorder;
  readonly #cohort: string;
  #operation: Written<OpRecord> | null = null;
  #position: Written<LogPosition> | null = null;
  #connect: Written<ConnectRecord> | null = null;
  #resolve: Written<ResolveRecord> | null = null;
  #disconnect: Written<DisconnectRecord> | null = null;
  /** Asked for when it is needed first: a follower learns of its cohorts by the header. */
  #listener: OperationsListener | null | undefined;

  constructor(agenda: Agenda, recorder: Recorder, cohort: string) {
    this.#agenda = agenda;
    this.#recorder = recorder;
    this.#cohort = cohort;
  }

  /** An operation ends now. The record is to be completed, and then added by `ended`, before anything else is recorded. */
  operation(
    client: number,
    op: number,
    action: OpRecord['action'],
    key: number,
    invokedAtUs: number,
    outcome: OpRecord['outcome'],
    database: string,
    attempts: number,
  ): Written<OpRecord> {
    const record = this.#operation;
    const { nowUs: atUs } = this.#agenda;
    if (record === null || this.#recorder.keeps) {
      const cohort = this.#cohort;
      // Written out: spreading objects costs more than all else in a record.
      const made: Written<OpRecord> = {
        type: 'op',
        atUs,
        cohort,
        client,
        op,
        action,
        key,
        invokedAtUs,
        outcome,
        database,
        attempts,
      };
      this.#operation = made;
      return made;
    }
    record.atUs = atUs;
    record.client = client;
    record.op = op;
    record.action = action;
    record.key = key;
    record.invokedAtUs = invokedAtUs;
    record.outcome = outcome;
    record.database = database;
    record.attempts = attempts;
    record.error = record.node = record.via = undefined;
    record.position = record.transaction = undefined;
    record.committedAtUs = record.value = record.staleUs = undefined;
    return record;
  }

  /** Where a write is, for its record. */
  position(timeline: number, lsn: number): LogPosition {
    const position = this.#position;
    if (position === null || this.#recorder.keeps) {
      this.#position = { timeline, lsn };
      return this.#position;
    }
    position.timeline = timeline;
    position.lsn = lsn;
    return position;
  }

  /** Adds what `operation` began. */
  ended(record: OpRecord): void {
    this.#recorder.add(record);
  }

  /** Whether attempts to connect that nobody answered are told by `attemptTimedOut` and `timedOut`, without records. */
  get countsTimeOuts(): boolean {
    if (this.#listener === undefined) this.#listener = this.#recorder.listenerTo(this.#cohort);
    return this.#listener !== null;
  }

  /** A client could not connect in time, and its operation has failed with that. Only where `countsTimeOuts`. */
  timedOut(client: number, op: number, action: OpRecord['action'], invokedAtUs: number): void {
    const recorder = this.#recorder;
    if (recorder.settled) return;
    (this.#listener as OperationsListener).connectTimedOut(client, op, action, invokedAtUs, this.#agenda.nowUs);
    recorder.told();
  }

  /** A client could not connect in time, and its operation tries again. Only where `countsTimeOuts`. */
  attemptTimedOut(client: number): void {
    const recorder = this.#recorder;
    if (recorder.settled) return;
    (this.#listener as OperationsListener).attemptTimedOut(client, this.#agenda.nowUs);
    recorder.told();
  }

  /** An attempt to open a connection has ended. */
  connect(client: number, node: Node | null, outcome: ConnectOutcome, startedAtUs: number): void {
    let record = this.#connect;
    const { nowUs: atUs } = this.#agenda;
    const id = node?.id ?? null;
    if (record === null || this.#recorder.keeps) {
      record = { type: 'connect', atUs, cohort: this.#cohort, client, node: id, outcome, startedAtUs };
      this.#connect = record;
    } else {
      record.atUs = atUs;
      record.client = client;
      record.node = id;
      record.outcome = outcome;
      record.startedAtUs = startedAtUs;
    }
    this.#recorder.add(record);
  }

  /** A client's DNS cache has taken an answer in. */
  resolve(client: number, endpoint: string, node: string | null, expiresAtUs: number | null): void {
    let record = this.#resolve;
    const { nowUs: atUs } = this.#agenda;
    if (record === null || this.#recorder.keeps) {
      record = { type: 'resolve', atUs, cohort: this.#cohort, client, endpoint, node, expiresAtUs };
      this.#resolve = record;
    } else {
      record.atUs = atUs;
      record.client = client;
      record.endpoint = endpoint;
      record.node = node;
      record.expiresAtUs = expiresAtUs;
    }
    this.#recorder.add(record);
  }

  /** A client's DNS cache has taken the answer in that it had before, for another lifetime. */
  renewed(client: number, endpoint: string, node: string | null, expiresAtUs: number | null): void {
    if (!this.#recorder.isBrief) this.resolve(client, endpoint, node, expiresAtUs);
  }

  /** A client has given up a connection, or learned that it was gone. */
  disconnect(client: number, node: Node, reason: string): void {
    let record = this.#disconnect;
    const { nowUs: atUs } = this.#agenda;
    if (record === null || this.#recorder.keeps) {
      record = { type: 'disconnect', atUs, cohort: this.#cohort, client, node: node.id, reason };
      this.#disconnect = record;
    } else {
      record.atUs = atUs;
      record.client = client;
      record.node = node.id;
      record.reason = reason;
    }
    this.#recorder.add(record);
  }
}

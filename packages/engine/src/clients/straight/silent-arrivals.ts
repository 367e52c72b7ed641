import type { Agenda } from '@faultline/clock';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { Course } from './course.ts';
import { SilentAttempt } from './silent-attempts.ts';
import type { SilentHost } from './silent-host.ts';
import type { Timetable } from './timetable.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** What an operation asks for, beside its key. */
export type Asked = Pick<PlainStatement, 'action' | 'consistency'>;

/**
 * Operations of open workloads whose first attempt waits for a connection to a host that is gone: what most of a long
 * outage is. They all wait equally long, so that the first to come is the first to go, and each is a row of numbers here.
 */
export class SilentArrivals implements Course {
  readonly line: number;
  readonly #agenda: Agenda;
  readonly #waitUs: number;
  readonly #timetable: Timetable;
  readonly #gaveUp: (attempt: SilentAttempt) => void;
  // A ring of columns, whose length is a power of two. The oldest row is at `#first`.
  #length = 0;
  #first = 0;
  #count = 0;
  #clients: Client[] = [];
  #asked: Asked[] = [];
  #keys: number[] = [];
  #ops: number[] = [];
  #invokedAtUs: number[] = [];
  #startedAtUs: number[] = [];
  #places: number[] = [];
  #hosts: SilentHost[] = [];

  /**
   * @param waitUs How long a client waits for a connection.
   * @param gaveUp Ends an attempt.
   */
  constructor(
    agenda: Agenda,
    waitUs: number,
    gaveUp: (attempt: SilentAttempt) => void,
    timetable: Timetable,
    line: number,
  ) {
    this.line = line;
    this.#agenda = agenda;
    this.#waitUs = waitUs;
    this.#timetable = timetable;
    this.#gaveUp = gaveUp;
  }

  get count(): number {
    return this.#count;
  }

  /** When the oldest gives up; Infinity when none waits. */
  get nextUs(): number {
    return this.#count === 0 ? NEVER : (this.#startedAtUs[this.#first] as number) + this.#waitUs;
  }

  /** Its place among the events of that instant. */
  get place(): number {
    return this.#places[this.#first] as number;
  }

  // The oldest, of which there has to be one.

  get client(): Client {
    return this.#clients[this.#first] as Client;
  }

  get host(): SilentHost {
    return this.#hosts[this.#first] as SilentHost;
  }

  get action(): Asked['action'] {
    return (this.#asked[this.#first] as Asked).action;
  }

  get op(): number {
    return this.#ops[this.#first] as number;
  }

  get invokedAtUs(): number {
    return this.#invokedAtUs[this.#first] as number;
  }

  /** An operation waits from now on. Nothing is foreseen. */
  add(
    client: Client,
    asked: Asked,
    key: number,
    op: number,
    invokedAtUs: number,
    startedAtUs: number,
    host: SilentHost,
    place: number = this.#agenda.reservePlace(),
  ): void {
    if (this.#count === this.#length) this.#grow();
    const row = (this.#first + this.#count++) & (this.#length - 1);
    this.#clients[row] = client;
    this.#asked[row] = asked;
    this.#keys[row] = key;
    this.#ops[row] = op;
    this.#invokedAtUs[row] = invokedAtUs;
    this.#startedAtUs[row] = startedAtUs;
    this.#places[row] = place;
    this.#hosts[row] = host;
    host.waits();
  }

  /** The oldest waits no more. Nothing is foreseen. */
  removeFirst(): void {
    this.host.waitsNoMore();
    this.#first = (this.#first + 1) & (this.#length - 1);
    this.#count--;
  }

  /** Writes into the timetable when the oldest gives up. */
  foresee(): void {
    if (this.#count === 0) this.#timetable.clear(this.line);
    else this.#timetable.set(this.line, this.nextUs, this.place);
  }

  go(): void {
    const attempt = this.#attemptAt(0);
    this.removeFirst();
    this.foresee();
    this.#gaveUp(attempt);
  }

  /** Takes out, oldest first, the attempts at a host. */
  takeFrom(host: SilentHost): readonly SilentAttempt[] {
    const all = [...this.all()];
    const kept = all.filter((attempt) => attempt.host !== host);
    this.#first = 0;
    this.#count = 0;
    for (const attempt of kept) this.#keep(attempt);
    this.foresee();
    return all.filter((attempt) => attempt.host === host);
  }

  /** Those that wait, oldest first. */
  *all(): Generator<SilentAttempt, void, void> {
    for (let place = 0; place < this.#count; place++) yield this.#attemptAt(place);
  }

  #attemptAt(place: number): SilentAttempt {
    const row = (this.#first + place) & (this.#length - 1);
    const { action, consistency } = this.#asked[row] as Asked;
    const statement = { action, key: this.#keys[row] as number, op: this.#ops[row] as number, consistency };
    const attempt = new SilentAttempt();
    attempt.operation.begin(this.#clients[row] as Client, statement, null, this.#invokedAtUs[row] as number);
    attempt.operation.attempts = 1;
    attempt.host = this.#hosts[row] as SilentHost;
    attempt.to = attempt.host.node;
    attempt.startedAtUs = this.#startedAtUs[row] as number;
    attempt.givesUpAtUs = attempt.startedAtUs + this.#waitUs;
    attempt.place = this.#places[row] as number;
    return attempt;
  }

  /** An attempt that waited before goes on doing so. */
  #keep({ operation: { client, statement, invokedAtUs }, startedAtUs, place, host }: SilentAttempt): void {
    this.add(client, statement, statement.key, statement.op, invokedAtUs, startedAtUs, host, place);
    host.waitsNoMore();
  }

  #grow(): void {
    if (this.#first > 0) this.#startOver();
    this.#length = Math.max(16, 2 * this.#length);
  }

  /** Puts the oldest of a full ring in the first row. */
  #startOver(): void {
    const first = this.#first;
    const inOrder = <Value>(column: readonly Value[]): Value[] => [...column.slice(first), ...column.slice(0, first)];
    this.#clients = inOrder(this.#clients);
    this.#asked = inOrder(this.#asked);
    this.#keys = inOrder(this.#keys);
    this.#ops = inOrder(this.#ops);
    this.#invokedAtUs = inOrder(this.#invokedAtUs);
    this.#startedAtUs = inOrder(this.#startedAtUs);
    this.#places = inOrder(this.#places);
    this.#hosts = inOrder(this.#hosts);
    this.#first = 0;
  }
}

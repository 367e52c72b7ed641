import type { Agenda, RandomStream } from '@faultline/clock';
import type { DnsRecord } from '@faultline/trace';
import type { Recorder } from '../recorder.ts';

/** An answer that a resolver gives. `node` is null when the name has no address. */
export interface DnsAnswer {
  readonly node: string | null;
  readonly ttlUs: number;
}

/** One endpoint's authoritative record, served by servers that take over a change one after the other. */
export class DnsEndpoint {
  readonly database: string;
  readonly id: string;
  readonly ttlUs: number;
  nodes: readonly string[];
  #former: readonly string[];
  #changedAtUs = 0;
  #propagatedAtUs = 0;
  #lost = false;
  /** Changes that wait until the zone can be changed again. */
  #frozen = 0;
  #pending: (() => void)[] = [];
  readonly #agenda: Agenda;
  readonly #random: RandomStream;
  readonly #recorder: Recorder;

  constructor(
    database: string,
    id: string,
    ttlUs: number,
    nodes: readonly string[],
    agenda: Agenda,
    random: RandomStream,
    recorder: Recorder,
  ) {
    this.database = database;
    this.id = id;
    this.ttlUs = ttlUs;
    this.nodes = nodes;
    this.#former = nodes;
    this.#agenda = agenda;
    this.#random = random;
    this.#recorder = recorder;
  }

  /**
   * Changes the record, at once or as soon as changes are possible again, and then calls `made`.
   * For `propagationUs` after it some servers still give the former answer, so that answers flap.
   */
  repoint(nodes: readonly string[], propagationUs: number, made: () => void): void {
    const change = () => {
      this.#former = this.nodes;
      this.nodes = nodes;
      this.#changedAtUs = this.#agenda.nowUs;
      this.#propagatedAtUs = this.#changedAtUs + propagationUs;
      this.record();
      made();
    };
    if (this.#frozen > 0) this.#pending.push(change);
    else change();
  }

  freeze(): void {
    this.#frozen++;
  }

  thaw(): void {
    this.#frozen--;
    if (this.#frozen > 0) return;
    const pending = this.#pending;
    this.#pending = [];
    for (const change of pending) change();
  }

  /** The record disappears: the name exists and has no address. */
  lose(): void {
    this.#lost = true;
    this.record();
  }

  restore(): void {
    this.#lost = false;
    this.record();
  }

  /** One query to one of the authoritative servers. */
  ask(): DnsAnswer {
    if (this.#lost) return { node: null, ttlUs: this.ttlUs };
    const nodes = this.#answerSet();
    if (nodes.length === 0) return { node: null, ttlUs: this.ttlUs };
    const node = nodes.length === 1 ? nodes[0] : nodes[Math.floor(this.#random() * nodes.length)];
    return { node: node ?? null, ttlUs: this.ttlUs };
  }

  record(): void {
    this.#recorder.add({
      type: 'dns',
      atUs: this.#agenda.nowUs,
      database: this.database,
      endpoint: this.id,
      nodes: this.#lost ? [] : this.nodes,
      ttlUs: this.ttlUs,
      propagatedAtUs: Math.max(this.#propagatedAtUs, this.#agenda.nowUs),
    } satisfies DnsRecord);
  }

  #answerSet(): readonly string[] {
    const nowUs = this.#agenda.nowUs;
    if (nowUs >= this.#propagatedAtUs) return this.nodes;
    const share = (nowUs - this.#changedAtUs) / (this.#propagatedAtUs - this.#changedAtUs);
    return this.#random() < share ? this.nodes : this.#former;
  }
}

import { Agenda, constant, RandomStreams, sampler } from '@faultline/clock';
import type { Quantity } from '@faultline/models';
import type { ConflictRecord } from '@faultline/trace';
import { Network } from '../network/network.ts';
import { type Answer, Exchange } from '../nodes/exchange.ts';
import { Node } from '../nodes/node.ts';
import { Recorder } from '../recorder.ts';
import { JournalPlane } from '../replication/journal-plane.ts';
import { LastWriterWinsPlane } from '../replication/last-writer-wins-plane.ts';
import type { DataPlane, PlaneContext } from '../replication/plane.ts';

/** An operation as its client saw it. */
export interface TableOperation {
  readonly kind: 'write' | 'strong' | 'eventual';
  readonly place: number;
  readonly key: number;
  /** Number of the operation, which a write stores. */
  readonly op: number;
  readonly invokedAtUs: number;
  endedAtUs: number | null;
  /** What a read returned. */
  value: number | null;
  error: string | null;
  lsn: number | null;
}

const PATIENCE = { answerUs: 10_000_000, retransmitUs: 10_000_000, silenceUs: 10_000_000 };

const fixed = (value: number): Quantity => ({
  value,
  unit: '',
  meaning: '',
  source: 'this test',
  date: '2026-11',
  grade: 'assumed',
});

/** A table in three Regions: a and b 20 ms from one another, c 60 ms and 70 ms away; a client 1 ms from the node in each. */
export class TableWorld {
  readonly agenda = new Agenda();
  readonly recorder = new Recorder();
  readonly operations: TableOperation[] = [];
  readonly nodes: readonly Node[];
  readonly network: Network;
  readonly #context: PlaneContext;

  constructor(seed = '7') {
    const streams = new RandomStreams(seed);
    const link = (between: readonly [string, string], ms: number) => ({ between, oneWay: constant(`${ms}ms`) });
    this.network = new Network(this.agenda, streams, [
      ...['a', 'b', 'c'].map((region) => link([region, region], 1)),
      link(['a', 'b'], 20),
      link(['b', 'c'], 60),
      link(['a', 'c'], 70),
    ]);
    this.nodes = ['a', 'b', 'c'].map((region) => {
      const layout = { id: `t-${region}`, az: region, region, role: 'replica', readable: true, writable: true };
      return new Node('t', layout, this.network.site(layout.id, region, null), this.recorder);
    });
    this.#context = {
      database: 't',
      agenda: this.agenda,
      streams,
      network: this.network,
      recorder: this.recorder,
      nodes: new Map(this.nodes.map((node) => [node.id, node])),
      observed: true,
      tell: () => {},
      tellOf: () => {},
      change: (mutate: () => void) => mutate(),
      timing: () => sampler(constant('500ms')),
    };
  }

  /** `clockErrorMs`: bound on the error of the Regions' clocks. */
  lastWriterWins(clockErrorMs = 0): LastWriterWinsPlane {
    return new LastWriterWinsPlane(this.#context, {
      rule: 'last-writer-wins',
      nodes: this.nodes.map((node) => node.id),
      groups: [],
      commit: fixed(4_000),
      delayTiming: 'replicationDelay',
      drainRate: fixed(1_000),
      clockError: fixed(clockErrorMs * 1_000),
    });
  }

  /** With a witness in place of the third Region's replica, or without. */
  journal(witness = false): JournalPlane {
    return new JournalPlane(this.#context, {
      rule: 'journal',
      nodes: this.nodes.slice(0, witness ? 2 : 3).map((node) => node.id),
      witnesses: witness ? [{ id: 't-witness', region: 'c' }] : [],
      groups: [],
      acks: 1,
      commit: fixed(4_000),
      catchUpRate: fixed(1_000),
    });
  }

  /** Sends one operation from a client beside the node at `place`. */
  send(plane: DataPlane, kind: TableOperation['kind'], place: number, key: number): TableOperation {
    const node = this.nodes[place] as Node;
    const client = this.network.site(`client-${node.region}`, node.region, null);
    const op = this.operations.length + 1;
    const operation: TableOperation = {
      kind,
      place,
      key,
      op,
      invokedAtUs: this.agenda.nowUs,
      endedAtUs: null,
      value: null,
      error: null,
      lsn: null,
    };
    this.operations.push(operation);
    const serve = (exchange: Exchange) => {
      if (kind === 'write') plane.write({ exchange, node, key, op, serviceUs: 0 });
      else plane.read({ exchange, node, key, serviceUs: 0, consistency: kind });
    };
    const done = (answer: Answer) => this.#ended(operation, answer);
    const ways = [this.network.path(client, node.site), this.network.path(node.site, client)] as const;
    new Exchange(this.agenda, node, ...ways, node.incarnation, PATIENCE, { atNode: serve, atClient: done }).start();
    return operation;
  }

  /** Nothing passes between a Region and another, or all others, until the returned function is called. */
  cut(plane: DataPlane, region: string, other: string | null): () => void {
    const isEnd = (one: string, another: string) =>
      one === region && (other === null ? another !== region : another === other);
    plane.settle();
    const heal = this.network.disturb({
      touches: (from, to) => isEnd(from.region, to.region) || isEnd(to.region, from.region),
      blocks: true,
    });
    plane.refresh();
    return () => {
      plane.settle();
      heal();
      plane.refresh();
    };
  }

  pass(ms: number): void {
    this.agenda.runUntil(this.agenda.nowUs + ms * 1_000);
  }

  /** Conflicts that were recorded since the last call. */
  takeConflicts(): readonly ConflictRecord[] {
    return this.recorder.take().filter((record) => record.type === 'conflict');
  }

  /** Operations of a kind that ended well. */
  succeeded(kind: TableOperation['kind']): readonly TableOperation[] {
    return this.operations.filter((one) => one.kind === kind && one.endedAtUs !== null && one.error === null);
  }

  #ended(operation: TableOperation, answer: Answer): void {
    operation.endedAtUs = this.agenda.nowUs;
    if (answer.kind !== 'reply') operation.error = answer.kind;
    else {
      operation.error = answer.reply.error ?? null;
      operation.value = answer.reply.value ?? null;
      operation.lsn = answer.reply.lsn ?? null;
    }
  }
}

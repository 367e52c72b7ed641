import type { Agenda } from '@faultline/clock';
import type { OpRecord } from '@faultline/trace';
import type { Operators } from './control/operators.ts';
import type { DnsAnswer, DnsEndpoint } from './dns/zone.ts';
import type { Exchange, Reply } from './nodes/exchange.ts';
import type { Node } from './nodes/node.ts';
import type { OperationObserver } from './operation-observer.ts';
import type { Recorder } from './recorder.ts';
import type { NodePosition, PlaneTruth, VolumePosition } from './replication/truth.ts';

/** What an observation looks at in a database. */
interface ObservedDatabase {
  readonly name: string;
  readonly charts: readonly { readonly pendingTimers: number }[];
  readonly nodes: ReadonlyMap<string, Node>;
  readonly plane: { truth(): PlaneTruth };
}

/** Positions are looked at this often beside every change of the world, in all runs however long. */
const LOOKS_PER_RUN = 100;

/** After everything else at its instant, samples included. */
const LOOK_PRIORITY = 11;

/**
 * Writes observation records: what is physically so, taken from copies, segments and resolvers. It only looks, so a
 * run that is watched differs from one that is not in these records and in nothing else.
 */
export class Observation implements OperationObserver {
  readonly #agenda: Agenda;
  readonly #recorder: Recorder;
  readonly #databases: ReadonlyMap<string, ObservedDatabase>;
  readonly #truths = new Map<string, PlaneTruth>();
  /** What was last recorded, by database and node: what has not changed is not repeated. */
  readonly #positions = new Map<string, Map<string, NodePosition>>();
  readonly #volumes = new Map<string, VolumePosition>();
  #changedAtUs = 0;

  constructor(agenda: Agenda, recorder: Recorder, databases: ReadonlyMap<string, ObservedDatabase>) {
    this.#agenda = agenda;
    this.#recorder = recorder;
    this.#databases = databases;
  }

  /** Begins to look from time to time. */
  start(horizonUs: number): void {
    const everyUs = Math.max(1, Math.floor(horizonUs / LOOKS_PER_RUN));
    const again = (): void => {
      this.look();
      this.#agenda.schedule(everyUs, again, LOOK_PRIORITY);
    };
    this.look();
    this.#agenda.schedule(everyUs, again, LOOK_PRIORITY);
  }

  /** The world has changed: what was true of copies a moment ago need not be so now. */
  changed(): void {
    this.#changedAtUs = this.#agenda.nowUs;
    this.look();
  }

  /** Records positions and segments as far as they are not what they were. */
  look(): void {
    const atUs = this.#agenda.nowUs;
    for (const database of this.#databases.keys()) {
      const truth = this.#truth(database);
      const known = this.#positionsOf(database);
      for (const position of truth.positions(atUs)) {
        const last = known.get(position.node);
        if (last !== undefined && isSamePosition(last, position)) continue;
        known.set(position.node, position);
        this.#recorder.add({ type: 'position', atUs, database, ...position });
      }
      const volume = truth.volume();
      if (volume === null) continue;
      const last = this.#volumes.get(database);
      if (last !== undefined && isSameVolume(last, volume)) continue;
      this.#volumes.set(database, volume);
      this.#recorder.add({ type: 'volume', atUs, database, ...volume });
    }
  }

  /** An operation is over; `last` is its last exchange, which a proxy may have had with the database in its stead. */
  answered(operation: OpRecord, last: Exchange | null, reply: Reply): void {
    if (operation.outcome !== 'ok' || last === null) return;
    const exchange = last.behind ?? last;
    const { atUs, database, op, key, action } = operation;
    const { node } = exchange;
    if (action === 'write') this.#acknowledged(operation, node, exchange);
    else if (reply.lsn !== undefined && reply.timeline !== undefined) {
      const { lsn, timeline, value = 0 } = reply;
      this.#recorder.add({ type: 'served', atUs, database, op, key, node: node.id, timeline, lsn, value });
    }
  }

  resolved({ database, id: endpoint }: DnsEndpoint, { node, ttlUs }: DnsAnswer): void {
    this.#recorder.add({ type: 'answer', atUs: this.#agenda.nowUs, database, endpoint, node, ttlUs });
  }

  /** The run is over: what is where, and what would still happen by itself. */
  end(operators: Operators): void {
    const atUs = this.#agenda.nowUs;
    this.look();
    for (const database of this.#databases.values()) {
      const { name, charts, nodes } = database;
      const starting = [...nodes.values()].filter(({ status }) => status === 'starting' || status === 'recovering');
      const truth = this.#truth(name);
      for (const contents of truth.contents(atUs))
        this.#recorder.add({ type: 'contents', atUs, database: name, ...contents });
      const serving = (accepts: (node: Node) => boolean) =>
        [...nodes.values()].filter((node) => accepts(node) && serves(node)).map((node) => node.id);
      this.#recorder.add({
        type: 'pending',
        atUs,
        database: name,
        timers: charts.reduce((sum, chart) => sum + chart.pendingTimers, 0),
        work: starting.length + truth.underWay(atUs),
        persons: operators.reacting(name),
        writable: serving((node) => node.acceptsWrites),
        readable: serving((node) => node.acceptsReads),
      });
    }
  }

  #acknowledged(operation: OpRecord, node: Node, exchange: Exchange): void {
    const { atUs, database, op, key, position, committedAtUs, attempts } = operation;
    if (!position || committedAtUs === undefined) return;
    const { timeline, lsn } = position;
    const { answeredAtUs } = exchange;
    const { heldBy, epoch, order } = this.#truth(database).whereabouts(node, timeline, lsn, answeredAtUs);
    this.#recorder.add({
      type: 'acknowledged',
      atUs,
      database,
      op,
      key,
      node: node.id,
      timeline,
      lsn,
      committedAtUs,
      answeredAtUs,
      ...(attempts > 1 ? { attempts } : {}),
      heldBy: answeredAtUs > this.#changedAtUs ? heldBy : null,
      ...(epoch === undefined ? {} : { epoch }),
      ...(order === undefined ? {} : { order }),
    });
  }

  #truth(database: string): PlaneTruth {
    let truth = this.#truths.get(database);
    if (!truth) {
      truth = (this.#databases.get(database) as ObservedDatabase).plane.truth();
      this.#truths.set(database, truth);
    }
    return truth;
  }

  #positionsOf(database: string): Map<string, NodePosition> {
    let known = this.#positions.get(database);
    if (!known) {
      known = new Map();
      this.#positions.set(database, known);
    }
    return known;
  }
}

const isSamePosition = (a: NodePosition, b: NodePosition): boolean =>
  a.receivedLsn === b.receivedLsn &&
  a.appliedLsn === b.appliedLsn &&
  a.timeline === b.timeline &&
  a.timelineOf === b.timelineOf &&
  a.volume === b.volume &&
  a.part === b.part &&
  a.works === b.works;

const isSameVolume = (a: VolumePosition, b: VolumePosition): boolean =>
  a.epoch === b.epoch &&
  a.segments.length === b.segments.length &&
  a.segments.every(({ up, epoch }, place) => up === b.segments[place]?.up && epoch === b.segments[place].epoch);

function serves(node: Node): boolean {
  return node.storage === 'ok' && node.responsive;
}

import type { ReplicationState, SampleRecord, TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { Histogram } from './histogram.ts';

/** A series keeps at most this many points; when it is full, every second one is dropped. */
const POINTS_MAX = 1_000;

/** How far one node was behind while it was there and followed, from samples. */
export interface LagResult {
  readonly database: string;
  readonly node: string;
  readonly samples: number;
  readonly lastUs: number;
  readonly p99Us: number | null;
  readonly maxUs: number;
  readonly entriesMax: number;
}

/** What would be lost if the writer died at that moment and the best copy took over. */
export interface AtRiskPoint {
  readonly atUs: number;
  readonly entries: number;
  readonly spanUs: number;
}

export interface LagResults {
  readonly nodes: readonly LagResult[];
  readonly atRisk: readonly { readonly database: string; readonly points: readonly AtRiskPoint[] }[];
}

/** States in which a copy is not meant to follow. */
const UNFOLLOWED: ReadonlySet<ReplicationState> = new Set(['rebuilding', 'detached', 'terminated']);

function mark(set: Set<string>, key: string, present: boolean): void {
  if (present) set.add(key);
  else set.delete(key);
}

interface NodeLag {
  readonly first: SampleRecord;
  readonly histogram: Histogram;
  last: SampleRecord;
  entriesMax: number;
}

/** Replica lag and what was at risk. Empty unless the run was asked for samples. */
export class LagFold implements Fold<LagResults> {
  readonly #nodes = new Map<string, NodeLag>();
  readonly #atRisk = new Map<string, AtRiskSeries>();
  readonly #writers = new Set<string>();
  /** Nodes that follow nothing at present, so that a distance from the writer is no lag. */
  readonly #gone = new Set<string>();
  readonly #remade = new Set<string>();

  add(record: TraceRecord): void {
    if (record.type === 'node') {
      const key = `${record.database}/${record.node}`;
      mark(this.#writers, key, record.writable);
      mark(this.#gone, key, record.status === 'host-down' || record.status === 'absent');
    } else if (record.type === 'replication') {
      mark(this.#remade, `${record.database}/${record.to}`, UNFOLLOWED.has(record.state));
    } else if (record.type === 'sample') this.#sampled(record);
  }

  #sampled(record: SampleRecord): void {
    const key = `${record.database}/${record.node}`;
    let node = this.#nodes.get(key);
    if (!node) {
      node = { first: record, histogram: new Histogram(), last: record, entriesMax: 0 };
      this.#nodes.set(key, node);
    }
    if (!this.#gone.has(key) && !this.#remade.has(key)) {
      node.histogram.add(record.lagUs);
      node.last = record;
      node.entriesMax = Math.max(node.entriesMax, record.lagEntries);
    }
    let series = this.#atRisk.get(record.database);
    if (!series) {
      series = new AtRiskSeries();
      this.#atRisk.set(record.database, series);
    }
    series.add(record, this.#writers.has(key));
  }

  result(): LagResults {
    return {
      nodes: [...this.#nodes.values()].map(({ first, histogram, last, entriesMax }) => ({
        database: first.database,
        node: first.node,
        samples: histogram.count,
        lastUs: last.lagUs,
        p99Us: histogram.quantile(0.99),
        maxUs: histogram.largest,
        entriesMax,
      })),
      atRisk: [...this.#atRisk].map(([database, series]) => ({ database, points: series.points() })),
    };
  }
}

/** One point for each instant: what the best copy would lose, or where every node writes, what the worst would. */
class AtRiskSeries {
  #points: AtRiskPoint[] = [];
  #keepEvery = 1;
  #instants = 0;
  #ofCopies: AtRiskPoint | null = null;
  #ofWriters: AtRiskPoint | null = null;

  add({ atUs, atRiskEntries: entries, atRiskUs: spanUs }: SampleRecord, isWriter: boolean): void {
    if ((this.#ofCopies ?? this.#ofWriters ?? { atUs }).atUs !== atUs) this.#flush();
    const point = { atUs, entries, spanUs };
    if (isWriter) this.#ofWriters = this.#ofWriters && this.#ofWriters.entries >= entries ? this.#ofWriters : point;
    else this.#ofCopies = this.#ofCopies && this.#ofCopies.entries <= entries ? this.#ofCopies : point;
  }

  points(): readonly AtRiskPoint[] {
    this.#flush();
    return this.#points;
  }

  #flush(): void {
    const point = this.#ofCopies ?? this.#ofWriters;
    this.#ofCopies = null;
    this.#ofWriters = null;
    if (!point || this.#instants++ % this.#keepEvery !== 0) return;
    this.#points.push(point);
    if (this.#points.length < POINTS_MAX) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#keepEvery *= 2;
  }
}

import type { NodeRecord, TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';

/** How a database stood at the end of the run. */
export interface FinalStateResult {
  readonly database: string;
  /** The last state of each of its charts. */
  readonly charts: readonly ChartState[];
  /** Whether any node would accept a write, or serve a read, from a client that reaches it. Null when no node was recorded. */
  readonly writable: boolean | null;
  readonly readable: boolean | null;
  /** Whether it accepted writes at any time: a read replica that nobody promoted never does. */
  readonly everWritable: boolean;
}

export interface ChartState {
  readonly chart: string;
  readonly state: string;
  readonly tags: readonly string[];
}

interface Standing {
  readonly charts: Map<string, ChartState>;
  readonly nodes: Map<string, NodeRecord>;
  everWritable: boolean;
}

export class FinalStateFold implements Fold<readonly FinalStateResult[]> {
  readonly #databases = new Map<string, Standing>();

  add(record: TraceRecord): void {
    if (record.type === 'header') {
      for (const { database } of record.databases) {
        this.#databases.set(database, { charts: new Map(), nodes: new Map(), everWritable: false });
      }
    } else if (record.type === 'state') {
      const { database, chart, state, tags } = record;
      this.#databases.get(database)?.charts.set(chart, { chart, state, tags });
    } else if (record.type === 'node') {
      const standing = this.#databases.get(record.database);
      standing?.nodes.set(record.node, record);
      if (standing && record.writable) standing.everWritable = true;
    }
  }

  result(): readonly FinalStateResult[] {
    return [...this.#databases].map(([database, { charts, nodes, everWritable }]) => {
      const any = (test: (node: NodeRecord) => boolean) => (nodes.size === 0 ? null : [...nodes.values()].some(test));
      const [writable, readable] = [any((node) => node.writable), any((node) => node.readable)];
      return { database, charts: [...charts.values()], writable, readable, everWritable };
    });
  }
}

/**
 * The trace: what a run leaves behind, and all that it leaves behind.
 *
 * Metrics, verdicts, reports and the dashboard are pure functions of these records. They are plain JSON
 * values in a total order; `atUs` is simulated time in whole microseconds since the run began and never
 * goes back. No record holds anything of the host: no clock reading, no path, no identity.
 */

import type { ConnectRecord, DisconnectRecord, OpRecord, ResolveRecord } from './clients.ts';
import type {
  CommandRecord,
  DnsRecord,
  FactRecord,
  OperatorRecord,
  ServiceEventRecord,
  StateRecord,
} from './control-plane.ts';
import type { ConflictRecord, NodeRecord, ReplicationRecord, SampleRecord, TimelineRecord } from './data-plane.ts';
import type { HeaderRecord } from './header.ts';
import type { ObservationRecord } from './observations.ts';

/** An injected cause began or ended. `index` is its place in the scenario's list of faults. */
export interface FaultRecord {
  readonly type: 'fault';
  readonly atUs: number;
  readonly edge: 'started' | 'healed';
  readonly index: number;
  readonly cause: string;
  /** The target as the scenario names it, e.g. `orders.primary`. */
  readonly target: string;
  /** What that name stood for at this instant, e.g. `["orders-1"]`. */
  readonly resolved: readonly string[];
  /** `false` when the fault had nothing to act on (for example a reader to fail where none is left). */
  readonly effective: boolean;
  readonly note?: string;
}

/** Last record of a run. */
export interface EndRecord {
  readonly type: 'end';
  readonly atUs: number;
}

export type TraceRecord =
  | HeaderRecord
  | FaultRecord
  | NodeRecord
  | FactRecord
  | CommandRecord
  | StateRecord
  | ServiceEventRecord
  | DnsRecord
  | ResolveRecord
  | ConnectRecord
  | DisconnectRecord
  | OpRecord
  | TimelineRecord
  | ReplicationRecord
  | SampleRecord
  | OperatorRecord
  | ConflictRecord
  | EndRecord
  | ObservationRecord;

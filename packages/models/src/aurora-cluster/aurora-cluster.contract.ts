import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { AuroraClusterTiming } from './aurora-cluster.timings.ts';

export interface AuroraInstance {
  readonly id: string;
  readonly az: string;
  /** Promotion tier from 0 (first) to 15. */
  readonly tier: number;
  /** Rank of the instance class: the larger of two in one tier is promoted. */
  readonly size: number;
}

export interface CustomEndpoint {
  readonly id: string;
  readonly members: readonly string[];
  /** `reader`: leaves out the member that is the writer. `any`: a list that no promotion changes. */
  readonly type: 'reader' | 'any';
}

/** Plain JSON from the layout. */
export interface AuroraClusterInput {
  readonly writer: string;
  readonly instances: readonly AuroraInstance[];
  readonly customEndpoints: readonly CustomEndpoint[];
  /** AZs that hold the volume: an instance can be created in any of them. */
  readonly azs: readonly string[];
  /** Versions before Aurora PostgreSQL 12.14, 13.10, 14.7, 15.2 and Aurora MySQL 2.10 restart every reader with the writer. */
  readonly readersSurvive: boolean;
}

/** What makes an instance of no use although its process may run. */
export type Ailment = 'unreachable' | 'storage' | 'unresponsive';

/** What the control plane believes of one instance. */
export interface InstanceView {
  readonly ailments: readonly Ailment[];
  readonly running: boolean;
  /** Another instance opened the volume: what runs here is of no use, whatever is heard of it, until it is started again. */
  readonly fenced: boolean;
}

export interface AuroraClusterContext extends AuroraClusterInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<AuroraClusterTiming>;
  readonly views: Readonly<Record<string, InstanceView>>;
  /** The reader that a failover asks for by name. */
  readonly wanted: string | null;
  /** The reader that is being promoted. */
  readonly heir: string | null;
  /** Failed attempts of the present failover. */
  readonly attempts: number;
  /** What the cluster endpoint and the reader endpoint answer. */
  readonly endpointWriter: string;
  readonly endpointReaders: readonly string[];
}

type Observation =
  | 'UNREACHABLE'
  | 'REACHABLE'
  | 'CRASHED'
  | 'STARTED'
  | 'STORAGE_FAILED'
  | 'STORAGE_REPAIRED'
  | 'UNRESPONSIVE'
  | 'RESPONSIVE';

/** What the chart tells itself later: there may be many readers and segments, each with its own time. */
type Reminder =
  | { readonly type: 'READER_RESTART_DUE' | 'READER_REPLACEMENT_DUE'; readonly node: string }
  | { readonly type: 'READER_LIST_DUE' }
  | { readonly type: 'SEGMENT_REPAIR_DUE'; readonly segment: string };

export interface AuroraClusterFact extends Fact {
  readonly type:
    | `${'WRITER' | 'READER'}_${Observation}`
    | 'FAILOVER_REQUESTED'
    | 'REBOOT_REQUESTED'
    | 'VOLUME_FENCED'
    | 'VOLUME_RECOVERED'
    | 'SEGMENT_LOST'
    | 'SEGMENT_RETURNED'
    | 'ENDPOINT_REPOINTED'
    | 'OPERATOR_DONE'
    | Reminder['type'];
  /** With `…_REACHABLE`: whether the process is up as well. */
  readonly running?: boolean;
  /** With SEGMENT_… */
  readonly segment?: string;
  /** With ENDPOINT_REPOINTED. */
  readonly endpoint?: string;
  readonly nodes?: readonly string[];
}

/** `writable`, `readable`, `redundant` and `waiting-for-person` are for outsiders; `failing-over` is the cluster's status as the API shows it; `phase:…` names the part of an outage. */
export type AuroraClusterTag =
  | 'writable'
  | 'readable'
  | 'redundant'
  | 'failing-over'
  | 'waiting-for-person'
  | `phase:${'detection' | 'promotion' | 'recovery' | 'endpoint-change'}`;

export interface AuroraClusterTypes {
  context: AuroraClusterContext;
  events: AuroraClusterFact;
  emitted: Command;
  input: AuroraClusterInput;
  tags: AuroraClusterTag;
}

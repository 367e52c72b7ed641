import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { MultiAzClusterTiming } from './multi-az-cluster.timings.ts';

/** Engines that the service offers for this deployment. They differ in who has to catch up before a promotion. */
export type MultiAzClusterEngine = 'postgres' | 'mysql';

/** Plain JSON from the layout. */
export interface MultiAzClusterInput {
  readonly engine: MultiAzClusterEngine;
  readonly writer: string;
  readonly readers: readonly [string, string];
}

/** What makes a node of no use although its process may run. */
export type Ailment = 'unreachable' | 'storage' | 'unresponsive';

/** What the control plane believes of one node. */
export interface NodeView {
  readonly ailments: readonly Ailment[];
  readonly running: boolean;
  /** It was told to take no writes: what runs here is of no use, whatever is heard of it, until it is started again. */
  readonly fenced: boolean;
  /** A reader: receives the log, so that it can acknowledge commits. */
  readonly fed: boolean;
  /**
   * A reader: it missed no commit as far as is known, so that it may be promoted. Positions are compared before it is:
   * it may be behind on a connection that works, and lack what the other reader had acknowledged.
   */
  readonly complete: boolean;
  /** A reader: among the answers of the reader endpoint. */
  readonly listed: boolean;
  /** It has a new host, whose storage is empty. */
  readonly empty: boolean;
}

export interface MultiAzClusterContext extends MultiAzClusterInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<MultiAzClusterTiming>;
  readonly views: Readonly<Record<string, NodeView>>;
  /** The reader that is being promoted. */
  readonly heir: string | null;
  /** Readers that have to apply what they received before the promotion. */
  readonly applying: readonly string[];
  /** While nobody may be promoted: readers that were asked, and did not hold all that was acknowledged. */
  readonly lacking: readonly string[];
}

/** Place of a reader in `readers`: nodes change their places in a failover, the places stay. */
export type Slot = 0 | 1;

/** Parameter of what the chart names for both places. */
export interface InSlot {
  readonly slot: Slot;
}

type Observation =
  | 'UNREACHABLE'
  | 'REACHABLE'
  | 'CRASHED'
  | 'STARTED'
  | 'STORAGE_FAILED'
  | 'STORAGE_REPAIRED'
  | 'UNRESPONSIVE'
  | 'RESPONSIVE'
  | 'DISCONNECTED'
  | 'CONNECTED'
  | 'IN_SYNC';

export interface MultiAzClusterFact extends Fact {
  readonly type:
    | `${'WRITER' | 'READER'}_${Observation}`
    | 'FAILOVER_REQUESTED'
    | 'REBOOT_REQUESTED'
    | 'DELETE_REQUESTED'
    | 'POSITIONS_COMPARED'
    | 'CAUGHT_UP'
    | 'ENDPOINT_REPOINTED'
    | 'OPERATOR_DONE';
  /** With `…_REACHABLE`: whether the process is up as well. */
  readonly running?: boolean;
  /** With POSITIONS_COMPARED. */
  readonly newest?: string | null;
  readonly leastBehind?: string | null;
  readonly lacking?: readonly string[];
  /** With ENDPOINT_REPOINTED. */
  readonly endpoint?: string;
}

/** `writable`, `readable`, `redundant` and `waiting-for-person` are for outsiders; `phase:…` names the part of an outage. */
export type MultiAzClusterTag =
  | 'writable'
  | 'readable'
  | 'redundant'
  | 'waiting-for-person'
  | 'deleted'
  | `phase:${'detection' | 'decision' | 'promotion' | 'recovery' | 'endpoint-change'}`;

export interface MultiAzClusterTypes {
  context: MultiAzClusterContext;
  events: MultiAzClusterFact;
  emitted: Command;
  input: MultiAzClusterInput;
  tags: MultiAzClusterTag;
}

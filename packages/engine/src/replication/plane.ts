import type { Agenda, RandomStreams, Sampler } from '@faultline/clock';
import type { Network } from '../network/network.ts';
import type { Exchange, Reply } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import type { Recorder } from '../recorder.ts';
import type { TransactionRequest } from '../transactions/running-transaction.ts';
import type { Commit, Look } from './commit.ts';
import type { Feed } from './stream.ts';
import type { Timeline } from './timeline.ts';
import type { PlaneTruth } from './truth.ts';

/** What a data plane stands in: the world around one database. */
export interface PlaneContext {
  readonly database: string;
  readonly agenda: Agenda;
  readonly streams: RandomStreams;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly nodes: ReadonlyMap<string, Node>;
  /** Tells the charts something about a node, named after its role. */
  tellOf(node: string, observation: string): void;
  /** Changes the world: all who depend on it look again. */
  change(mutate: () => void): void;
  /** Whether somebody will ask for the truth about data. */
  readonly observed: boolean;
  /** Draws one of the kind's timings. */
  timing(name: string): Sampler;
  tell(fact: string, detail?: Readonly<Record<string, unknown>>): void;
}

/** A write that has arrived at its node. */
export interface CommitRequest {
  readonly node: Node;
  readonly key: number;
  readonly op: number;
  /** Time the server itself takes, in microseconds. */
  readonly serviceUs: number;
}

/** A read that has arrived at its node. */
export interface LookRequest extends Omit<CommitRequest, 'op'> {
  readonly consistency: 'strong' | 'eventual';
}

export interface WriteRequest extends CommitRequest {
  readonly exchange: Exchange;
}

export interface ReadRequest extends LookRequest {
  readonly exchange: Exchange;
}

/** What a newly built or a recovering node has to do before it can serve. */
export interface Sample {
  readonly lagUs: number;
  readonly lagEntries: number;
  readonly atRiskEntries: number;
  readonly atRiskUs: number;
}

/** Says at once how a write or a read ends. */
export interface Foresight {
  /**
   * As `write` of the plane, for a client that asks how its write will end instead of being called back: the same is drawn
   * from the same streams, and the log is the same after it. Null where no end is in sight: then nothing was done or drawn,
   * and `write` has to be called. The instant holds as long as nothing changes in the world; before anything does, `register`
   * has to be called if the answer has not left by then. The result is good until the next call.
   */
  commit(request: CommitRequest): Commit | null;
  /**
   * The world is about to change, and the answer to a write that `commit` made has not left: from now on `exchange`, which
   * stands for the request at its node, is called back as if `write` had made it. It is not told the answer that is in
   * sight now: whoever asked for the commit knows it, and has drawn its way back.
   */
  register(commit: Commit, exchange: Exchange): void;
  /** As `read`, for a client that does not want to be called back. The result is good until the next call. */
  look(request: LookRequest): Look;
}

/** Where a database keeps its data and how copies follow: one class for each replication rule. */
export interface DataPlane {
  /** Takes a write at its node and answers the exchange when, and if, the durability rule is met. */
  write(request: WriteRequest): void;
  read(request: ReadRequest): void;
  /** How statements of clients end, for those who ask that instead of being called back; null where nobody can say. */
  readonly foresight: Foresight | null;
  /** Runs a transaction of several steps; absent where there are none. */
  transact?(request: TransactionRequest): void;
  /** The process of a node ended. Called before the world is told. */
  nodeStopped(node: Node): void;
  /** Something is about to change: fix what was under way under the old conditions. */
  settle(): void;
  /** Something in the world changed: nodes, hosts, paths, storage. */
  refresh(): void;
  /** Whether the copies tell this fenced node, as soon as it sends something, that it is the writer no longer. */
  refuses(node: Node): boolean;
  /** Time that crash recovery of this node takes now, in microseconds. */
  recoveryUs(node: Node): number;
  /** Positions of a node against the writer; null when it holds no copy of its own. */
  sample(node: Node): Sample | null;
  /** For those who watch a run: what copies really hold. Looking changes nothing. */
  truth(): PlaneTruth;
  /** Carries out a command that concerns data. */
  execute(command: PlaneCommand): void;
  /** Whether the writer has a working connection to this node's copy; null when it is not supposed to have one. */
  connected(node: string): boolean | null;
  /** For followers: what they can subscribe to, and where it is. Null when there is nothing. */
  feed(): { readonly feed: Feed; readonly node: Node } | null;
  /** The writer that the data here comes from, in this database or in one that it follows; null where every node writes. */
  originWriter(): Node | null;
  readonly timeline: Timeline | null;
  /** Calls back whenever `feed()` becomes another one. */
  onFeedChanged(listener: () => void): void;
  /** Fault hooks. */
  stallApply(node: string): () => void;
  pauseReplication(node: string | null): () => void;
  /** Adds log that recovery will have to work through (a long transaction), in bytes. */
  addRecoveryWork(bytes: number): () => void;
  /** A storage segment fails; the returned function repairs it. */
  failSegment(id: string): () => void;
  /** A wrong write that is acknowledged and replicates like any other. */
  corrupt(key: number, op: number): void;
}

export type PlaneCommand =
  | { readonly type: 'PROMOTE_NODE'; readonly node: string; readonly role: string }
  | { readonly type: 'DETACH_COPY' | 'ATTACH_COPY' | 'REBUILD_COPY'; readonly node: string }
  | { readonly type: 'SET_ACKS'; readonly acks: number }
  | { readonly type: 'COMPARE_POSITIONS'; readonly nodes: readonly string[]; readonly complete: readonly string[] }
  | { readonly type: 'AWAIT_APPLY'; readonly nodes: readonly string[] }
  | { readonly type: 'RECOVER_VOLUME'; readonly node: string; readonly recoveryMs: number }
  | { readonly type: 'REPLACE_SEGMENT'; readonly segment: string }
  | { readonly type: 'RESTORE_BACKUP'; readonly node: string; readonly ageMs: number }
  | { readonly type: 'LOSE_VOLUME'; readonly node: string };

export type { Reply };

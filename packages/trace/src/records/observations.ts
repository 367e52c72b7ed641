/**
 * What only a run that is watched leaves behind: the physical truth of the data plane, for those who check it.
 *
 * An ordinary run has none of these records. A run that has them differs in nothing else: leave them out, and what is
 * left is the ordinary trace, to the last byte. They say what copies, segments and resolvers hold, whatever a chart
 * believes of it, so that a mistake in a chart or in the engine shows as a contradiction.
 */

/** Where one node stands in the log: what its volume (or, of a shared volume, its memory) holds. */
export interface PositionRecord {
  readonly type: 'position';
  readonly atUs: number;
  readonly database: string;
  readonly node: string;
  /** Counts the volumes that the node has had: a new one begins empty. */
  readonly volume: number;
  /** The timeline that it holds. Timelines are numbered within a database; a read replica holds one of its source. */
  readonly timelineOf: string;
  readonly timeline: number;
  /** Newest entry that it holds; for the writer, that is on its own volume (or, of a shared volume, has its quorum). */
  readonly receivedLsn: number;
  /** Newest entry that a read finds there; for the writer, that is acknowledged. */
  readonly appliedLsn: number;
  /** It writes, follows a writer, or holds what it had when it was cut off from the log. */
  readonly part: 'writes' | 'follows' | 'detached';
  /** Its host is up and its volume works. */
  readonly works: boolean;
}

/** A write was answered with success: who held it when the server sent the answer. Follows its `op` record. */
export interface AcknowledgedRecord {
  readonly type: 'acknowledged';
  readonly atUs: number;
  readonly database: string;
  readonly op: number;
  readonly key: number;
  readonly node: string;
  readonly timeline: number;
  readonly lsn: number;
  /** When the writer took it, and when its answer left. */
  readonly committedAtUs: number;
  readonly answeredAtUs: number;
  /** How often it was sent, if more than once: an attempt that was given up may have taken effect too, before or after. */
  readonly attempts?: number;
  /** Nodes, segments or members that held the entry when the answer left; null when the world changed before the client heard. */
  readonly heldBy: readonly string[] | null;
  /** Shared volume: the epoch under which the writer wrote. */
  readonly epoch?: number;
  /** Several writers: what decides between versions of an item (a timestamp, or the place in the journal). */
  readonly order?: number;
}

/** A read was answered: as of which position of which history. Follows its `op` record. */
export interface ServedRecord {
  readonly type: 'served';
  readonly atUs: number;
  readonly database: string;
  readonly op: number;
  readonly key: number;
  readonly node: string;
  readonly timeline: number;
  /** The read point: all up to it is visible to the read, and nothing after it. */
  readonly lsn: number;
  /** Number of the write that was returned; 0 when the key was never written. */
  readonly value: number;
}

export interface VolumeSegment {
  readonly segment: string;
  readonly az: string;
  readonly protectionGroup: number;
  readonly up: boolean;
  /** The newest epoch that it has heard of. */
  readonly epoch: number;
}

/** A shared volume changed: its segments, and the epochs that they know. */
export interface VolumeRecord {
  readonly type: 'volume';
  readonly atUs: number;
  readonly database: string;
  readonly epoch: number;
  readonly segments: readonly VolumeSegment[];
}

/** A resolver answered a client (not the client's own cache). */
export interface AnswerRecord {
  readonly type: 'answer';
  readonly atUs: number;
  readonly database: string;
  readonly endpoint: string;
  readonly node: string | null;
  /** For how long the answer may be used. */
  readonly ttlUs: number;
}

/** At the end of the run: what a node that takes writes holds, as `[key, number of the write, order]`. */
export interface ContentsRecord {
  readonly type: 'contents';
  readonly atUs: number;
  readonly database: string;
  readonly node: string;
  readonly items: readonly (readonly [key: number, op: number, order: number])[];
  /** It waits for writes that other nodes took, or its own are not yet everywhere. */
  readonly complete: boolean;
}

/** At the end of the run: what is still under way by itself, and which nodes would serve a client that reaches them. */
export interface PendingRecord {
  readonly type: 'pending';
  readonly atUs: number;
  readonly database: string;
  /** Timed transitions of the charts that will fire. */
  readonly timers: number;
  /** Processes that start or recover, and copies that apply or catch up. */
  readonly work: number;
  /** Persons who were called and will act. */
  readonly persons: number;
  readonly writable: readonly string[];
  readonly readable: readonly string[];
}

export type ObservationRecord =
  | PositionRecord
  | AcknowledgedRecord
  | ServedRecord
  | VolumeRecord
  | AnswerRecord
  | ContentsRecord
  | PendingRecord;

const OBSERVATIONS: ReadonlySet<string> = new Set<ObservationRecord['type']>([
  'position',
  'acknowledged',
  'served',
  'volume',
  'answer',
  'contents',
  'pending',
]);

/** Whether a record exists only in runs that are watched. */
export function isObservation(record: { readonly type: string }): record is ObservationRecord {
  return OBSERVATIONS.has(record.type);
}

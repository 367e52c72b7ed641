import { FAULTS_MAX } from '../protocol/limits.ts';

/** What a server takes on. Everything beyond is refused with the number that was exceeded. */
export interface ServerLimits {
  readonly sessions: number;
  readonly connections: number;
  /** Operations and samples that one scenario may be expected to make. */
  readonly recordsPerRun: number;
  /** The same for all sessions together: what they keep in memory, about 40 bytes a record. */
  readonly recordsInAll: number;
  /** Memory that one run may keep. */
  readonly bytesPerRun: number;
  /** Finished runs that nobody watches, so that whoever asks for them again need not wait: so many, and their memory. */
  readonly keptRuns: number;
  readonly keptBytes: number;
  /** Of that, what may be simulated before anybody asks for it; 0 for nothing. */
  readonly preparedBytes: number;
  readonly faults: number;
  /** Messages of one page: so many a second, and so many at once. Changes of the scenario count tenfold. */
  readonly messagesPerSecond: number;
  readonly messagesAtOnce: number;
  /** A session without a page ends after this. */
  readonly detachedMs: number;
  /** A session with a page that nobody touches ends after this. */
  readonly idleMs: number;
  /** A connection has to say hello within this. */
  readonly helloMs: number;
}

export const defaultLimits: ServerLimits = {
  sessions: 32,
  connections: 64,
  recordsPerRun: 2_000_000,
  recordsInAll: 8_000_000,
  bytesPerRun: 128 * 1024 * 1024,
  keptRuns: 200,
  keptBytes: 128 * 1024 * 1024,
  preparedBytes: 48 * 1024 * 1024,
  faults: FAULTS_MAX,
  messagesPerSecond: 60,
  messagesAtOnce: 120,
  detachedMs: 5 * 60_000,
  idleMs: 60 * 60_000,
  helloMs: 10_000,
};

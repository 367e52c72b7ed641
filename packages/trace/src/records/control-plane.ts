import type { Phase } from './vocabulary.ts';

/** The control plane learned something; `ignored` facts changed nothing in the chart. */
export interface FactRecord {
  readonly type: 'fact';
  readonly atUs: number;
  readonly database: string;
  readonly fact: string;
  readonly node?: string;
  readonly outcome: 'accepted' | 'ignored';
  /** Durations drawn for this fact, in microseconds by name of the timing (absent on ignored facts). */
  readonly drawnUs?: Readonly<Record<string, number>>;
}

/** The control plane ordered something; the engine carries it out. */
export interface CommandRecord {
  readonly type: 'command';
  readonly atUs: number;
  readonly database: string;
  readonly command: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The chart is in another state. `tags` is what outsiders may rely on; `state` is for display only. */
export interface StateRecord {
  readonly type: 'state';
  readonly atUs: number;
  readonly database: string;
  /** A database has one chart, or one for each Region. */
  readonly chart: string;
  readonly state: string;
  readonly tags: readonly string[];
  /** Phase of the recovery that this state belongs to, if any. */
  readonly phase?: Phase;
}

/** A service event as the customer would see it in the console, e.g. RDS-EVENT-0013. */
export interface ServiceEventRecord {
  readonly type: 'event';
  readonly atUs: number;
  readonly database: string;
  readonly source: string;
  readonly id: string;
  readonly category: string;
  readonly message: string;
}

/** The authoritative answer for an endpoint changed; servers disagree until `propagatedAtUs`. */
export interface DnsRecord {
  readonly type: 'dns';
  readonly atUs: number;
  readonly database: string;
  readonly endpoint: string;
  /** Empty when the record is lost: look-ups get no answer. */
  readonly nodes: readonly string[];
  readonly ttlUs: number;
  readonly propagatedAtUs: number;
}

/** A person acts: called (somebody has to), done, or dismissed before that because the trouble was over. */
export interface OperatorRecord {
  readonly type: 'operator';
  readonly atUs: number;
  readonly database: string;
  readonly edge: 'called' | 'done' | 'dismissed';
  readonly step: string;
  readonly who: string;
}

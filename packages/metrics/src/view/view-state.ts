import type { HeaderRecord, LogPosition, NodeStatus, Phase, ReplicationState } from '@faultline/trace';
import type { EventLogEntry } from '../event-log.ts';
import type { SeriesState } from './series-state.ts';

/**
 * Everything that a picture of a run at one instant needs, as plain JSON. Its size is bounded by the scenario
 * (nodes, endpoints, cohorts) and by fixed numbers of clients, bins and log entries, never by the length of the trace.
 */
export interface ViewState {
  readonly header: HeaderRecord | null;
  readonly nowUs: number;
  readonly records: number;
  readonly ended: boolean;
  readonly nodes: readonly NodeView[];
  readonly streams: readonly StreamView[];
  readonly segments: readonly SegmentView[];
  readonly endpoints: readonly EndpointView[];
  readonly charts: readonly ChartView[];
  readonly cohorts: readonly CohortView[];
  readonly faults: readonly FaultView[];
  readonly operatorSteps: readonly OperatorStepView[];
  readonly log: { readonly entries: readonly EventLogEntry[]; readonly omitted: number };
  readonly series: SeriesState;
}

export interface NodeView {
  readonly database: string;
  readonly node: string;
  readonly az: string;
  readonly region: string;
  readonly role: string;
  readonly status: NodeStatus;
  /** Since when it has this status and role. */
  readonly sinceUs: number;
  readonly writable: boolean;
  readonly readable: boolean;
  readonly fenced: boolean;
  /** The newest write known to have been appended here. */
  readonly position: LogPosition | null;
  /** Of the newest sample; null before the first. */
  readonly lag: LagView | null;
  /** What the control plane learned last of whether it answers, even if that changed nothing. */
  readonly lastFact: FactView | null;
  /** What clients learned of it last. */
  readonly clients: { readonly answeredAtUs: number | null; readonly failedAtUs: number | null };
}

export interface LagView {
  readonly atUs: number;
  readonly lagUs: number;
  readonly lagEntries: number;
  readonly atRiskEntries: number;
  readonly atRiskUs: number;
}

export interface FactView {
  readonly fact: string;
  readonly atUs: number;
  readonly accepted: boolean;
}

export interface StreamView {
  readonly database: string;
  readonly from: string;
  readonly to: string;
  /** `initial`: as the scenario set it up, nothing recorded since. */
  readonly state: ReplicationState | 'initial';
  readonly sinceUs: number;
}

/** A storage segment that a fault hit. All others work. */
export interface SegmentView {
  readonly database: string;
  readonly segment: string;
  readonly state: 'lost' | 'replacing';
  readonly sinceUs: number;
}

export interface EndpointView {
  readonly database: string;
  readonly endpoint: string;
  /** The authoritative answer; empty when the name does not resolve. */
  readonly nodes: readonly string[];
  readonly previousNodes: readonly string[];
  readonly ttlUs: number;
  readonly changedAtUs: number;
  /** Until then some servers still give the previous answer. */
  readonly propagatedAtUs: number;
}

export interface ChartView {
  readonly database: string;
  readonly chart: string;
  readonly state: string;
  readonly tags: readonly string[];
  readonly phase: Phase | null;
  readonly sinceUs: number;
}

/** What one client's DNS cache holds. */
export interface AnswerView {
  readonly client: number;
  readonly endpoint: string;
  /** Null when the name did not resolve. */
  readonly node: string | null;
  readonly atUs: number;
  /** Null: never. An answer stays in use after this only until the client asks again. */
  readonly expiresAtUs: number | null;
}

/** Connections of a cohort to one node, as its pools count them. */
export interface ConnectionsView {
  readonly node: string;
  readonly open: number;
  /** Of the open ones, those to a process that is gone; their clients have not noticed yet. */
  readonly broken: number;
}

export interface CohortView {
  readonly cohort: string;
  readonly database: string;
  readonly from: string;
  readonly clients: number;
  /** False for clients without a pool: each of their operations has a connection of its own, which nobody counts. */
  readonly pooled: boolean;
  /** Of the first `ANSWERS_MAX` clients. */
  readonly answers: readonly AnswerView[];
  readonly connections: readonly ConnectionsView[];
  readonly ok: number;
  readonly failed: number;
  readonly indeterminate: number;
  readonly lastOkUs: number | null;
  readonly lastWrongUs: number | null;
  readonly lastError: string | null;
}

export interface FaultView {
  readonly index: number;
  readonly cause: string;
  readonly target: string;
  readonly resolved: readonly string[];
  readonly startedAtUs: number;
}

export interface OperatorStepView {
  readonly database: string;
  readonly step: string;
  readonly who: string;
  readonly calledAtUs: number;
}

/** Answers are kept of so many clients of a cohort, one each. */
export const ANSWERS_MAX = 500;

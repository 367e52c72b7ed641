import type { Actor, Grade, Phase } from './vocabulary.ts';

export interface HeaderNode {
  readonly node: string;
  readonly az: string;
  readonly region: string;
  readonly role: string;
}

export interface HeaderTiming {
  readonly timing: string;
  /** The distribution as a person would write it, e.g. `lognormal(median 12s, p95 30s)`. */
  readonly distribution: string;
  readonly grade: Grade | 'scenario';
  readonly source: string;
}

export interface HeaderDatabase {
  readonly database: string;
  readonly model: string;
  readonly title: string;
  readonly engine: string;
  readonly nodes: readonly HeaderNode[];
  readonly endpoints: readonly string[];
  readonly timings: readonly HeaderTiming[];
  readonly acts: Readonly<Partial<Record<Phase, Actor>>>;
}

export interface HeaderCohort {
  readonly cohort: string;
  readonly database: string;
  readonly from: string;
  readonly clients: number;
}

/** First record of every trace: what was run, with every default that applied. */
export interface HeaderRecord {
  readonly type: 'header';
  readonly atUs: 0;
  readonly format: 'faultline-trace/1';
  readonly scenario: string;
  readonly summary: string;
  readonly seed: string;
  readonly horizonUs: number;
  readonly databases: readonly HeaderDatabase[];
  readonly cohorts: readonly HeaderCohort[];
  /** The whole scenario after defaults, as plain JSON. */
  readonly resolved: unknown;
}

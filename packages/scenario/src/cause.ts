import type { Citation } from '@faultline/models';
import type { TargetSpec } from './scenario.ts';

/** What a cause acts on. */
export type TargetKind = TargetSpec['on'];

/** What a cause takes beside its target. A factor and a probability are numbers, a size is written with its unit. */
export type CauseOption = { readonly meaning: string } & (
  | { readonly type: 'boolean'; readonly default: boolean }
  /** How many times as long; from 1. */
  | { readonly type: 'factor'; readonly default: number }
  /** Above 0, at most 1. */
  | { readonly type: 'probability'; readonly default: number }
  | { readonly type: 'bytes'; readonly default: number }
);

/** One sort of fault that a scenario may inject. */
export interface Cause {
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  /** What it may act on; where a name could be several things, the first of these. */
  readonly targets: readonly TargetKind[];
  readonly options: Readonly<Record<string, CauseOption>>;
  /** Whether `for` (or `until`) may end it. A cause that does not last is over in an instant; its effects are not. */
  readonly lasts: boolean;
  /** Where its meaning comes from; null where it is plain physics. */
  readonly source: Citation | null;
}

const REQUEST = 'request-';

/** The cause of something that is asked for, e.g. `request-failover`; the kind says which requests there are. */
export function requestCause(request: string): string {
  return REQUEST + request;
}

/** The request of such a cause, or null for a cause of the catalogue. */
export function requestOf(cause: string): string | null {
  return cause.startsWith(REQUEST) ? cause.slice(REQUEST.length) : null;
}

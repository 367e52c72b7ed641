import type { NodeView } from './view-state.ts';

/** Facts by which the control plane learns that a node does not answer, or answers again. */
const DOWN = /_(?:UNREACHABLE|CRASHED|UNRESPONSIVE)$/;
const UP = /_(?:REACHABLE|STARTED|RESPONSIVE)$/;

/** Whether a fact says that a node answers its checks, or that it does not; others are about its data. */
export function tellsWhetherItAnswers(fact: string): boolean {
  return DOWN.test(fact) || UP.test(fact);
}

/** Clients that last heard of a node longer ago than this do not know how it is. */
const RECENT_US = 15_000_000;

/** What the control plane and the clients believe of one node, each from where it stands. */
export interface NodeBeliefs {
  readonly observer: 'up' | 'down';
  readonly clients: 'up' | 'down' | 'unknown';
  /** Both know, and they do not agree: a gray failure, or one that was not noticed yet. */
  readonly differ: boolean;
}

export function beliefsAbout({ lastFact, clients, status }: NodeView, nowUs: number): NodeBeliefs {
  const observer = lastFact !== null && DOWN.test(lastFact.fact) ? 'down' : 'up';
  const answeredUs = clients.answeredAtUs ?? -RECENT_US;
  const failedUs = clients.failedAtUs ?? -RECENT_US;
  const newestUs = Math.max(answeredUs, failedUs);
  const found = newestUs + RECENT_US < nowUs || newestUs < 0 ? 'unknown' : failedUs > answeredUs ? 'down' : 'up';
  return { observer, clients: found, differ: status !== 'absent' && found !== 'unknown' && found !== observer };
}

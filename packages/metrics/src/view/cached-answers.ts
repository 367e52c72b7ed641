import type { CohortView, ViewState } from './view-state.ts';

/** How many clients of a cohort would go to one node, by what their DNS caches hold. */
export interface AnswerGroup {
  /** Null for clients whose name did not resolve. */
  readonly node: string | null;
  readonly clients: number;
  /** Of those, the ones whose endpoint by now names other nodes. */
  readonly outdated: number;
  /** When the last of those caches asks again; null when one never does, or none is open. */
  readonly lastExpiryUs: number | null;
}

/** Which nodes the clients of a cohort believe in, most of them first. */
export function cachedAnswers(view: ViewState, cohort: CohortView): readonly AnswerGroup[] {
  const groups = new Map<string | null, { clients: number; outdated: number; lastExpiryUs: number | null }>();
  for (const { endpoint, node, expiresAtUs } of cohort.answers) {
    const group = groups.get(node) ?? { clients: 0, outdated: 0, lastExpiryUs: 0 };
    group.clients++;
    if (isOutdated(view, cohort.database, endpoint, node)) group.outdated++;
    if (group.lastExpiryUs !== null)
      group.lastExpiryUs = expiresAtUs === null ? null : Math.max(group.lastExpiryUs, expiresAtUs);
    groups.set(node, group);
  }
  return [...groups].map(([node, group]) => ({ node, ...group })).sort((a, b) => b.clients - a.clients);
}

/** Whether an endpoint names other nodes now than an answer that a client got from it. */
export function isOutdated(view: ViewState, database: string, endpoint: string, node: string | null): boolean {
  const named = view.endpoints.filter((known) => known.endpoint === endpoint);
  const known = named.find((candidate) => candidate.database === database) ?? named[0];
  if (known === undefined) return false;
  return node === null ? known.nodes.length > 0 : !known.nodes.includes(node);
}

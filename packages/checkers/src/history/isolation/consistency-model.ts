import { withImplied } from './anomaly.ts';

interface ConsistencyModel {
  /** Weaker models: whatever obeys this one obeys them. */
  readonly implies: readonly string[];
  /** Anomalies that it rules out, besides those that the weaker ones do. */
  readonly forbids: readonly string[];
}

const model = (implies: readonly string[], forbids: readonly string[] = []): ConsistencyModel => ({ implies, forbids });

/**
 * Consistency models of transactions, weaker ones first. Sources: Adya, "Weak Consistency" (1999) for the isolation
 * levels; Bailis et al., "Highly Available Transactions" (2013); Cerone, Bernardi and Gotsman (2015) for read atomic,
 * causal, prefix and parallel snapshot isolation; Cerone and Gotsman, "Analysing Snapshot Isolation" (2016) for what
 * cycles snapshot isolation and its parallel form rule out; Daudjee and Salem (2004, 2006) for strong sessions; Terry
 * et al. (1994) for session guarantees. The order between them is that of jepsen.io/consistency.
 */
const MODELS: ReadonlyMap<string, ConsistencyModel> = new Map([
  ['read-uncommitted', model([], ['G0', 'duplicate-elements', 'garbage-read'])],
  ['read-committed', model(['read-uncommitted'], ['G1a', 'G1b', 'G1c', 'cyclic-versions'])],
  ['monotonic-view', model(['read-committed'])],
  ['monotonic-snapshot-read', model(['read-committed'])],
  ['monotonic-atomic-view', model(['read-committed'])],
  ['cursor-stability', model(['read-committed'], ['lost-update'])],
  ['consistent-view', model(['cursor-stability', 'monotonic-view'], ['G-single'])],
  ['forward-consistent-view', model(['consistent-view'])],
  ['repeatable-read', model(['cursor-stability', 'monotonic-atomic-view'], ['G2-item'])],
  ['read-atomic', model(['monotonic-atomic-view'], ['internal', 'future-read'])],
  ['causal-cerone', model(['read-atomic'])],
  ['update-atomic', model(['read-atomic'], ['lost-update'])],
  ['parallel-snapshot-isolation', model(['causal-cerone', 'update-atomic'], ['G-single'])],
  ['prefix', model(['causal-cerone'])],
  [
    'snapshot-isolation',
    model(
      ['forward-consistent-view', 'monotonic-snapshot-read', 'parallel-snapshot-isolation', 'prefix'],
      ['G-nonadjacent'],
    ),
  ],
  ['update-serializable', model(['forward-consistent-view'])],
  ['serializable', model(['repeatable-read', 'snapshot-isolation', 'update-serializable'])],
  ['monotonic-reads', model([], ['non-monotonic-reads'])],
  ['monotonic-writes', model([], ['non-monotonic-writes'])],
  ['read-your-writes', model([], ['not-read-your-writes'])],
  ['writes-follow-reads', model([], ['not-writes-follow-reads'])],
  ['pram', model(['monotonic-reads', 'monotonic-writes', 'read-your-writes'], ['cyclic-versions-session'])],
  [
    'causal',
    model(
      ['pram', 'writes-follow-reads', 'causal-cerone'],
      ['G1c-process', 'causality-violation', 'cyclic-versions-process'],
    ),
  ],
  // Of operations on the whole store, which here are transactions.
  ['sequential', model(['causal'], ['G2-item-process'])],
  ['linearizable', model(['sequential'], ['G2-item-realtime', 'cyclic-versions-realtime'])],
  ['strong-session-read-uncommitted', model(['read-uncommitted'], ['G0-process'])],
  ['strong-session-read-committed', model(['read-committed', 'strong-session-read-uncommitted'], ['G1c-process'])],
  ['strong-read-uncommitted', model(['strong-session-read-uncommitted'], ['G0-realtime'])],
  ['strong-read-committed', model(['strong-session-read-committed', 'strong-read-uncommitted'], ['G1c-realtime'])],
  [
    'strong-session-snapshot-isolation',
    model(
      ['snapshot-isolation', 'strong-session-read-committed', 'causal'],
      ['G-nonadjacent-process', 'cyclic-versions-process'],
    ),
  ],
  [
    'strong-snapshot-isolation',
    model(
      ['strong-session-snapshot-isolation', 'strong-read-committed'],
      ['G-nonadjacent-realtime', 'cyclic-versions-realtime'],
    ),
  ],
  [
    'strong-session-serializable',
    model(['serializable', 'strong-session-snapshot-isolation', 'sequential'], ['G2-item-process']),
  ],
  [
    'strict-serializable',
    model(['strong-session-serializable', 'strong-snapshot-isolation', 'linearizable'], ['G2-item-realtime']),
  ],
]);

/** Other names of the same models: Adya's levels, and what other tools say. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['PL-1', 'read-uncommitted'],
  ['PL-2', 'read-committed'],
  ['PL-CS', 'cursor-stability'],
  ['PL-2L', 'monotonic-view'],
  ['PL-MSR', 'monotonic-snapshot-read'],
  ['PL-2+', 'consistent-view'],
  ['PL-FCV', 'forward-consistent-view'],
  ['PL-2.99', 'repeatable-read'],
  ['PL-SI', 'snapshot-isolation'],
  ['PL-3U', 'update-serializable'],
  ['PL-3', 'serializable'],
  ['PL-SS', 'strict-serializable'],
  ['strong-session-PL-1', 'strong-session-read-uncommitted'],
  ['strong-session-PL-2', 'strong-session-read-committed'],
  ['strong-session-PL-SI', 'strong-session-snapshot-isolation'],
  ['strong-session-PL-3', 'strong-session-serializable'],
  ['strong-PL-1', 'strong-read-uncommitted'],
  ['strong-PL-2', 'strong-read-committed'],
  ['strong-PL-SI', 'strong-snapshot-isolation'],
  ['strong-PL-3', 'strict-serializable'],
  ['session-serializable', 'strong-session-serializable'],
  ['conflict-serializable', 'serializable'],
  ['strong-serializable', 'strict-serializable'],
  ['strict-1SR', 'strict-serializable'],
  ['ROLA', 'update-atomic'],
  ['PRAM', 'pram'],
]);

export const DEFAULT_CONSISTENCY_MODEL = 'strict-serializable';

/** All names under which a consistency model may be asked for, each with the model that it stands for. */
export const CONSISTENCY_MODELS: ReadonlyMap<string, string> = new Map([
  ...[...MODELS.keys()].map((name) => [name, name] as const),
  ...ALIASES,
]);

/** All anomalies that a history of this model cannot have, without those that only imply them. */
export function forbiddenBy(name: string): ReadonlySet<string> {
  const forbidden = new Set<string>();
  for (const weaker of impliedModels(name))
    for (const anomaly of MODELS.get(weaker)?.forbids ?? []) forbidden.add(anomaly);
  return forbidden;
}

/** Models that a history with these anomalies does not obey: the weakest, and all that are stronger. */
export function violatedModels(anomalies: Iterable<string>): { readonly weakest: string[]; readonly all: string[] } {
  const found = withImplied(anomalies);
  const all = [...MODELS.keys()].filter((name) => [...forbiddenBy(name)].some((anomaly) => found.has(anomaly)));
  const weakest = all.filter((name) => !all.some((other) => other !== name && impliedModels(name).has(other)));
  return { weakest, all };
}

function impliedModels(name: string): ReadonlySet<string> {
  const implied = new Set<string>();
  const add = (one: string): void => {
    if (implied.has(one)) return;
    implied.add(one);
    for (const weaker of MODELS.get(one)?.implies ?? []) add(weaker);
  };
  add(name);
  return implied;
}

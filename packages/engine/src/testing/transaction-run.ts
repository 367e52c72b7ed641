import { kinds } from '@faultline/models';
import { formatProblem, parseScenario } from '@faultline/scenario';
import type { OpRecord, TraceRecord } from '@faultline/trace';
import { simulate } from '../simulate.ts';

/** A short run of transactions on one database, with its writers beside it. */
export function transactionRun(options: {
  /** Lines under `databases:`; the one that is written to is `orders`. */
  readonly databases: string;
  readonly workload: string;
  /** Where the cohort `reports` connects to. */
  readonly reports?: string;
  readonly faults?: string;
  readonly horizon?: string;
  readonly seed?: number;
}): readonly TraceRecord[] {
  const { databases, workload, reports = 'orders', faults = 'faults: []', horizon = '10s', seed = 7 } = options;
  const text = `scenario: transactions
summary: Transactions at work.
seed: ${seed}
horizon: ${horizon}
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    ${databases}
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 20, retry: none, driver: { connectTimeout: 2s, socketTimeout: 5s } }
    reports: { connectsTo: ${reports}, from: use1-az2, count: 20, retry: none }
workload:
${workload}
${faults}
`;
  const parsed = parseScenario(text, 'transactions.yaml', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return [...simulate(parsed.scenario, kinds)];
}

/** The transactions that a run's clients asked for. */
export function transactionsOf(records: readonly TraceRecord[]): readonly OpRecord[] {
  return records.filter((record) => record.type === 'op' && record.transaction !== undefined) as OpRecord[];
}

/** How much of each list one transaction saw, by key. */
type Sight = ReadonlyMap<number, number>;

function sights(records: readonly TraceRecord[]): readonly Sight[] {
  return transactionsOf(records)
    .filter(({ outcome, action }) => outcome === 'ok' && action === 'read')
    .map(
      ({ transaction = [] }) =>
        new Map(transaction.map(([, key, list]) => [key, Array.isArray(list) ? list.length : 0])),
    );
}

/**
 * Pairs of lists of which some transaction saw more of the one and less of the other than another transaction did:
 * their snapshots lie on no common line of time. Lists only grow, so their lengths tell.
 */
export function forks(records: readonly TraceRecord[]): number {
  const seen = new Map<string, (readonly [number, number])[]>();
  for (const sight of sights(records)) {
    const keys = [...sight.keys()].sort((a, b) => a - b);
    for (const [place, left] of keys.entries())
      for (const right of keys.slice(place + 1)) {
        const name = `${left}/${right}`;
        const pair = [sight.get(left) as number, sight.get(right) as number] as const;
        seen.set(name, [...(seen.get(name) ?? []), pair]);
      }
  }
  return [...seen.values()].filter(isForked).length;
}

function isForked(pairs: readonly (readonly [number, number])[]): boolean {
  const byLeft = [...pairs].sort(([a, b], [c, d]) => a - c || b - d);
  let before = 0;
  let most = 0;
  for (const [place, [left, right]] of byLeft.entries()) {
    if (place > 0 && left !== byLeft[place - 1]?.[0]) before = most;
    if (right < before) return true;
    most = Math.max(most, right);
  }
  return false;
}

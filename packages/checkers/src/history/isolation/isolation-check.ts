import type { Verdict } from '../history.ts';
import { type Anomaly, withImplied } from './anomaly.ts';
import { forbiddenBy, violatedModels } from './consistency-model.ts';
import { cycleAnomalies, type OrderLevel, widestForbidden } from './cycle-anomalies.ts';
import type { EdgeBudget } from './cycle-search.ts';
import type { DependencyGraph } from './dependency.ts';
import { addProcessOrder, addRealtimeOrder } from './orders.ts';
import type { Transaction, WriteName } from './transaction.ts';
import type { OpenOrder } from './version-orders/open-order.ts';
import { searchVersionOrders } from './version-orders/version-orders.ts';

export interface IsolationResult {
  readonly verdict: Verdict;
  /** All that were found, those that the model forbids first. */
  readonly anomalies: readonly Anomaly[];
  /** The names of those that the model forbids. */
  readonly forbidden: readonly string[];
  /** The weakest models that the history does not obey, and all of them. */
  readonly violates: { readonly weakest: readonly string[]; readonly all: readonly string[] };
  /** What kept the checker from knowing more, in full sentences. */
  readonly doubts: readonly string[];
  /** What a reader should know although it does not change the verdict. */
  readonly notes: readonly string[];
  readonly transactions: number;
}

/** What a kind of transactions tells: a graph, what is wrong without one, and what cannot be told. */
export interface Inference {
  readonly graph: DependencyGraph;
  readonly anomalies: readonly Anomaly[];
  /** Versions whose order is known only in part. */
  readonly orders: readonly OpenOrder[];
  /** What keeps the verdict from being `valid`. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

/** How much order a model speaks of: anomalies with more need not be looked for. */
export function orderLevelOf(model: string): OrderLevel {
  const forbidden = [...forbiddenBy(model)];
  if (forbidden.some((name) => name.endsWith('-realtime'))) return 'realtime';
  const bySession = (name: string): boolean => name.endsWith('-process') || /^(?:non|not)-/.test(name);
  return forbidden.some(bySession) ? 'process' : 'data';
}

/** Adds the orders that the model speaks of, looks for cycles, and holds what was found against the model. */
export function judge(
  { graph, anomalies, orders, doubts, notes }: Inference,
  transactions: readonly Transaction[],
  model: string,
  write: WriteName,
  budget: EdgeBudget,
): IsolationResult {
  const level = orderLevelOf(model);
  const forbids = forbiddenBy(model);
  const seeksCauses = forbids.has('causality-violation') && !forbids.has('G-single') && !forbids.has('G2-item-process');
  const began = transactions.filter(({ operation }) => operation.outcome !== 'fail');
  if (level !== 'data') addProcessOrder(graph, began);
  if (level === 'realtime') addRealtimeOrder(graph, began);
  const found = [...anomalies];
  const openQuestions = [...doubts];
  const cycles = cycleAnomalies(graph, transactions, { level, seeksCauses }, write, budget);
  found.push(...cycles.anomalies);
  if (!cycles.isComplete) openQuestions.push('The search for cycles ran out of its budget.');
  const isForbidden = ({ name }: Anomaly): boolean => [...withImplied([name])].some((implied) => forbids.has(implied));
  const rule = widestForbidden(forbids);
  if (rule !== undefined && openQuestions.length === 0 && !found.some(isForbidden)) {
    const question = { graph, transactions, orders, rule, forbids, level, write };
    const { anomaly, doubt } = searchVersionOrders(question, budget);
    if (anomaly !== undefined) found.push(anomaly);
    if (doubt !== undefined) openQuestions.push(doubt);
  }
  const forbidden = found.filter(isForbidden);
  return {
    verdict: forbidden.length > 0 ? 'invalid' : openQuestions.length > 0 ? 'unknown' : 'valid',
    anomalies: [...forbidden, ...found.filter((anomaly) => !forbidden.includes(anomaly))],
    forbidden: [...new Set(forbidden.map(({ name }) => name))],
    violates: violatedModels(found.map(({ name }) => name)),
    doubts: openQuestions,
    notes,
    transactions: transactions.length,
  };
}

import type { Anomaly } from '../anomaly.ts';
import { type EdgeBudget, SearchTooLong } from '../cycle-search.ts';
import type { Transaction } from '../transaction.ts';
import type { CycleRule } from './cycle-rule.ts';
import { addIfOrdered, type OpenOrder, type OpenPair } from './open-order.ts';
import { OrderSearch } from './order-search.ts';
import { type Evidence, forbiddenCycle, Refutation } from './refutation.ts';
import { serialOrder } from './serial-order.ts';

export interface VersionOrderQuestion extends Evidence {
  readonly orders: readonly OpenOrder[];
  readonly rule: CycleRule;
}

/** What follows from versions whose order nobody saw: nothing, an anomaly whatever their order, or a doubt. */
export interface VersionOrderAnswer {
  readonly anomaly?: Anomaly;
  readonly doubt?: string;
}

/**
 * Whether the versions of each key can be put in an order without a forbidden cycle. Blind writes show no order; still
 * each two of them came in one, and a history that no choice makes right is wrong. The question is NP-complete
 * (Papadimitriou 1979); for most histories an order is found by running transactions as they ended, or excluded by
 * what follows from the rest.
 */
export function searchVersionOrders(question: VersionOrderQuestion, budget: EdgeBudget): VersionOrderAnswer {
  const { graph, transactions, rule } = question;
  const orders = question.orders.filter(({ versions }) => versions.length > 1);
  if (orders.length === 0) return {};
  if (serialOrder(graph, transactions, orders) !== undefined) return {};
  try {
    if (rule.wanted.anti !== 'any') {
      const asCompleted = graph.copy();
      for (const pair of byCompletion(orders, transactions)) addIfOrdered(asCompleted, pair, '');
      if (forbiddenCycle(asCompleted, question, budget) === undefined) return {};
    }
    const { verdict, forced, conflict } = new OrderSearch(graph.size, orders, rule, budget).run(graph, rule);
    if (verdict === 'possible') return {};
    if (verdict === 'unknown') return { doubt: NOT_DECIDED };
    return { anomaly: refute(question, forced, conflict) };
  } catch (error) {
    if (!(error instanceof SearchTooLong)) throw error;
    return { doubt: NOT_DECIDED };
  }
}

const NOT_DECIDED =
  'In which order some keys were written nobody saw, and the search for an order that fits ran out of its budget.';

const ALL_TRIED = 'Nobody saw in which order some keys were written; every order was tried, and each ends in a cycle.';

/** What the proof may cost; the verdict stands without it. */
const STEPS_OF_PROOF = 20_000_000;

function refute(question: VersionOrderQuestion, forced: readonly OpenPair[], conflict: OpenPair | undefined): Anomaly {
  const { name } = question.rule;
  const short = { name, lines: [ALL_TRIED], transactions: [] };
  if (conflict === undefined) return short;
  try {
    return new Refutation(question, forced, { left: STEPS_OF_PROOF }).of(conflict, name);
  } catch (error) {
    if (!(error instanceof SearchTooLong)) throw error;
    return short;
  }
}

/** Each key's versions one after the other, as their writers ended. */
function byCompletion(orders: readonly OpenOrder[], transactions: readonly Transaction[]): readonly OpenPair[] {
  const endOf = (writer: number): number => (transactions[writer] as Transaction).operation.completedAt;
  return orders.flatMap(({ key, versions }) => {
    const sorted = [...versions].sort((a, b) => endOf(a.writer) - endOf(b.writer) || a.writer - b.writer);
    return sorted.slice(1).flatMap((second, at) => {
      const first = sorted[at];
      return first === undefined ? [] : [{ key, first, second }];
    });
  });
}

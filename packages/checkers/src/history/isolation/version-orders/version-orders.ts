import type { Anomaly } from '../anomaly.ts';
import { type EdgeBudget, SearchTooLong } from '../cycle-search.ts';
import { BIT } from '../dependency.ts';
import type { Transaction } from '../transaction.ts';
import type { CycleRule } from './cycle-rule.ts';
import { addIfOrdered, type OpenOrder, type OpenPair, type OpenVersion } from './open-order.ts';
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
    const asWritten = READERS.map((when) => writtenBy(question, when));
    if (rule.wanted.anti !== 'any') {
      if (asWritten.some((writtenAt) => isRightAsWritten(question, orders, writtenAt, budget))) return {};
      // What has no cycle at all has none that is forbidden, and is found sooner.
      const stricter: CycleRule = { ...rule, wanted: { ...rule.wanted, anti: 'any' } };
      if (new OrderSearch(graph.size, orders, stricter, partOf(budget)).isGuessed(graph, stricter, asWritten))
        return {};
    }
    const search = new OrderSearch(graph.size, orders, rule, budget);
    const { verdict, forced, conflict } = search.run(graph, rule, asWritten);
    if (verdict === 'possible') return {};
    if (verdict === 'unknown') return { doubt: NOT_DECIDED };
    return { anomaly: refute(question, forced, conflict) };
  } catch (error) {
    if (!(error instanceof SearchTooLong)) throw error;
    return { doubt: NOT_DECIDED };
  }
}

/** A try must leave enough for the search. */
const partOf = ({ left }: EdgeBudget): EdgeBudget => ({ left: left / 2 });

/** By when a version had been written that somebody read. */
const READERS = ['completedAt', 'invokedAt'] as const;

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

/**
 * Whether there is no forbidden cycle if each key's versions came one after the other as their writers ended. A writer
 * that was read had written by then, whenever it ended, if it did: by the time its reader ended, or began.
 */
function isRightAsWritten(
  question: VersionOrderQuestion,
  orders: readonly OpenOrder[],
  writtenAt: Float64Array,
  budget: EdgeBudget,
): boolean {
  const supposed = question.graph.copy();
  for (const pair of inOrderOf(orders, writtenAt)) addIfOrdered(supposed, pair, '');
  return forbiddenCycle(supposed, question, budget) === undefined;
}

/** By transaction, when it had written at the latest. */
function writtenBy({ graph, transactions }: VersionOrderQuestion, readerWhen: (typeof READERS)[number]): Float64Array {
  const writtenAt = Float64Array.from(transactions, ({ operation }) => operation.completedAt);
  for (let writer = 0; writer < graph.size; writer++)
    for (let edge = graph.start(writer); edge < graph.start(writer + 1); edge++) {
      if (graph.bit(edge) !== BIT.wr) continue;
      const { operation } = transactions[graph.target(edge)] as Transaction;
      writtenAt[writer] = Math.min(writtenAt[writer] as number, operation[readerWhen]);
    }
  return writtenAt;
}

function inOrderOf(orders: readonly OpenOrder[], writtenAt: Float64Array): readonly OpenPair[] {
  const at = ({ writer }: OpenVersion): number => writtenAt[writer] as number;
  return orders.flatMap(({ key, versions }) => {
    const sorted = [...versions].sort((a, b) => at(a) - at(b) || a.writer - b.writer);
    return sorted.slice(1).flatMap((second, place) => {
      const first = sorted[place];
      return first === undefined ? [] : [{ key, first, second }];
    });
  });
}

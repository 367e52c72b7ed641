import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { valueText } from '../value-text.ts';
import type { Anomaly } from './anomaly.ts';
import type { EdgeBudget } from './cycle-search.ts';
import { DependencyGraph } from './dependency.ts';
import { type IsolationResult, judge, orderLevelOf } from './isolation-check.ts';
import { listAnomalies, listTransactionAnomalies } from './list-anomalies.ts';
import { addListDependencies, transactionsThatTookEffect, unreadAppends } from './list-dependencies.ts';
import { type ListKey, listKeys } from './list-index.ts';
import { lostUpdates } from './lost-update.ts';
import { sessionAnomalies, type VersionOrder } from './session-guarantees.ts';
import { keyText, transactionsOf } from './transaction.ts';

/** No element has this text. */
const INITIAL_LIST = '';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/**
 * Whether transactions that append unique elements to lists, and read whole lists, obey a consistency model: the
 * inference of Elle (Kingsbury and Alvaro 2020). A list shows the order of all appends before it, so dependencies are
 * known wherever something was read. Throws `BadHistory` for anything but appends and reads.
 */
export function checkListAppend(operations: readonly Operation[], model: string, budget: EdgeBudget): IsolationResult {
  const transactions = transactionsOf(operations, 'append');
  const keys = listKeys(transactions);
  const graph = new DependencyGraph(transactions.length);
  const tookEffect = transactionsThatTookEffect(keys);
  for (const list of keys) addListDependencies(graph, list, tookEffect);
  const committed = transactions.filter(({ operation }) => operation.outcome === 'ok');
  const sessions = orderLevelOf(model) === 'data' ? [] : sessionAnomalies(committed, listOrder(keys), 'append');
  const ambiguous = new Set(keys.filter((list) => list.ambiguous.size > 0).map(({ key }) => key));
  const isUnique = (key: string): boolean => !ambiguous.has(key);
  const anomalies = [
    ...committed.flatMap((transaction) => listTransactionAnomalies(transaction, isUnique)),
    ...keys.flatMap(listAnomalies),
    ...lostUpdates(committed, 'append', isUnique),
    ...sessions,
  ];
  const inference = {
    graph,
    anomalies: firstOfEach(anomalies),
    orders: keys.map((list) => unreadAppends(list, tookEffect)),
    doubts: keys.flatMap(doubtsAbout),
    notes: [],
  };
  return judge(inference, transactions, model, 'append', budget);
}

/** One example of each kind is enough for a reader; the rest is the same again. */
export function firstOfEach(anomalies: readonly Anomaly[]): readonly Anomaly[] {
  const kinds = new Map<string, Anomaly>();
  for (const anomaly of anomalies) if (!kinds.has(anomaly.name)) kinds.set(anomaly.name, anomaly);
  return [...kinds.values()];
}

function doubtsAbout({ key, ambiguous }: ListKey): readonly string[] {
  const [element] = ambiguous;
  if (element === undefined) return [];
  return [
    `${shown(element)} was appended to ${keyText(key)} more than once, so whose it is cannot be told: every append needs an element of its own.`,
  ];
}

const placesOf = (elements: readonly string[]): ReadonlyMap<string, number> =>
  new Map(elements.map((element, place) => [element, place + 1]));

const longestOf = (reads: ListKey['reads']): readonly string[] | undefined =>
  reads.reduce<ListKey['reads'][number] | undefined>(
    (most, read) => (most === undefined || read.elements.length > most.elements.length ? read : most),
    undefined,
  )?.elements;

/** Where each version of each list stands: it is known by its last element. Of reads that contradict each other, the longest counts. */
function listOrder(keys: readonly ListKey[]): VersionOrder {
  const places = new Map(
    keys
      .filter(({ ambiguous }) => ambiguous.size === 0)
      .map(({ key, reads, order }) => [key, placesOf(longestOf(reads) ?? order)] as const),
  );
  const placeOf = (key: string, version: string): number => {
    if (version === INITIAL_LIST) return 0;
    // An append that nobody read comes after all that somebody read.
    return places.get(key)?.get(version) ?? Number.POSITIVE_INFINITY;
  };
  return {
    versionRead: ({ elements }) => elements.at(-1) ?? INITIAL_LIST,
    misses: ({ elements }, earlier) => {
      if (earlier.kind === 'write') return !elements.includes(earlier.text);
      // In nearly all histories the later list goes on where the earlier one ended.
      if (earlier.elements.every((element, place) => element === elements[place])) return false;
      const seen = new Set(elements);
      return earlier.elements.some((element) => !seen.has(element));
    },
    isOlder: (key, a, b) => places.has(key) && placeOf(key, a) < placeOf(key, b),
  };
}

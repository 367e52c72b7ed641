import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { valueText } from '../value-text.ts';
import { forbiddenBy } from './consistency-model.ts';
import type { EdgeBudget } from './cycle-search.ts';
import { type Basis, DependencyGraph, type Reason } from './dependency.ts';
import { type IsolationResult, judge, orderLevelOf } from './isolation-check.ts';
import { firstOfEach } from './list-append.ts';
import { lostUpdates } from './lost-update.ts';
import { cyclicVersions, registerAnomalies, registerTransactionAnomalies } from './register-anomalies.ts';
import { INITIAL, type RegisterKey, registerKeys } from './register-index.ts';
import { sessionAnomalies, type VersionOrder } from './session-guarantees.ts';
import { keyText, transactionsOf } from './transaction.ts';
import {
  type SessionGuarantee,
  type VersionGraph,
  type VersionPair,
  type VersionSources,
  versionGraph,
} from './version-graph.ts';
import type { OpenOrder, OpenVersion } from './version-orders/open-order.ts';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

export interface RegisterOptions {
  /** Whether each key by itself may be taken as linearizable, to learn the order of its versions from real time. */
  readonly linearizableKeys: boolean;
}

interface Versions {
  readonly register: RegisterKey;
  readonly graph: VersionGraph;
}

/**
 * Whether transactions that read and write registers obey a consistency model. A register does not show what was
 * there before, so the order of versions is known only in part, and some anomalies stay unseen: the inference of Elle,
 * which takes from the data what is certain. Where the model speaks of sessions, it also uses that a process sees
 * every key only move on. Throws `BadHistory` for anything but reads and writes.
 */
export function checkRwRegister(
  operations: readonly Operation[],
  model: string,
  budget: EdgeBudget,
  { linearizableKeys }: RegisterOptions,
): IsolationResult {
  const transactions = transactionsOf(operations, 'w');
  const level = orderLevelOf(model);
  const sources = versionSources(model, linearizableKeys);
  const keys = registerKeys(transactions).map((register) => ({ register, graph: versionGraph(register, sources) }));
  const graph = new DependencyGraph(transactions.length);
  for (const versions of keys) addRegisterDependencies(graph, versions);
  const committed = transactions.filter(({ operation }) => operation.outcome === 'ok');
  const ambiguous = new Map(keys.map(({ register }) => [register.key, register.ambiguous]));
  const isUnique = (key: string, value: string): boolean => ambiguous.get(key)?.has(value) !== true;
  const anomalies = [
    ...committed.flatMap((transaction) => [...registerTransactionAnomalies(transaction, isUnique)]),
    ...keys.flatMap(({ register, graph: versions }) => [
      ...registerAnomalies(register),
      ...cyclicVersions(register, versions),
    ]),
    ...lostUpdates(committed, 'w', isUnique),
    ...(level === 'data' ? [] : sessionAnomalies(committed, registerOrder(keys), 'w')),
  ];
  const doubts = keys.flatMap(({ register }) => doubtsAbout(register));
  const notes = keys.flatMap(({ register }) => notesAbout(register));
  const orders = keys.map(({ register }) => openVersions(register));
  const inference = { graph, anomalies: firstOfEach(anomalies), orders, doubts, notes };
  return judge(inference, transactions, model, 'w', budget);
}

/** What a model says of the versions of a single key: a history that obeys it has them in this order, or does not obey it. */
function versionSources(model: string, linearizableKeys: boolean): VersionSources {
  const forbids = forbiddenBy(model);
  const promised: readonly (readonly [SessionGuarantee, readonly string[]])[] = [
    ['monotonic-reads', ['non-monotonic-reads']],
    ['read-your-writes', ['not-read-your-writes']],
    ['monotonic-writes', ['non-monotonic-writes', 'G0-process']],
    ['writes-follow-reads', ['not-writes-follow-reads', 'G1c-process']],
  ];
  const sessions = promised.flatMap(([name, anomalies]) => (anomalies.some((one) => forbids.has(one)) ? name : []));
  const isLinearizable = forbids.has('cyclic-versions-realtime');
  return {
    sessions: new Set(sessions),
    byRealtime: isLinearizable || (linearizableKeys && orderLevelOf(model) === 'realtime'),
  };
}

/** The versions of a register, who left and who read them, but for the first one and those that are ambiguous. */
function openVersions({ key, writers, readers, ambiguous }: RegisterKey): OpenOrder {
  const versions = [...writers].flatMap(([value, writer]): OpenVersion[] => {
    if (value === INITIAL || ambiguous.has(value)) return [];
    return [{ value, writer: writer.id, readers: (readers.get(value) ?? []).map(({ id }) => id) }];
  });
  return { key, versions };
}

function doubtsAbout({ key, ambiguous, readers }: RegisterKey): readonly string[] {
  const value = [...ambiguous].find((one) => readers.has(one));
  if (value === undefined) return [];
  return [
    `${keyText(key)} was set to ${shown(value)} more than once, so whose it is cannot be told: every write needs a value of its own.`,
  ];
}

/** Elle takes such a value for one from before the history, and so does this checker. */
function notesAbout({ key, readers, writers, ambiguous, failed, intermediate }: RegisterKey): readonly string[] {
  const isKnown = (value: string): boolean =>
    value === INITIAL || writers.has(value) || ambiguous.has(value) || failed.has(value) || intermediate.has(value);
  const foreign = [...readers.keys()].find((value) => !isKnown(value));
  if (foreign === undefined) return [];
  return [`${keyText(key)} was read as ${shown(foreign)}, which nobody set in this history: it is taken to be older.`];
}

/** What certainly comes before what: along the pairs that rest on no process and no clock. */
function registerOrder(keys: readonly Versions[]): VersionOrder {
  const later = new Map<string, Map<string, string[]>>();
  for (const { register, graph } of keys) {
    const next = new Map<string, string[]>();
    for (const { before, after, basis } of graph.pairs)
      if (basis === 'observed' || basis === 'writes-follow-reads')
        next.set(before, [...(next.get(before) ?? []), after]);
    later.set(register.key, next);
  }
  return {
    versionRead: ({ text }) => text,
    misses: () => false,
    isOlder: (key, first, second) => first !== second && leadsTo(first, second, later.get(key) ?? new Map()),
  };
}

function leadsTo(first: string, second: string, next: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set([first]);
  for (const version of seen) for (const after of next.get(version) ?? []) seen.add(after);
  return seen.has(second);
}

function addRegisterDependencies(graph: DependencyGraph, { register, graph: versions }: Versions): void {
  const { key, writers, readers, ambiguous } = register;
  for (const [value, readersOfValue] of readers) {
    const writer = ambiguous.has(value) || value === INITIAL ? undefined : writers.get(value);
    if (writer === undefined) continue;
    const because: Reason['because'] = (_, from, to) =>
      `${to} read ${keyText(key)} as the ${shown(value)} that ${from} set`;
    for (const { id } of readersOfValue) graph.add(writer.id, id, 'wr', 'observed', { key, because });
  }
  for (const pair of versions.pairs) addBetweenVersions(graph, pair, register);
}

function addBetweenVersions(graph: DependencyGraph, pair: VersionPair, { key, writers, readers }: RegisterKey): void {
  const { before, after, basis } = pair;
  const writer = writers.get(after);
  if (writer === undefined) return;
  const reason: Reason = {
    key,
    because: ({ relation }, from, to) =>
      relation === 'ww'
        ? `${from} set ${keyText(key)} to ${shown(before)} and ${to} to ${shown(after)}${REASONS[basis]}`
        : `${from} read ${keyText(key)} as ${shown(before)}, without the ${shown(after)} that ${to} set${REASONS[basis]}`,
  };
  const overwritten = before === INITIAL ? undefined : writers.get(before);
  if (overwritten !== undefined) graph.add(overwritten.id, writer.id, 'ww', basis, reason);
  for (const { id } of readers.get(before) ?? []) graph.add(id, writer.id, 'rw', basis, reason);
}

const REASONS: Readonly<Record<Basis, string>> = {
  observed: '',
  'writes-follow-reads': ', which is later, for it was set after the other was read',
  process: ', which is later, for a process met them in this order',
  realtime: ', which is later, for in real time they were met in this order',
};

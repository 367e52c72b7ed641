import type { Basis } from './dependency.ts';
import { forEachPreceding } from './orders.ts';
import { INITIAL, type RegisterKey, type Touch } from './register-index.ts';
import { strongComponents } from './strong-components.ts';
import type { Transaction } from './transaction.ts';

/** One version directly before another, and why. */
export interface VersionPair {
  readonly before: string;
  readonly after: string;
  readonly basis: Basis;
  /** Which promise to a process it follows from, if it does from one. */
  readonly guarantee?: SessionGuarantee;
}

export type SessionGuarantee = 'monotonic-reads' | 'monotonic-writes' | 'read-your-writes' | 'writes-follow-reads';

/** From which orders versions may be put in order, besides what is certain. */
export interface VersionSources {
  /** What every process is promised about each key. */
  readonly sessions: ReadonlySet<SessionGuarantee>;
  /** Each key is linearizable by itself. */
  readonly byRealtime: boolean;
}

export interface VersionGraph {
  readonly pairs: readonly VersionPair[];
  /** Versions that come before each other, with the weakest basis that was needed. */
  readonly cyclic: VersionCycle | undefined;
}

export interface VersionCycle {
  readonly versions: readonly string[];
  readonly basis: Basis;
  readonly guarantees: ReadonlySet<SessionGuarantee>;
}

/**
 * The order of a register's versions as far as it can be told: the initial one comes first; what a transaction read
 * comes before what it then wrote; and, on demand, a process or real time met the one before the other. Values that
 * nobody is known to have written are left out, for it is not known when they came. A source whose order contradicts
 * itself or those before it is left out too, and reported.
 */
export function versionGraph(register: RegisterKey, sources: VersionSources): VersionGraph {
  const stages: (readonly VersionPair[])[] = [certainPairs(register)];
  if (sources.sessions.size > 0) stages.push(bySession(register, sources.sessions));
  if (sources.byRealtime) stages.push(pairsOf(byRealtime(register), register, 'realtime'));
  let pairs: readonly VersionPair[] = [];
  let cyclic: VersionGraph['cyclic'];
  for (const stage of stages) {
    const together = [...pairs, ...stage];
    const versions = versionCycle(together);
    if (versions === undefined) pairs = together;
    else
      cyclic ??= { versions, basis: (stage[0] as VersionPair).basis, guarantees: guaranteesAmong(versions, together) };
  }
  return { pairs: [...firstVersions(register, pairs), ...pairs], cyclic };
}

const isKnown = ({ ambiguous, writers }: RegisterKey, version: string): boolean =>
  !ambiguous.has(version) && (version === INITIAL || writers.has(version));

function certainPairs(register: RegisterKey): readonly VersionPair[] {
  const pairs: VersionPair[] = [];
  for (const { read, write } of register.touches) {
    if (read === undefined || write === undefined || read.text === INITIAL || read.text === write.text) continue;
    if (isKnown(register, read.text) && isKnown(register, write.text))
      pairs.push({ before: read.text, after: write.text, basis: 'writes-follow-reads' });
  }
  return pairs;
}

/** The initial version before all that have none before them. */
function firstVersions(register: RegisterKey, pairs: readonly VersionPair[]): readonly VersionPair[] {
  if (!isKnown(register, INITIAL)) return [];
  const certain = pairs.filter(({ basis }) => basis === 'writes-follow-reads' || basis === 'observed');
  const later = new Set(certain.map(({ after }) => after));
  return [...register.writers.keys()]
    .filter((version) => version !== INITIAL && isKnown(register, version) && !later.has(version))
    .map((after) => ({ before: INITIAL, after, basis: 'observed' as const }));
}

function guaranteesAmong(versions: readonly string[], pairs: readonly VersionPair[]): ReadonlySet<SessionGuarantee> {
  const members = new Set(versions);
  const among = pairs.filter(({ before, after }) => members.has(before) && members.has(after));
  return new Set(among.flatMap(({ guarantee }) => guarantee ?? []));
}

type TouchPair = readonly [Touch, Touch];

/** What a process had read or written last when it read or wrote the next. */
function bySession(register: RegisterKey, promised: ReadonlySet<SessionGuarantee>): readonly VersionPair[] {
  const last = new Map<number, { read?: string | undefined; written?: string | undefined }>();
  const pairs: VersionPair[] = [];
  const add = (guarantee: SessionGuarantee, before: string | undefined, after: string | undefined): void => {
    if (before === undefined || after === undefined || before === after || !promised.has(guarantee)) return;
    pairs.push({ before, after, basis: 'process', guarantee });
  };
  for (const { transaction, read, write } of register.touches) {
    const { process, outcome } = transaction.operation;
    const met = last.get(process) ?? {};
    const known = (text: string | undefined) => (text !== undefined && isKnown(register, text) ? text : undefined);
    const [found, left] = [known(read?.text), known(write?.text)];
    add('monotonic-reads', met.read, found);
    add('read-your-writes', met.written, found);
    add('monotonic-writes', met.written, left);
    add('writes-follow-reads', met.read, left);
    if (outcome === 'ok') last.set(process, { read: found ?? met.read, written: left ?? met.written });
  }
  return pairs;
}

function byRealtime({ touches }: RegisterKey): readonly TouchPair[] {
  const touchOf = new Map<Transaction, Touch>(touches.map((touch) => [touch.transaction, touch]));
  const pairs: TouchPair[] = [];
  forEachPreceding([...touchOf.keys()], (before, after) =>
    pairs.push([touchOf.get(before) as Touch, touchOf.get(after) as Touch]),
  );
  return pairs;
}

/** What the earlier of two left or saw comes before what the later found or wrote: each pair of versions once. */
function pairsOf(touches: readonly TouchPair[], register: RegisterKey, basis: Basis): readonly VersionPair[] {
  const known = new Map<string, Set<string>>();
  const pairs: VersionPair[] = [];
  for (const [earlier, later] of touches) {
    const before = (earlier.write ?? earlier.read)?.text;
    const after = (later.read ?? later.write)?.text;
    if (before === undefined || after === undefined || before === after) continue;
    if (known.get(before)?.has(after) || !isKnown(register, before) || !isKnown(register, after)) continue;
    known.set(before, (known.get(before) ?? new Set()).add(after));
    pairs.push({ before, after, basis });
  }
  return pairs;
}

function versionCycle(pairs: readonly VersionPair[]): readonly string[] | undefined {
  const versions = [...new Set(pairs.flatMap(({ before, after }) => [before, after]))];
  const numbers = new Map(versions.map((version, number) => [version, number]));
  const next = versions.map((): number[] => []);
  for (const { before, after } of pairs) next[numbers.get(before) as number]?.push(numbers.get(after) as number);
  const [first] = strongComponents(versions.length, (version, at) => next[version]?.[at]);
  return first?.map((number) => versions[number] as string);
}

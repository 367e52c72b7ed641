import type { HistoryValue } from '../history.ts';
import { valueText } from '../value-text.ts';
import type { Anomaly } from './anomaly.ts';
import { describe } from './explain-cycle.ts';
import { keyText, type Step, type Transaction, type WriteName } from './transaction.ts';

/** What is known of the order of versions. */
export interface VersionOrder {
  /** The version that a read returned. */
  versionRead(step: Step): string;
  /** Whether a read lacks something of what its process had read or written before: nothing is ever taken away. */
  misses(read: Step, earlier: Step): boolean;
  /** Whether the first certainly comes before the second. */
  isOlder(key: string, first: string, second: string): boolean;
}

/** What a process met at a key last. */
interface Met {
  readonly transaction: Transaction;
  readonly version: string;
  readonly step: Step;
}

interface Session {
  readonly read: Map<string, Met>;
  readonly written: Map<string, Met>;
}

interface Breach {
  readonly name: string;
  readonly before: Met;
  readonly after: Met;
  readonly what: string;
}

/**
 * The session guarantees of Terry et al. (1994), for each key by itself: a process reads no older version than it
 * read or wrote before, and its writes come after what it read or wrote before.
 */
export function sessionAnomalies(
  committed: readonly Transaction[],
  order: VersionOrder,
  write: WriteName,
): readonly Anomaly[] {
  const sessions = new Map<number, Session>();
  const breaches = new Map<string, Breach>();
  for (const transaction of committed) {
    const { process } = transaction.operation;
    const session = sessions.get(process) ?? { read: new Map(), written: new Map() };
    sessions.set(process, session);
    const { reads, writes } = externalSteps(transaction, order);
    for (const breach of [...readBreaches(session, reads, order), ...writeBreaches(session, writes, order)])
      if (!breaches.has(breach.name)) breaches.set(breach.name, breach);
    for (const met of reads) session.read.set(met.step.key, met);
    for (const met of writes) session.written.set(met.step.key, met);
  }
  return [...breaches.values()].map((breach) => explain(breach, write));
}

/** The first read of each key that the transaction has not written, and its last write of each. */
function externalSteps(
  transaction: Transaction,
  order: VersionOrder,
): { readonly reads: readonly Met[]; readonly writes: readonly Met[] } {
  const reads = new Map<string, Met>();
  const writes = new Map<string, Met>();
  for (const step of transaction.steps) {
    if (step.kind === 'write') writes.set(step.key, { transaction, step, version: step.text });
    else if (!reads.has(step.key) && !writes.has(step.key))
      reads.set(step.key, { transaction, step, version: order.versionRead(step) });
  }
  return { reads: [...reads.values()], writes: [...writes.values()] };
}

function* readBreaches({ read, written }: Session, reads: readonly Met[], order: VersionOrder): Generator<Breach> {
  for (const after of reads) {
    const { key } = after.step;
    const [earlier, own] = [read.get(key), written.get(key)];
    if (
      earlier !== undefined &&
      (order.isOlder(key, after.version, earlier.version) || order.misses(after.step, earlier.step))
    )
      yield { name: 'non-monotonic-reads', before: earlier, after, what: 'T2 read an older version than T1 had read' };
    if (own !== undefined && (order.isOlder(key, after.version, own.version) || order.misses(after.step, own.step)))
      yield { name: 'not-read-your-writes', before: own, after, what: 'T2 did not read what T1 had written' };
  }
}

function* writeBreaches({ read, written }: Session, writes: readonly Met[], order: VersionOrder): Generator<Breach> {
  for (const after of writes) {
    const { key } = after.step;
    const [earlier, own] = [read.get(key), written.get(key)];
    if (own !== undefined && order.isOlder(key, after.version, own.version))
      yield { name: 'non-monotonic-writes', before: own, after, what: 'the write of T2 came before that of T1' };
    if (earlier !== undefined && order.isOlder(key, after.version, earlier.version))
      yield {
        name: 'not-writes-follow-reads',
        before: earlier,
        after,
        what: 'T2 wrote what comes before the read of T1',
      };
  }
}

function explain({ name, before, after, what }: Breach, write: WriteName): Anomaly {
  const { key } = after.step;
  const values = [before, after].map(({ step }) => valueText(step.value as HistoryValue));
  return {
    name,
    lines: [
      describe('T1', before.transaction, write),
      describe('T2', after.transaction, write),
      `The process ran T1 before T2, yet at ${keyText(key)} (${values.join(', then ')}) ${what}.`,
    ],
    transactions: [before.transaction.id, after.transaction.id],
  };
}

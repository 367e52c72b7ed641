import type { HistoryValue } from '../history.ts';
import { valueText } from '../value-text.ts';
import type { Anomaly } from './anomaly.ts';
import { describe } from './explain-cycle.ts';
import type { RegisterKey } from './register-index.ts';
import { keyText, type Transaction } from './transaction.ts';
import type { SessionGuarantee, VersionCycle, VersionGraph } from './version-graph.ts';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/** What reads of one key show by themselves: what was aborted, or overwritten at once. */
export function* registerAnomalies({ key, readers, failed, intermediate, ambiguous }: RegisterKey): Generator<Anomaly> {
  for (const [value, [reader]] of readers) {
    if (reader === undefined || ambiguous.has(value)) continue;
    const aborted = failed.get(value);
    if (aborted !== undefined) {
      const what = `T2 read ${keyText(key)} as the ${shown(value)} that T1 set, although T1 failed.`;
      yield withTwo('G1a', what, aborted, reader);
    }
    const writer = intermediate.get(value);
    if (writer !== undefined && writer !== reader) {
      const what = `T2 read ${keyText(key)} as ${shown(value)}, which T1 set and then overwrote itself.`;
      yield withTwo('G1b', what, writer, reader);
    }
  }
}

function withTwo(name: string, what: string, first: Transaction, second: Transaction): Anomaly {
  const lines = [describe('T1', first, 'w'), describe('T2', second, 'w'), what];
  return { name, lines, transactions: [first.id, second.id] };
}

/** A read that differs from what its own transaction read or wrote before, or that sees its own later write. */
export function* registerTransactionAnomalies(
  transaction: Transaction,
  isUnique: (key: string, value: string) => boolean,
): Generator<Anomaly> {
  const known = new Map<string, string>();
  const read = new Set<string>();
  const own = new Set<string>();
  const alone = (name: string, what: string): Anomaly => ({
    name,
    lines: [describe('T1', transaction, 'w'), what],
    transactions: [transaction.id],
  });
  for (const { kind, key, text } of transaction.steps) {
    const expected = known.get(key);
    known.set(key, text);
    const version = `${key} ${text}`;
    if (kind === 'read') {
      if (!own.has(version)) read.add(version);
      if (expected !== undefined && expected !== text) {
        const what = `T1 read ${keyText(key)} as ${shown(text)}, but by its own steps before it had to be ${shown(expected)}.`;
        yield alone('internal', what);
      }
    } else {
      own.add(version);
      if (read.has(version) && isUnique(key, text))
        yield alone('future-read', `T1 read ${keyText(key)} as ${shown(text)} before it set it.`);
    }
  }
}

const CYCLIC: Readonly<Record<string, readonly [name: string, source: string]>> = {
  process: ['cyclic-versions-process', ', by the order in which processes met them'],
  realtime: ['cyclic-versions-realtime', ', by the order in real time in which they were met'],
};

export function cyclicVersions({ key }: RegisterKey, { cyclic }: VersionGraph): readonly Anomaly[] {
  if (cyclic === undefined) return [];
  const [name, source] = CYCLIC[cyclic.basis] ?? ['cyclic-versions', ''];
  const called = cyclic.basis === 'process' ? sessionName(cyclic) : name;
  const versions = cyclic.versions.map(shown).join(', ');
  return [
    {
      name: called,
      lines: [`The versions ${versions} of ${keyText(key)} come before each other${source}.`],
      transactions: [],
    },
  ];
}

const BREACH_OF: Readonly<Record<SessionGuarantee, string>> = {
  'monotonic-reads': 'non-monotonic-reads',
  'monotonic-writes': 'non-monotonic-writes',
  'read-your-writes': 'not-read-your-writes',
  'writes-follow-reads': 'not-writes-follow-reads',
};

/** After the one promise that is broken; of several, none is broken by itself. */
function sessionName({ guarantees }: VersionCycle): string {
  const [first, ...others] = guarantees;
  if (first !== undefined && others.length === 0) return BREACH_OF[first];
  return guarantees.has('writes-follow-reads') ? 'cyclic-versions-process' : 'cyclic-versions-session';
}

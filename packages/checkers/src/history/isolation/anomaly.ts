/** An anomaly that was found, with what shows it. */
export interface Anomaly {
  /** As in {@link ANOMALIES}. */
  readonly name: string;
  /** What happened, in full sentences with names and values; a line for each step. */
  readonly lines: readonly string[];
  /** The transactions that show it, by number. */
  readonly transactions: readonly number[];
}

interface AnomalyKind {
  /** One sentence about what it is. */
  readonly meaning: string;
  /** What it is a special case of, or at least as bad as. */
  readonly implies?: readonly string[];
}

const CYCLE_KINDS: Readonly<Record<string, AnomalyKind>> = {
  G0: { meaning: 'a cycle of writes: each overwrites the one before', implies: ['G1c'] },
  G1c: { meaning: 'a cycle of writes and of reads of them' },
  'G-single': { meaning: 'a cycle in which one transaction missed a write', implies: ['G-nonadjacent'] },
  'G-nonadjacent': { meaning: 'a cycle in which transactions missed writes, no two in a row', implies: ['G2-item'] },
  'G2-item': { meaning: 'a cycle in which transactions missed writes' },
};

const WITH_ORDER: readonly (readonly [suffix: string, meaning: string, next: string | undefined])[] = [
  ['', '', '-process'],
  ['-process', ', together with the order of transactions in a process', '-realtime'],
  ['-realtime', ', together with the order of transactions in real time', undefined],
];

function* cycleKinds(): Generator<readonly [string, AnomalyKind]> {
  for (const [name, { meaning, implies = [] }] of Object.entries(CYCLE_KINDS)) {
    for (const [suffix, order, next] of WITH_ORDER) {
      const wider = next === undefined ? [] : [`${name}${next}`];
      yield [
        `${name}${suffix}`,
        { meaning: meaning + order, implies: [...implies.map((kind) => kind + suffix), ...wider] },
      ];
    }
  }
}

/**
 * Every anomaly that can be found. Cycles follow Adya, Liskov and O'Neil, "Generalized Isolation Level Definitions"
 * (2000); their forms with an order of processes or of real time, and those that only lists can show, are those of
 * Elle (Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", 2020); the session
 * guarantees are those of Terry et al. (1994).
 */
export const ANOMALIES: ReadonlyMap<string, AnomalyKind> = new Map<string, AnomalyKind>([
  ...cycleKinds(),
  ['G1a', { meaning: 'a read of what an aborted transaction wrote' }],
  ['G1b', { meaning: 'a read of what a transaction wrote and then overwrote itself' }],
  ['internal', { meaning: 'a read that contradicts what its own transaction read or wrote before' }],
  ['future-read', { meaning: 'a read of what its own transaction writes only later', implies: ['G1c'] }],
  ['dirty-update', { meaning: 'a write that builds on what an aborted transaction wrote', implies: ['G1a'] }],
  ['duplicate-elements', { meaning: 'a list with an element twice that was appended once' }],
  ['incompatible-order', { meaning: 'two reads of a list of which neither begins the other', implies: ['G1a'] }],
  ['garbage-read', { meaning: 'a read of an element that nobody appended' }],
  [
    'lost-update',
    { meaning: 'two transactions that read one version of a key and both wrote it', implies: ['G2-item'] },
  ],
  ['long-fork', { meaning: 'two reads that saw two writes in opposite orders', implies: ['G-nonadjacent'] }],
  [
    'cyclic-versions',
    { meaning: 'versions of a key that come before each other', implies: ['cyclic-versions-process'] },
  ],
  [
    'cyclic-versions-process',
    {
      meaning: 'versions of a key that come before each other, if every process sees a key only move on',
      implies: ['cyclic-versions-realtime'],
    },
  ],
  [
    'cyclic-versions-session',
    {
      meaning: 'versions of a key that come before each other, if every process reads and writes it only onwards',
      implies: ['cyclic-versions-process'],
    },
  ],
  [
    'causality-violation',
    {
      meaning: 'a transaction that missed a write on which, by reads and the order in a process, what it saw depends',
      implies: ['G-single-process'],
    },
  ],
  ['cyclic-versions-realtime', { meaning: 'versions of a key that come before each other, if a key is linearizable' }],
  ['non-monotonic-reads', { meaning: 'a process that read an older version than it had read before' }],
  ['non-monotonic-writes', { meaning: 'two writes of one process in the opposite order' }],
  ['not-read-your-writes', { meaning: 'a process that read an older version than it had written' }],
  ['not-writes-follow-reads', { meaning: 'a write that comes before a version which its process had read' }],
]);

/** These anomalies and all that they imply. */
export function withImplied(names: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const implied of ANOMALIES.get(name)?.implies ?? []) add(implied);
  };
  for (const name of names) add(name);
  return all;
}

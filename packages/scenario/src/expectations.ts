/** What a scenario may expect, each with the sentence that `explain` and messages use. */
type Catalogue = Readonly<Record<string, string>>;

/** Properties that hold at every instant of the run: the invariants of the checkers, by their names. */
export const alwaysExpectations: Catalogue = {
  'single-writer': 'At no time do two nodes accept writes that cannot both survive.',
  'acknowledged-writes-survive': 'Every write that a client was told had succeeded is in the database at the end.',
  'monotone-time': 'No record of the trace lies before the one that precedes it.',
  'faults-leave-records': 'Every fault of the scenario starts, and heals, at its instant, and the trace says so.',
  'commit-order':
    'Acknowledged writes lie in the log in the order in which their writer took them, each in a place of its own.',
  'positions-never-move-back': 'On one timeline and one volume, what a node holds and what it has applied only grows.',
  'replica-is-prefix':
    'A copy holds a prefix of the log of its writer: never more than the writer, and it applies no more than it holds.',
  'reads-are-complete':
    'A read as of a position returns the newest version at or before that position: none before it is missed, none after it is seen.',
  'acknowledged-on-both-copies':
    'A write is on the volumes of primary and standby when it is acknowledged, unless the primary was told to go on alone.',
  'promoted-standby-in-sync': 'A standby that lacks an acknowledged write is not promoted.',
  'acknowledged-by-a-reader':
    'A write is on the volumes of the writer and of at least one reader when it is acknowledged.',
  'promoted-reader-is-newest':
    'The reader that is promoted had the newest record of all readers that worked when they were compared.',
  'acknowledged-on-four-of-six':
    'A write is on four of the six segments of its protection group when it is acknowledged.',
  'survives-az-and-segment':
    'When any AZ and any one more segment are lost, some segment still has every acknowledged write.',
  'no-write-with-stale-epoch':
    'Once the epoch of a volume has been raised, no write that was sent under an older one is acknowledged.',
  'replica-eventually-current':
    'A read replica that follows its source makes progress until it has all that the source acknowledged.',
  'regions-converge':
    'When nothing is written any more and links work, all Regions come to hold, of each item, the version with the greatest timestamp.',
  'acknowledged-in-two-regions':
    'A write to a table with multi-Region strong consistency is in two Regions when it is acknowledged.',
  'strong-read-is-latest':
    'A strong read never returns a version that had been overwritten, with acknowledgement, before the read began, in any Region.',
  'dns-answers-expire':
    'Once all servers of a zone know that an endpoint names another node, no resolver answers with the former one longer than the TTL.',
  'returns-to-service':
    'When the last fault has healed, a deployment returns to service by itself, or stands in a state that says that it waits for a person.',
};

/** Properties that hold at the end of the run. */
export const eventuallyExpectations: Catalogue = {
  writable: 'At the end every database accepts writes.',
  readable: 'At the end every database serves reads.',
  redundant: 'At the end every database has the copies that its kind promises.',
};

/** Things that have to happen at least once: a scenario that never met its fault proves nothing. */
export const sometimesExpectations: Catalogue = {
  'client-connection-reset': 'A client loses an open connection.',
  'read-only-error': 'A write reaches a node that does not take writes any more.',
  'indeterminate-write': 'A client never learns whether its write took effect.',
  'stale-read': 'A read misses a write that had been acknowledged before.',
  'lost-update': 'An acknowledged write is overwritten by one that had not seen it.',
  failover: 'A database gets another writer.',
  'no-failover': 'No database gets another writer.',
  'waiting-for-person': 'A database waits for a step that only its customer can do.',
};

/** A measure of the run that may be bounded. */
export interface BoundedMeasure {
  readonly unit: 'duration' | 'count';
  readonly meaning: string;
}

/** Measures that `expect.measures` may bound. */
export const boundedMeasures: Readonly<Record<string, BoundedMeasure>> = {
  recoveryTime: { unit: 'duration', meaning: 'From the fault until operations succeed without interruption again.' },
  timeToFirstSuccess: {
    unit: 'duration',
    meaning: 'From the fault to the first operation that succeeds after the outage.',
  },
  dataLoss: { unit: 'count', meaning: 'Acknowledged writes that are not on the surviving timeline.' },
  dataLossSpan: { unit: 'duration', meaning: 'How far back from the fault the lost writes reach.' },
  lostUpdates: { unit: 'count', meaning: 'Acknowledged writes that the last writer overwrote unseen.' },
  failed: { unit: 'count', meaning: 'Operations that failed.' },
  indeterminate: { unit: 'count', meaning: 'Operations whose outcome their client never learned.' },
};

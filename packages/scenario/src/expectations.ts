/** What a scenario may expect, each with the sentence that `explain` and messages use. */
type Catalogue = Readonly<Record<string, string>>;

/** Properties that hold at every instant of the run. */
export const alwaysExpectations: Catalogue = {
  'single-writer': 'At no time do two nodes accept writes that cannot both survive.',
  'acknowledged-writes-survive': 'Every write that a client was told had succeeded is in the database at the end.',
  'monotone-time': 'No record of the trace lies before the one that precedes it.',
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

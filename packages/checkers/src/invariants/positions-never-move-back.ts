import type { PositionRecord } from '@faultline/trace';
import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Invariant } from '../invariant.ts';
import { AURORA_2017, POSTGRESQL_STANDBY } from '../sources.ts';
import { NONE, watchOf } from '../watching.ts';

/** What a volume holds and a node has applied only grows, until it is another volume or another timeline. */
export const positionsNeverMoveBack: Invariant = {
  name: 'positions-never-move-back',
  meaning: 'On one timeline and one volume, what a node holds and what it has applied only grows.',
  promisedBy: [
    POSTGRESQL_STANDBY('A standby reads and replays WAL continuously, from where it stopped.'),
    AURORA_2017('The durable point of the volume only advances.'),
  ],
  hears: ['position'],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  watch() {
    const last = new Map<string, PositionRecord>();
    return watchOf({
      position(record) {
        const { database, node, atUs, timeline, timelineOf, volume } = record;
        const name = `${database}/${node}`;
        const before = last.get(name);
        last.set(name, record);
        if (!before || before.volume !== volume || before.timeline !== timeline || before.timelineOf !== timelineOf)
          return NONE;
        // Of a writer it is what was acknowledged, which with `synchronous_commit = off` is more than what it holds.
        const applied = before.part === 'writes' || before.appliedLsn <= record.appliedLsn;
        if (applied && before.receivedLsn <= record.receivedLsn) return NONE;
        const what = `${node} went back on timeline ${timeline}: it held ${before.receivedLsn} and had applied ${before.appliedLsn}, and now holds ${record.receivedLsn} and has applied ${record.appliedLsn}.`;
        return [{ invariant: positionsNeverMoveBack.name, atUs, database, what, evidence: [before, record] }];
      },
    });
  },
};

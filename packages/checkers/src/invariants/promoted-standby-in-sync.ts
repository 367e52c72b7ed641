import type { PositionRecord } from '@faultline/trace';
import { databasesOf } from '../deployments.ts';
import type { Invariant } from '../invariant.ts';
import { MULTI_AZ_INSTANCE, OUTAGE_2012 } from '../sources.ts';
import { NONE, PerDatabase, watchOf } from '../watching.ts';

const MODELS = ['rds.multi-az-instance'] as const;

/** Only a standby that holds all that was acknowledged takes over. */
export const promotedStandbyInSync: Invariant = {
  name: 'promoted-standby-in-sync',
  meaning: 'A standby that lacks an acknowledged write is not promoted.',
  promisedBy: [
    OUTAGE_2012('A standby that is not up to date is not promoted, so that no write is lost.'),
    MULTI_AZ_INSTANCE('The standby is kept in sync, and a failover loses no committed data.'),
  ],
  hears: ['position', 'timeline'],
  applies: (header) => databasesOf(header, MODELS).length > 0,
  watch(header) {
    const states = new PerDatabase(databasesOf(header, MODELS), () => new Map<string, PositionRecord>());
    return watchOf({
      position(record) {
        states.of(record.database)?.set(record.node, record);
        return NONE;
      },
      timeline(fork) {
        const nodes = states.of(fork.database);
        const heir = nodes?.get(fork.node);
        const writer = nodes && [...nodes.values()].find(({ part }) => part === 'writes');
        if (!heir || !writer || heir === writer) return NONE;
        const holds = heir.timeline === writer.timeline ? Math.min(heir.receivedLsn, fork.forkLsn) : fork.forkLsn;
        if (holds >= writer.appliedLsn) return NONE;
        const { atUs, database, node } = fork;
        const what = `${node} was promoted at position ${holds}, although ${writer.node} had acknowledged everything up to ${writer.appliedLsn}.`;
        return [{ invariant: promotedStandbyInSync.name, atUs, database, what, evidence: [writer, heir, fork] }];
      },
    });
  },
};

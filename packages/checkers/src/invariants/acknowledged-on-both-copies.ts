import { databasesOf, synchronousPairs } from '../deployments.ts';
import { MULTI_AZ_INSTANCE, OUTAGE_2012, POSTGRESQL_COMMIT } from '../sources.ts';
import { acknowledgedByEnough } from './acknowledged-by-enough.ts';

/** Synchronous replication to one standby, while there is one. */
export const acknowledgedOnBothCopies = acknowledgedByEnough({
  name: 'acknowledged-on-both-copies',
  meaning:
    'A write is on the volumes of primary and standby when it is acknowledged, unless the primary was told to go on alone.',
  promisedBy: [
    MULTI_AZ_INSTANCE('A commit is on both volumes before it is acknowledged.'),
    OUTAGE_2012('A primary that loses its standby may go on alone, and the standby may not be promoted then.'),
    POSTGRESQL_COMMIT('on, remote_apply: a commit waits until the standby has flushed it.'),
  ],
  databases: (header) => [...databasesOf(header, ['rds.multi-az-instance']), ...synchronousPairs(header)],
  holders: 2,
  lapsesAlone: true,
});

import { databasesOf } from '../deployments.ts';
import { MULTI_AZ_CLUSTER } from '../sources.ts';
import { acknowledgedByEnough } from './acknowledged-by-enough.ts';

/** Semisynchronous replication to one of two readers. */
export const acknowledgedByAReader = acknowledgedByEnough({
  name: 'acknowledged-by-a-reader',
  meaning: 'A write is on the volumes of the writer and of at least one reader when it is acknowledged.',
  promisedBy: [MULTI_AZ_CLUSTER('A commit needs the acknowledgement of at least one reader.')],
  databases: (header) => databasesOf(header, ['rds.multi-az-cluster']),
  holders: 2,
  lapsesAlone: false,
});

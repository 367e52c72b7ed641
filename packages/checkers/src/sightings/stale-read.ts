import { databasesOf, tablesOf } from '../deployments.ts';
import type { Sometimes } from '../sometimes.ts';
import { GLOBAL_TABLES, READ_REPLICAS } from '../sources.ts';
import { firstThat } from './sighting.ts';

const MODELS = ['rds.read-replica', 'rds.multi-az-cluster', 'aurora.cluster', 'postgresql.streaming-pair'] as const;

/** A copy that follows asynchronously, or applies later, serves what it has. */
export const staleRead: Sometimes = {
  name: 'stale-read',
  meaning: 'A read misses a write that had been acknowledged before.',
  admittedBy: [
    READ_REPLICAS('Replication is asynchronous, and a replica may lag behind its source.'),
    GLOBAL_TABLES('Eventually consistent reads may not return the latest version.'),
  ],
  applies: (header) => databasesOf(header, MODELS).length + tablesOf(header, 'mrec').length > 0,
  look: () => firstThat((record) => record.type === 'op' && (record.staleUs ?? 0) > 0),
};

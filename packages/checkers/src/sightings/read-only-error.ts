import { databasesOf } from '../deployments.ts';
import type { Sometimes } from '../sometimes.ts';
import { AURORA_AVAILABILITY } from '../sources.ts';
import { firstThat } from './sighting.ts';

const MODELS = ['aurora.cluster', 'rds.multi-az-cluster'] as const;

/** A former writer that is back as a reader, and a client whose answer from DNS is old. */
export const readOnlyError: Sometimes = {
  name: 'read-only-error',
  meaning: 'A write reaches a node that does not take writes any more.',
  admittedBy: [AURORA_AVAILABILITY('Until DNS has propagated, a client may reach the instance that was the writer.')],
  applies: (header) => databasesOf(header, MODELS).length > 0,
  look: () => firstThat((record) => record.type === 'op' && record.error === 'read-only'),
};

import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Sometimes } from '../sometimes.ts';
import { RDS_EVENTS } from '../sources.ts';
import { firstThat } from './sighting.ts';

/** The end of a writer takes answers with it. */
export const indeterminateWrite: Sometimes = {
  name: 'indeterminate-write',
  meaning: 'A client never learns whether its write took effect.',
  admittedBy: [RDS_EVENTS('Existing connections are broken by a failover and have to be opened again.')],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  look: () =>
    firstThat(
      (record) =>
        record.type === 'op' &&
        record.action === 'write' &&
        record.outcome === 'indeterminate' &&
        record.error !== 'run-ended',
    ),
};

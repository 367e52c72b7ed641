import { tablesOf } from '../deployments.ts';
import { GLOBAL_TABLES } from '../sources.ts';
import { acknowledgedByEnough } from './acknowledged-by-enough.ts';

/** Strong consistency between Regions. */
export const acknowledgedInTwoRegions = acknowledgedByEnough({
  name: 'acknowledged-in-two-regions',
  meaning: 'A write to a table with multi-Region strong consistency is in two Regions when it is acknowledged.',
  promisedBy: [GLOBAL_TABLES('MRSC: a write is in at least one other Region before it is acknowledged (RPO 0).')],
  databases: (header) => tablesOf(header, 'mrsc'),
  holders: 2,
  lapsesAlone: false,
});

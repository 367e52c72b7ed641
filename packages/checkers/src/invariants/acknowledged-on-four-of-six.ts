import { databasesOf } from '../deployments.ts';
import { AURORA_2017 } from '../sources.ts';
import { acknowledgedByEnough } from './acknowledged-by-enough.ts';

/** The write quorum of a shared volume. */
export const acknowledgedOnFourOfSix = acknowledgedByEnough({
  name: 'acknowledged-on-four-of-six',
  meaning: 'A write is on four of the six segments of its protection group when it is acknowledged.',
  promisedBy: [AURORA_2017('Writes need four of six copies, reads of the log in recovery three of six (section 2.1).')],
  databases: (header) => databasesOf(header, ['aurora.cluster']),
  holders: 4,
  lapsesAlone: false,
});

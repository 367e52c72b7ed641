import { databasesOf } from '../deployments.ts';
import { AURORA_2017, AURORA_2018 } from '../sources.ts';
import { acknowledgedByEnough } from './acknowledged-by-enough.ts';

/** The write quorum of a shared volume. */
export const acknowledgedOnFourOfSix = acknowledgedByEnough({
  name: 'acknowledged-on-four-of-six',
  meaning:
    'A write is on four of the six segments of its protection group, or on its three full ones, when it is acknowledged.',
  promisedBy: [
    AURORA_2017('Writes need four of six copies, reads of the log in recovery three of six (section 2.1).'),
    AURORA_2018('With three full and three tail segments, all three full ones are a write quorum too (section 4.2).'),
  ],
  databases: (header) => databasesOf(header, ['aurora.cluster']),
  holders: 4,
  // The first segment of each AZ is the full one: `pg1-az1-a`.
  alsoEnough: (heldBy) => heldBy.filter((segment) => segment.endsWith('-a')).length >= 3,
  lapsesAlone: false,
});

/**
 * Regions that a random topology may have, the smallest first. The names are those of a set that a global table with
 * strong consistency may span, so that every kind finds a home in one of them.
 */
export const REGION_SETS: readonly Readonly<Record<string, readonly string[]>>[] = [
  { 'us-east-1': ['use1-az1', 'use1-az2'] },
  { 'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'] },
  {
    'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
    'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
  },
  {
    'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
    'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
    'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
  },
];

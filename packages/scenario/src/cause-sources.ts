import type { Citation } from '@faultline/models';

/** Where the meaning of a cause is written down. */
export const documented = (source: string, date: string): Citation => ({ source, date, grade: 'documented' });

export const MULTI_AZ = documented('Amazon RDS User Guide, Concepts.MultiAZSingleStandby', '2026-04');
export const OUTAGE_2011 = documented(
  'AWS, Summary of the Amazon EC2 and Amazon RDS Service Disruption in the US East Region',
  '2011-04',
);
export const OUTAGE_2012 = documented(
  'AWS, Summary of the October 22, 2012 AWS Service Event in the US-East Region',
  '2012-10',
);
export const OUTAGE_JUNE_2012 = documented(
  'AWS, Summary of the AWS Service Event in the US East Region: no instance could be launched in any AZ for an hour',
  '2012-07',
);
export const OUTAGE_2025 = documented(
  'AWS, Summary of the Amazon DynamoDB Service Disruption in the Northern Virginia (US-EAST-1) Region',
  '2025-10',
);

import type { PublishedAvailability } from '@faultline/metrics';

const RDS = 'Amazon RDS Service Level Agreement, 2024-01-22, https://aws.amazon.com/rds/sla/';
const AURORA = 'Amazon Aurora Service Level Agreement, 2022-05-19, https://aws.amazon.com/rds/aurora/sla/';

const multiAz: PublishedAvailability = {
  share: 0.9995,
  what: 'SLA of Multi-AZ DB instances and clusters',
  source: RDS,
};

/**
 * What is published of each deployment kind. A read replica beside a source, and a database that nobody manages, have
 * no promise as a whole. The DynamoDB figure is a design target: "Amazon DynamoDB: A Scalable, Predictably Performant,
 * and Fully Managed NoSQL Database Service", USENIX ATC 2022, section 6.3.
 */
const PUBLISHED: Readonly<Record<string, PublishedAvailability>> = {
  'rds.single-az': { share: 0.995, what: 'SLA of single DB instances', source: RDS },
  'rds.multi-az-instance': multiAz,
  'rds.multi-az-cluster': multiAz,
  'aurora.cluster': {
    share: 0.9999,
    what: 'SLA of clusters over two or more AZs',
    source: AURORA,
  },
  'dynamodb.global-table': {
    share: 0.99999,
    what: 'design target of global tables, no SLA',
    source: 'Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, section 6.3',
  },
};

/** Null where nothing is published, or where a study's databases are of several kinds. */
export function publishedAvailability(models: readonly string[]): PublishedAvailability | null {
  const [model, ...others] = new Set(models);
  return model === undefined || others.length > 0 ? null : (PUBLISHED[model] ?? null);
}

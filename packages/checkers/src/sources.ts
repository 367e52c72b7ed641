import type { PromiseSource } from './invariant.ts';

const promised =
  (source: string, date: string) =>
  (promise: string): PromiseSource => ({ promise, source, date });

/** The pages and papers that invariants rest on. */
export const MULTI_AZ_INSTANCE = promised('Amazon RDS User Guide, Concepts.MultiAZSingleStandby', '2026-04');
export const OUTAGE_2012 = promised(
  'AWS, Summary of the October 22, 2012 AWS Service Event in the US-East Region',
  '2012-10',
);
export const MULTI_AZ_CLUSTER = promised('Amazon RDS User Guide, multi-az-db-clusters-concepts', '2026-04');
export const MULTI_AZ_CLUSTER_FAILOVER = promised(
  'Amazon RDS User Guide, multi-az-db-clusters-concepts-failover',
  '2026-04',
);
export const AURORA_2017 = promised(
  'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017',
  '2017-05',
);
export const AURORA_2018 = promised(
  'Verbitski et al., Amazon Aurora: On Avoiding Distributed Consensus for I/Os, Commits, and Membership Changes, SIGMOD 2018',
  '2018-06',
);
export const AURORA_AVAILABILITY = promised('Amazon Aurora User Guide, Concepts.AuroraHighAvailability', '2026-04');
export const READ_REPLICAS = promised('Amazon RDS User Guide, USER_ReadRepl', '2026-04');
export const POSTGRESQL_STANDBY = promised('PostgreSQL 15 documentation, Log-Shipping Standby Servers', '2026-11');
export const POSTGRESQL_COMMIT = promised('PostgreSQL 15 documentation, synchronous_commit', '2026-11');
export const POSTGRESQL_WAL = promised('PostgreSQL 15 documentation, Write-Ahead Logging', '2026-11');
export const GLOBAL_TABLES = promised('Amazon DynamoDB Developer Guide, V2globaltables_HowItWorks', '2026-04');
export const GLOBAL_TABLES_GUIDANCE = promised(
  'AWS Prescriptive Guidance, DynamoDB global tables: Overview',
  '2026-04',
);
export const DYNAMODB_PAPER = promised('Elhemali et al., Amazon DynamoDB, USENIX ATC 2022', '2022-07');
export const DNS_STANDARD = promised(
  'RFC 1035, Domain names: implementation and specification, section 3.2.1',
  '1987-11',
);
export const RDS_EVENTS = promised('Amazon RDS User Guide, Concepts.MultiAZ.Failover', '2026-04');
export const FAULTLINE = promised('Faultline itself: what a trace is', '2026-11');

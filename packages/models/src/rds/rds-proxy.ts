import type { ProxySupport } from '../kind.ts';

/**
 * Amazon RDS Proxy stands before a DB instance, a Multi-AZ DB cluster or an Aurora cluster, and always follows its
 * writer. It is no target for a read replica of an instance.
 */
export const rdsProxy: ProxySupport = {
  engines: ['postgres', 'mysql', 'mariadb'],
  source: 'Amazon RDS User Guide, rds-proxy.howitworks and rds-proxy-planning',
  date: '2026-04',
  grade: 'documented',
};

import type { ServiceEvent } from '../kind.ts';

const cluster = (category: string, message: string): ServiceEvent => ({ category, message, subject: 'cluster' });

/**
 * RDS events of DB clusters that our models publish, with their ids and texts: Multi-AZ DB clusters and Aurora
 * share the catalogue. Events of the instances in a cluster are in `rds-events.ts`, save the one that only
 * members of a cluster have. Amazon RDS User Guide and Amazon Aurora User Guide, "event categories and event
 * messages" (USER_Events.Messages), read 2026-04.
 */
export const rdsClusterEvents = {
  'RDS-EVENT-0069': cluster(
    'failover',
    'Cluster failover failed, check the health of your cluster instances and try again.',
  ),
  'RDS-EVENT-0070': cluster('failover', 'Promoting previous primary again: {node}.'),
  'RDS-EVENT-0071': cluster('failover', 'Completed failover to DB instance: {node}.'),
  'RDS-EVENT-0072': cluster('failover', 'Started same AZ failover to DB instance: {node}.'),
  'RDS-EVENT-0073': cluster('failover', 'Started cross AZ failover to DB instance: {node}.'),
  'RDS-EVENT-0150': cluster('notification', 'DB cluster stopped.'),
  'RDS-EVENT-0151': cluster('notification', 'DB cluster started.'),
  'RDS-EVENT-0171': cluster('deletion', 'DB cluster deleted.'),
  'RDS-EVENT-0385': { category: 'notification', message: 'Cluster topology is updated.', subject: 'instance' },
} as const satisfies Readonly<Record<string, ServiceEvent>>;

export type RdsClusterEventId = keyof typeof rdsClusterEvents;

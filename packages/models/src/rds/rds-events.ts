import type { ServiceEvent } from '../kind.ts';

const instance = (category: string, message: string): ServiceEvent => ({ category, message, subject: 'instance' });

/**
 * RDS events of DB instances that our models publish, with their ids and texts.
 * Amazon RDS User Guide, "Amazon RDS event categories and event messages" (USER_Events.Messages), read 2026-04.
 */
export const rdsInstanceEvents = {
  'RDS-EVENT-0003': instance('deletion', 'DB instance deleted.'),
  'RDS-EVENT-0004': instance('availability', 'DB instance shutdown.'),
  'RDS-EVENT-0006': instance('availability', 'DB instance restarted.'),
  'RDS-EVENT-0013': instance('failover', 'Multi-AZ instance failover started.'),
  'RDS-EVENT-0015': instance(
    'failover',
    'Multi-AZ failover to standby complete - DNS propagation may take a few minutes.',
  ),
  'RDS-EVENT-0019': instance('restoration', 'Restored from DB instance {node} to {detail}.'),
  'RDS-EVENT-0020': instance(
    'recovery',
    'Recovery of the DB instance has started. Recovery time will vary with the amount of data to be recovered.',
  ),
  'RDS-EVENT-0021': instance('recovery', 'Recovery of the DB instance is complete.'),
  'RDS-EVENT-0031': instance(
    'failure',
    'DB instance put into failed state. RDS recommends that you initiate a point-in-time-restore.',
  ),
  'RDS-EVENT-0034': instance(
    'failover',
    'Abandoning user requested failover since a failover recently occurred on the database instance.',
  ),
  'RDS-EVENT-0045': instance('read replica', 'Replication has stopped.'),
  'RDS-EVENT-0046': instance('read replica', 'Replication for the Read Replica resumed.'),
  'RDS-EVENT-0049': instance('failover', 'Multi-AZ instance failover completed.'),
  'RDS-EVENT-0050': instance('failover', 'Multi-AZ instance activation started.'),
  'RDS-EVENT-0051': instance('failover', 'Multi-AZ instance activation completed.'),
  'RDS-EVENT-0052': instance('recovery', 'Multi-AZ instance recovery started.'),
  'RDS-EVENT-0053': instance('recovery', 'Multi-AZ instance recovery completed. Pending failover or activation.'),
  'RDS-EVENT-0057': instance('read replica', 'Replication streaming has been terminated.'),
  'RDS-EVENT-0062': instance('read replica', 'Replication for the Read Replica has been manually stopped.'),
  'RDS-EVENT-0065': instance('failover', 'Recovered from partial failover.'),
  'RDS-EVENT-0066': instance('recovery', 'Instance will be degraded while mirroring is reestablished: {detail}'),
  'RDS-EVENT-0361': instance('recovery', 'Recovery of standby DB instance has started.'),
  'RDS-EVENT-0362': instance('recovery', 'Recovery of standby DB instance has completed.'),
} as const satisfies Readonly<Record<string, ServiceEvent>>;

export type RdsInstanceEventId = keyof typeof rdsInstanceEvents;

import type { ComparisonSetup } from '@faultline/models';

/**
 * Deployments worth trying that neither a kind's own setup nor a choice of its parameters leads to, by kind. Those
 * that do not fit into a set of Regions are left out there.
 */
export const FURTHER_SETUPS: Readonly<Record<string, readonly ComparisonSetup['databases'][]>> = {
  'rds.read-replica': [
    {
      orders: { model: 'rds.multi-az-instance', primary: 'use1-az1', standby: 'use1-az2' },
      'orders-replica': { model: 'rds.read-replica', source: 'orders', az: 'use1-az3' },
    },
    {
      orders: { model: 'rds.single-az', az: 'use1-az1' },
      'orders-replica': { model: 'rds.read-replica', source: 'orders', az: 'use1-az2' },
      'orders-cascaded': { model: 'rds.read-replica', source: 'orders-replica', az: 'use1-az1' },
    },
    {
      orders: { model: 'rds.multi-az-cluster', writer: 'use1-az1', readers: ['use1-az2', 'use1-az3'] },
      'orders-replica': { model: 'rds.read-replica', source: 'orders', az: 'use1-az2' },
    },
  ],
  'dynamodb.global-table': [
    {
      orders: {
        model: 'dynamodb.global-table',
        mode: 'mrsc',
        regions: ['us-east-1', 'us-west-2'],
        witness: 'us-east-2',
      },
    },
  ],
};

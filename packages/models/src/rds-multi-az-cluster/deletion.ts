import { parts } from './multi-az-cluster.actions.ts';

/** Whoever asks for something now is not heard: a deletion cannot be called back. */
const deaf = { DELETE_REQUESTED: {}, FAILOVER_REQUESTED: {} } as const;

/**
 * Asked for by the customer, and final. All members of the cluster are terminated, and instance read replicas of it are
 * promoted to standalone instances, which each does when it is told. Amazon RDS API Reference, DeleteDBCluster.
 */
export const deleting = parts.createStateConfig({
  entry: ['stopMembers', { type: 'publishOfMembers', params: { id: 'RDS-EVENT-0004' } }],
  after: { reboot: 'deleted' },
  on: deaf,
});

export const deleted = parts.createStateConfig({
  tags: 'deleted',
  entry: [
    'deleteDatabase',
    { type: 'publishOfMembers', params: { id: 'RDS-EVENT-0003' } },
    { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0171' } },
  ],
  on: deaf,
});

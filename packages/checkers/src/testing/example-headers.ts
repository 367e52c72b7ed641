import { header } from './hand-made-trace.ts';

/** The deployments that examples speak of. */
export const instance = header('rds.multi-az-instance');
export const cluster = header('rds.multi-az-cluster');
export const aurora = header('aurora.cluster');
export const replica = header('rds.read-replica', { source: 'orders' });
export const synchronous = header('postgresql.streaming-pair', { synchronousCommit: 'on' });
export const mrec = header('dynamodb.global-table', { mode: 'mrec' });
export const mrsc = (consistency: string) =>
  header('dynamodb.global-table', { mode: 'mrsc' }, { workload: [{ client: 'shop', action: 'read', consistency }] });
export const withFault = header('rds.single-az', {}, { faults: [{ atUs: 10, forUs: 5, cause: 'az-outage' }] });

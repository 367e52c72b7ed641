import { globalTableMachine } from '../dynamodb-global-table/global-table.machine.ts';
import { globalTableTimings } from '../dynamodb-global-table/global-table.timings.ts';
import { ChartBench } from './chart-bench.ts';

/** One Region with its storage group. */
export const TABLE = {
  service: 't',
  members: ['t-a', 't-b', 't-c'],
  logReplica: 't-log',
  azs: ['az1', 'az2', 'az3'],
};

/** What each timing takes, in seconds. */
export const TABLE_SECONDS = {
  missedHeartbeats: 1,
  election: 1,
  oldLease: 2,
  logReplica: 3,
  storageHealing: 300,
  memberReturn: 15,
  groupRebuild: 2_400,
  serviceReplacement: 60,
  serviceStart: 20,
};

/** Its chart, with timings that are easy to count. */
export const tableBench = () => new ChartBench(globalTableMachine, globalTableTimings, TABLE, TABLE_SECONDS);

/** Tells of its first leader. */
export const leader = (bench: ChartBench, what: string, detail = {}) =>
  bench.tell(`LEADER_${what}`, { node: 't-a', ...detail });

/** Tells of a follower. */
export const follower = (bench: ChartBench, node: string, what: string, detail = {}) =>
  bench.tell(`FOLLOWER_${what}`, { node, ...detail });

/** The host of a storage replica is back, its process is started, and it has what it missed. */
export function returns(bench: ChartBench, role: 'LEADER' | 'FOLLOWER', node: string): void {
  bench.tell(`${role}_REACHABLE`, { node, running: false });
  bench.tell(`${role}_STARTED`, { node });
  bench.tell(`${role}_IN_SYNC`, { node });
}

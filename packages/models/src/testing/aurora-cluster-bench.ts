import type { AuroraClusterInput } from '../aurora-cluster/aurora-cluster.contract.ts';
import { auroraClusterMachine } from '../aurora-cluster/aurora-cluster.machine.ts';
import { auroraClusterTimings } from '../aurora-cluster/aurora-cluster.timings.ts';
import { ChartBench } from './chart-bench.ts';

const SECONDS = {
  detection: 8,
  crashNotice: 1,
  requestHandling: 1,
  volumeRecovery: 2,
  engineStart: 3,
  readerStart: 5,
  endpointUpdate: 5,
  completionNotice: 12,
  readerListing: 5,
  hostReplacement: 300,
  launchPatience: 300,
  instanceCreation: 420,
  reboot: 3,
  segmentDetection: 2,
  segmentRepair: 10,
};

/** Three instances in three AZs. */
export const THREE: AuroraClusterInput = {
  writer: 'a',
  instances: [
    { id: 'a', az: 'az1', tier: 0, size: 1 },
    { id: 'b', az: 'az2', tier: 1, size: 1 },
    { id: 'c', az: 'az3', tier: 2, size: 2 },
  ],
  customEndpoints: [
    { id: 'analytics', members: ['b', 'c'], type: 'reader' },
    { id: 'everyone', members: ['b'], type: 'any' },
  ],
  azs: ['az1', 'az2', 'az3'],
  readersSurvive: true,
};
/** A writer without readers. */
export const ALONE: AuroraClusterInput = { ...THREE, instances: THREE.instances.slice(0, 1), customEndpoints: [] };

/** The chart of such a cluster, three instances unless told otherwise. */
export const bench = (input: Partial<AuroraClusterInput> = {}): ChartBench =>
  new ChartBench(auroraClusterMachine, auroraClusterTimings, { ...THREE, ...input }, SECONDS);

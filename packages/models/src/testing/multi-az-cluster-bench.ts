import type { MultiAzClusterEngine } from '../rds-multi-az-cluster/multi-az-cluster.contract.ts';
import { multiAzClusterMachine } from '../rds-multi-az-cluster/multi-az-cluster.machine.ts';
import { multiAzClusterTimings } from '../rds-multi-az-cluster/multi-az-cluster.timings.ts';
import { ChartBench } from './chart-bench.ts';

const SECONDS = {
  detection: 8,
  crashNotice: 3,
  decision: 1,
  promotion: 2,
  endpointUpdate: 3,
  readerRemoval: 10,
  hostReplacement: 240,
  readerRebuild: 600,
  reboot: 6,
  restore: 2_400,
};

/** The chart of a PostgreSQL cluster unless told otherwise; `seconds` replaces timings by name. */
export function bench(
  engine: MultiAzClusterEngine = 'postgres',
  seconds: Readonly<Record<string, number>> = {},
): ChartBench {
  return new ChartBench(
    multiAzClusterMachine,
    multiAzClusterTimings,
    { engine, writer: 'db-1', readers: ['db-2', 'db-3'] },
    { ...SECONDS, ...seconds },
  );
}

import { auroraCluster } from './aurora-cluster/index.ts';
import { globalTable } from './dynamodb-global-table/index.ts';
import type { DeploymentKind } from './kind.ts';
import { streamingPair } from './postgresql-streaming-pair/index.ts';
import { multiAzCluster } from './rds-multi-az-cluster/index.ts';
import { multiAzInstance } from './rds-multi-az-instance/index.ts';
import { readReplica } from './rds-read-replica/index.ts';
import { singleAz } from './rds-single-az/index.ts';

const all: readonly DeploymentKind[] = [
  singleAz,
  multiAzInstance,
  multiAzCluster,
  readReplica,
  auroraCluster,
  globalTable,
  streamingPair,
];

/** Every deployment kind by its id, in the order in which people should read of them. */
export const kinds: ReadonlyMap<string, DeploymentKind> = new Map(all.map((kind) => [kind.id, kind]));

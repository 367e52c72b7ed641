import type { DeploymentKind } from './kind.ts';
import { multiAzCluster } from './rds-multi-az-cluster/index.ts';
import { multiAzInstance } from './rds-multi-az-instance/index.ts';

const all: readonly DeploymentKind[] = [multiAzInstance, multiAzCluster];

/** Every deployment kind by its id, in the order in which people should read of them. */
export const kinds: ReadonlyMap<string, DeploymentKind> = new Map(all.map((kind) => [kind.id, kind]));

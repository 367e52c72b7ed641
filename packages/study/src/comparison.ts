import type { ComparisonResult } from '@faultline/metrics';
import type { BillingFactors, DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { BlockColumns } from './block-columns.ts';
import { blocks } from './blocks.ts';
import type { ComparisonFault } from './comparison-fault.ts';
import { CLIENTS_NOTE, comparisonScenario, REGIONS } from './comparison-scenario.ts';
import type { Job } from './executors/run-all.ts';
import { BlockShelf } from './grid/block-shelf.ts';
import { kindResult, withDifferences } from './kind-comparison.ts';
import type { TrialBlock } from './trial.ts';
import { TrialColumns } from './trial-columns.ts';

export interface ComparisonOptions {
  readonly kinds: readonly DeploymentKind[];
  readonly registry: ReadonlyMap<string, DeploymentKind>;
  readonly fault: ComparisonFault;
  /** Trials of each kind, from 1. */
  readonly trials: number;
  readonly seed: string;
}

/** A comparison as work to be done: the result is complete once every job has been collected. */
export interface ComparisonPlan {
  readonly jobs: readonly Job<TrialBlock>[];
  readonly trialsInAll: number;
  result(): ComparisonResult;
}

/** Plans the same fault on several deployment kinds, with common random numbers. */
export function planComparison(options: ComparisonOptions): ComparisonPlan {
  const { kinds, registry, fault, trials, seed } = options;
  const deployments = kinds.flatMap((kind) => {
    const scenario = comparisonScenario(kind, fault, registry);
    return scenario
      ? [{ kind, deployed: kind.comparison(REGIONS).deployed, scenario, columns: new TrialColumns(trials) }]
      : [];
  });
  const left = kinds.filter((kind) => !deployments.some((deployment) => deployment.kind === kind));
  return {
    jobs: deployments.flatMap(({ scenario, columns }) => jobsOf({ scenario, seed, trials }, columns)),
    trialsInAll: trials * deployments.length,
    result: () => ({
      fault: fault.summary,
      seed,
      trials,
      kinds: withDifferences(
        deployments.map(({ kind, deployed, scenario, columns }) => ({
          result: kindResult(kind, deployed, columns, billingOf(scenario, registry), fault.unplannedFailover),
          columns,
        })),
      ),
      notes: [
        CLIENTS_NOTE,
        ...requestNote(fault, deployments),
        ...left.map((kind) => `${kind.title} is left out: ${fault.id} has nothing to act on there.`),
      ],
    }),
  };
}

/** A planned failover is something else for every kind: a time of 0s may mean that nothing moved. */
function requestNote(
  fault: ComparisonFault,
  deployments: readonly { readonly kind: DeploymentKind }[],
): readonly string[] {
  const asked = deployments.flatMap(({ kind }) => {
    const request = fault.mapping(kind.comparison(REGIONS), { az: '', region: '' })?.request;
    return typeof request === 'string' ? [`${kind.title}: ${request}`] : [];
  });
  return asked.length === 0
    ? []
    : [`What is asked for: ${asked.join('; ')}. Where clients stay with what they have, it takes them 0s.`];
}

/** Collected in the order of the trials: which of two equals is named first must not depend on who was quicker. */
function jobsOf(
  { scenario, seed, trials }: Pick<TrialBlock, 'scenario' | 'seed'> & { readonly trials: number },
  columns: TrialColumns,
): readonly Job<TrialBlock>[] {
  const shelf = new BlockShelf<BlockColumns>((_, block) => columns.put(block));
  return blocks(trials).map(({ from, to }, place) => ({
    block: { job: 'comparison', scenario, seed, from, to },
    collect: (block) => shelf.put(place, block),
  }));
}

/** All databases of a deployment together: a read replica costs its source as well. */
function billingOf({ topology }: Scenario, registry: ReadonlyMap<string, DeploymentKind>): BillingFactors {
  const parts = Object.values(topology.databases).flatMap(
    (database) => registry.get(database.model)?.billing(database.parameters) ?? [],
  );
  const sum = (key: 'instances' | 'storageCopies' | 'crossAzTransfers' | 'crossRegionTransfers') =>
    parts.reduce((total, part) => total + part[key], 0);
  return {
    instances: sum('instances'),
    storageCopies: sum('storageCopies'),
    crossAzTransfers: sum('crossAzTransfers'),
    crossRegionTransfers: sum('crossRegionTransfers'),
    note: parts.map((part) => part.note).join('; '),
  };
}

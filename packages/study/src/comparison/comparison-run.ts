import type { ComparisonResult } from '@faultline/metrics';
import type { BillingFactors, DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type BlockColumns, trialsIn } from '../block-columns.ts';
import { BLOCKS_PER_ROUND, firstBlocks, type Trials } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import { BlockShelf } from '../grid/block-shelf.ts';
import type { TrialBlock } from '../trial.ts';
import type { ComparisonFault } from './comparison-fault.ts';
import { CLIENTS_NOTE, comparisonScenario, REGIONS } from './comparison-scenario.ts';
import { kindResult, withDifferences } from './kind-comparison.ts';
import { KindTally } from './kind-tally.ts';
import { PairwiseDifferences } from './pairwise-differences.ts';

export interface ComparisonOptions {
  readonly kinds: readonly DeploymentKind[];
  readonly registry: ReadonlyMap<string, DeploymentKind>;
  readonly fault: ComparisonFault;
  /** Trials of each kind, from 1. */
  readonly trials: number;
  readonly seed: string;
}

interface Deployment {
  readonly kind: DeploymentKind;
  readonly scenario: Scenario;
  readonly tally: KindTally;
}

/** Told the blocks of every kind in the order of their trials, whatever the order in which they were carried out. */
type ComparisonSink = (kind: string, columns: BlockColumns) => void;

/**
 * The same fault on several deployment kinds, with common random numbers, in the making. Its result depends on the
 * options alone; what is in memory does not grow with the number of trials.
 */
export class ComparisonRun implements Rounds<TrialBlock> {
  readonly #options: ComparisonOptions;
  readonly #sink: ComparisonSink;
  readonly #deployments: readonly Deployment[];
  readonly #differences: PairwiseDifferences;
  /** Trials of every kind that were handed out. */
  #asked = 0;
  #done = 0;

  constructor(options: ComparisonOptions, sink: ComparisonSink = () => {}) {
    const { kinds, registry, fault } = options;
    this.#options = options;
    this.#sink = sink;
    this.#deployments = kinds.flatMap((kind) => {
      const scenario = comparisonScenario(kind, fault, registry);
      return scenario ? [{ kind, scenario, tally: new KindTally() }] : [];
    });
    this.#differences = new PairwiseDifferences(this.#deployments.length);
  }

  nextRound(): readonly Job<TrialBlock>[] {
    const kinds = this.#deployments.length;
    if (kinds === 0) return [];
    const count = Math.max(1, Math.floor(BLOCKS_PER_ROUND / kinds));
    const blocks = firstBlocks(count, this.#asked + 1, this.#options.trials);
    this.#asked = blocks.at(-1)?.to ?? this.#asked;
    return this.#jobs(blocks);
  }

  /** Trials of all kinds. */
  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#options.trials * this.#deployments.length };
  }

  /** Complete once every job has been collected. */
  result(): ComparisonResult {
    const { registry, fault, trials, seed } = this.#options;
    const results = this.#deployments.map(({ kind, scenario, tally }) =>
      kindResult(
        kind,
        kind.comparison(REGIONS).deployed,
        tally,
        billingOf(scenario, registry),
        fault.unplannedFailover,
      ),
    );
    return {
      fault: fault.summary,
      seed,
      trials,
      kinds: withDifferences(results, this.#differences),
      notes: [CLIENTS_NOTE, ...this.#requests(), ...this.#leftOut()],
    };
  }

  /** A planned failover is something else for every kind: a time of 0s may mean that nothing moved. */
  #requests(): readonly string[] {
    const { fault } = this.#options;
    const asked = this.#deployments.flatMap(({ kind }) => {
      const request = fault.mapping(kind.comparison(REGIONS), { az: '', region: '' })?.request;
      return typeof request === 'string' ? [`${kind.title}: ${request}`] : [];
    });
    return asked.length === 0
      ? []
      : [`What is asked for: ${asked.join('; ')}. Where clients stay with what they have, it takes them 0s.`];
  }

  #leftOut(): readonly string[] {
    const { kinds, fault } = this.#options;
    return kinds
      .filter((kind) => !this.#deployments.some((deployment) => deployment.kind === kind))
      .map((kind) => `${kind.title} is left out: ${fault.id} has nothing to act on there.`);
  }

  /** Block by block, and in each kind by kind: those with the same trials have little to wait for each other. */
  #jobs(blocks: readonly Trials[]): readonly Job<TrialBlock>[] {
    const { seed } = this.#options;
    let together: BlockColumns[] = [];
    const shelf = new BlockShelf<BlockColumns>((_, columns) => {
      together.push(columns);
      if (together.length < this.#deployments.length) return;
      this.#collect(together);
      together = [];
    });
    return blocks.flatMap(({ from, to }, block) =>
      this.#deployments.map(({ scenario }, kind) => ({
        block: { job: 'comparison' as const, scenario, seed, from, to },
        collect: (columns: BlockColumns) => shelf.put(block * this.#deployments.length + kind, columns),
      })),
    );
  }

  /** `blocks`: the same trials of every kind. */
  #collect(blocks: readonly BlockColumns[]): void {
    for (const [place, { kind, tally }] of this.#deployments.entries()) {
      const columns = blocks[place] as BlockColumns;
      tally.add(columns);
      this.#done += trialsIn(columns);
      this.#sink(kind.id, columns);
    }
    this.#differences.add(blocks);
  }
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

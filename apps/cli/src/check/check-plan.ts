import { type Invariant, invariants, sometimes } from '@faultline/checkers';
import { type DeploymentKind, kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import {
  Coverage,
  deploymentsOf,
  faultMenu,
  RUN_COMPLETES,
  type SearchPlan,
  scenariosLike,
  scenariosOf,
} from '@faultline/testing';
import { oneOf } from '../arguments.ts';

/** What a check runs, and what it holds against it. */
export interface CheckPlan extends SearchPlan {
  readonly invariants: readonly Invariant[];
  readonly coverage: Coverage;
}

/** All invariants, or the one that is named. That a run completes is always asked for. */
export function checkInvariants(name: string | undefined): readonly Invariant[] {
  if (name === undefined) return invariants;
  if (name === RUN_COMPLETES) return [];
  return [oneOf('--invariant', name, new Map(invariants.map((invariant) => [invariant.name, invariant])))];
}

/** Random scenarios of these kinds; or a scenario, and others like it. */
export function checkPlan(
  tested: readonly DeploymentKind[],
  scenario: Scenario | null,
  seed: string,
  held: readonly Invariant[],
): CheckPlan {
  if (scenario) {
    const models = new Set(Object.values(scenario.topology.databases).map(({ model }) => model));
    const used = [...kinds.values()].filter(({ id }) => models.has(id));
    const coverage = new Coverage(kinds, used, faultMenu(scenario, kinds), sometimes);
    return { seed, given: [scenario], sources: [scenariosLike(scenario, { kinds })], invariants: held, coverage };
  }
  const found = tested.map((kind) => ({ kind, deployments: deploymentsOf(kind, kinds) }));
  const menu = found.flatMap(({ deployments }) => deployments.flatMap((deployment) => deployment.menu));
  const sources = found.map(({ kind, deployments }) => scenariosOf(kind, { kinds, deployments }));
  return { seed, given: [], sources, invariants: held, coverage: new Coverage(kinds, tested, menu, sometimes) };
}

import { invariants } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { type DeploymentKind, kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import {
  type ChartCounts,
  checkRun,
  explore,
  exploredChart,
  type SearchPlan,
  scenariosOf,
  search,
  watchedKind,
} from '@faultline/testing';
import { digestOf } from '@faultline/trace';
import type { Mutant } from './mutant.ts';

/** Who noticed a mutant: an invariant, a recorded simulation, the exploration of the chart, or nobody. */
export type Verdict = { readonly by: 'invariant' | 'recorded result' | 'exploration'; readonly name: string } | null;

/** One trouble or request in all: as `exploration.test.ts` explores every chart, and asserts how many states it has. */
const EXPLORED = { atATime: 1, inAll: 1 };

/** Runs of the real kind that pass through a place of its chart, at most: they are what its mutants are run with. */
const RUNS_PER_PLACE = 25;

interface KnownRun {
  readonly scenario: Scenario;
  /** States and transitions that it passes through. */
  readonly passes: ReadonlySet<string>;
}

/**
 * Hunts mutants of one kind: random runs that the real kind survives must break an invariant, or one of its recorded
 * simulations must give another trace, or its chart must
 * have other states and transitions when it is explored.
 */
export class Hunt {
  readonly #random: readonly KnownRun[];
  readonly #recorded: readonly (KnownRun & { readonly digest: string })[];
  readonly #explored: string;

  constructor(kind: DeploymentKind, runs: number, seed: string, recorded: readonly Scenario[]) {
    const counts: ChartCounts = { states: new Map(), transitions: new Map() };
    const watched = new Map(kinds).set(kind.id, watchedKind(kind, counts));
    const known = (scenario: Scenario): KnownRun => {
      forget(counts);
      for (const _ of simulate(scenario, watched));
      return { scenario, passes: new Set([...passed(counts.states), ...passed(counts.transitions)]) };
    };
    const plan: SearchPlan = { seed, given: [], sources: [scenariosOf(kind, { kinds })] };
    const random: KnownRun[] = [];
    for (const { run, scenario, violations } of search(plan, { kinds, invariants })) {
      if (violations.length === 0) random.push(known(scenario));
      if (run >= runs) break;
    }
    this.#random = random;
    this.#recorded = recorded.map((scenario) => ({ ...known(scenario), digest: digestUnder(scenario, kinds) }));
    this.#explored = extentOf(kind);
  }

  hunt(mutant: Mutant): Verdict {
    const world = new Map(kinds).set(mutant.kind, mutant.broken);
    for (const { scenario } of through(this.#random, mutant).slice(0, RUNS_PER_PLACE)) {
      const [first] = checkRun(scenario, { kinds: world, invariants, untilViolated: true }).violations;
      if (first) return { by: 'invariant', name: first.invariant };
    }
    for (const { scenario, digest } of through(this.#recorded, mutant)) {
      if (digestUnder(scenario, world) !== digest) return { by: 'recorded result', name: scenario.name };
    }
    const extent = extentOf(mutant.broken);
    return extent === this.#explored ? null : { by: 'exploration', name: extent };
  }
}

/** How many states and transitions its chart has, and what goes wrong in them. */
function extentOf(kind: DeploymentKind): string {
  try {
    const { states, edges, problems } = explore(exploredChart(kind), EXPLORED);
    return `${states.length} states, ${edges.length} transitions, ${problems.length} problems`;
  } catch (error) {
    return `it fails: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Those that pass through the place of a mutant, and then those that at least come near it. */
function through<Run extends KnownRun>(runs: readonly Run[], { place, state }: Mutant): readonly Run[] {
  const there = runs.filter(({ passes }) => passes.has(place));
  const near = runs.filter(({ passes }) => !passes.has(place) && (state === '' || passes.has(state)));
  return [...there, ...near];
}

function digestUnder(scenario: Scenario, world: ReadonlyMap<string, DeploymentKind>): string {
  try {
    return digestOf([...simulate(scenario, world)]);
  } catch {
    return 'it fails';
  }
}

function forget({ states, transitions }: ChartCounts): void {
  for (const counts of [states, transitions]) for (const name of counts.keys()) counts.set(name, 0);
}

function passed(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].filter(([, count]) => count > 0).map(([name]) => name);
}

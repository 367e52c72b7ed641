import { invariants as allInvariants, type Invariant } from '@faultline/checkers';
import { kinds as allKinds, type DeploymentKind } from '@faultline/models';
import { type Scenario, stringifyScenario } from '@faultline/scenario';
import type * as fc from 'fast-check';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { checkRun } from '../checking/check-run.ts';
import { counterexample } from '../checking/counterexample.ts';
import { search } from '../checking/search.ts';

const RUNS = 100;
const SEED = '7';

export interface AlwaysOptions {
  /** Random runs; 100 if nothing is said. */
  readonly runs?: number;
  /** Seed of the search; `7` if nothing is said. The same seed makes the same runs. */
  readonly seed?: string;
  /** Where scenarios come from; random ones of the kind if nothing is said. */
  readonly scenarios?: fc.Arbitrary<Scenario>;
  /** Deployment kinds that scenarios may name; those of Faultline if nothing is said. */
  readonly kinds?: ReadonlyMap<string, DeploymentKind>;
}

/**
 * Asserts that what is promised of a deployment kind holds in random runs. For any test runner: it returns when all
 * runs held, and throws an error that tells the story of the smallest counterexample, with its scenario as YAML.
 *
 * @param kind Id of a deployment kind, e.g. `rds.multi-az-instance`.
 * @param promised Invariants, by name or your own; all that apply if nothing is said.
 * @throws Error for an unknown kind or invariant, and for a run that breaks one.
 */
export function expectAlways(
  kind: string,
  promised: readonly (Invariant | string)[] = allInvariants,
  options: AlwaysOptions = {},
): void {
  const { runs = RUNS, seed = SEED, kinds = allKinds } = options;
  const tested = kinds.get(kind);
  if (!tested) throw new Error(`found kind ${JSON.stringify(kind)}, expected one of ${[...kinds.keys()].join(', ')}`);
  const invariants = promised.map(invariantOf);
  const sources = [options.scenarios ?? scenariosOf(tested, { kinds })];
  const held = { kinds, invariants, untilViolated: true };
  for (const { run, scenario, violations } of search({ seed, given: [], sources }, held)) {
    const [violation] = violations;
    if (violation) throw new Error(accusation(scenario, violation.invariant, run, seed, { kinds, invariants }));
    if (run >= runs) return;
  }
}

/** Whether one scenario keeps every promise: a predicate for properties of your own with fast-check. */
export function holdsIn(
  scenario: Scenario,
  promised: readonly (Invariant | string)[] = allInvariants,
  kinds: ReadonlyMap<string, DeploymentKind> = allKinds,
): boolean {
  const invariants = promised.map(invariantOf);
  return checkRun(scenario, { kinds, invariants, untilViolated: true }).violations.length === 0;
}

function invariantOf(one: Invariant | string): Invariant {
  if (typeof one !== 'string') return one;
  const known = allInvariants.find(({ name }) => name === one);
  if (known) return known;
  const names = allInvariants.map(({ name }) => name).join(', ');
  throw new Error(`found invariant ${JSON.stringify(one)}, expected one of ${names}`);
}

function accusation(
  found: Scenario,
  broken: string,
  run: number,
  seed: string,
  held: { readonly kinds: ReadonlyMap<string, DeploymentKind>; readonly invariants: readonly Invariant[] },
): string {
  const { scenario, story } = counterexample(found, broken, held);
  return [
    `run ${run} of seed ${seed} breaks ${broken}`,
    '',
    ...story,
    '',
    'The scenario, for `faultline check FILE --runs 1`:',
    '',
    stringifyScenario(scenario),
  ].join('\n');
}

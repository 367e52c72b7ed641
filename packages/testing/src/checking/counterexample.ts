import type { Invariant, Violation } from '@faultline/checkers';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { shrink } from '../shrinking/shrink.ts';
import { storyOf } from '../story/story.ts';
import { checkRun } from './check-run.ts';

/** The simplest scenario found that breaks an invariant, and what happens in it. */
export interface Counterexample {
  readonly scenario: Scenario;
  readonly violation: Violation;
  /** The trace of its run, records of the watch included. */
  readonly records: readonly TraceRecord[];
  /** Lines for people: what was promised, what happened, what was broken. */
  readonly story: readonly string[];
  /** Scenarios that were run to find it. */
  readonly tries: number;
}

/** Makes a scenario that breaks an invariant as simple as it can be made while it breaks the same one. */
export function counterexample(
  found: Scenario,
  broken: string,
  invariants: readonly Invariant[],
  kinds: ReadonlyMap<string, DeploymentKind>,
): Counterexample {
  const own = invariants.filter(({ name }) => name === broken);
  const violationIn = (scenario: Scenario, each?: (record: TraceRecord) => void): Violation | undefined => {
    const options = { kinds, invariants: own, untilViolated: each === undefined, ...(each ? { each } : {}) };
    return checkRun(scenario, options).violations.find(({ invariant }) => invariant === broken);
  };
  const { scenario: simplest, tries } = shrink(found, kinds, (candidate) => violationIn(candidate) !== undefined);
  const scenario = { ...simplest, name: `${broken}-broken`, summary: `A run that breaks ${broken}.` };
  const records: TraceRecord[] = [];
  const violation = violationIn(scenario, (record) => records.push(record));
  if (!violation) throw new Error(`${broken} is broken in a run and held in the same run`);
  return { scenario, violation, records, story: storyOf(records, violation, own[0]), tries };
}

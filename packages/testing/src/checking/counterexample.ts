import type { Violation } from '@faultline/checkers';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { shrink } from '../shrinking/shrink.ts';
import { storyOf } from '../story/story.ts';
import { type CheckOptions, checkRun } from './check-run.ts';

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
export function counterexample(found: Scenario, broken: string, options: CheckOptions): Counterexample {
  const invariants = options.invariants.filter(({ name }) => name === broken);
  const violationIn = (scenario: Scenario, more: Partial<CheckOptions>): Violation | undefined =>
    checkRun(scenario, { ...options, invariants, ...more }).violations.find(({ invariant }) => invariant === broken);
  const ignoring = { each: () => {}, untilViolated: true };
  const { scenario: simplest, tries } = shrink(found, options.kinds, (one) => violationIn(one, ignoring) !== undefined);
  const scenario = { ...simplest, name: `${broken}-broken`, summary: `A run that breaks ${broken}.` };
  const records: TraceRecord[] = [];
  const violation = violationIn(scenario, { each: (record) => records.push(record), untilViolated: false });
  if (!violation) throw new Error(`${broken} is broken in a run and held in the same run`);
  return { scenario, violation, records, story: storyOf(records, violation, invariants[0]), tries };
}

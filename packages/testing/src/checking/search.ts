import { RandomStreams } from '@faultline/clock';
import type { Scenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { type CheckedRun, type CheckOptions, checkRun } from './check-run.ts';

/** What a search runs. */
export interface SearchPlan {
  readonly seed: string;
  /** Run before all others, as they are. */
  readonly given: readonly Scenario[];
  /** Where the others come from; they take turns. */
  readonly sources: readonly fc.Arbitrary<Scenario>[];
}

/** One run of a search. */
export interface SearchedRun extends CheckedRun {
  /** From 1. */
  readonly run: number;
  readonly scenario: Scenario;
}

const INTEGERS = 2 ** 31;

/** Runs under watch, without end. Run n of a plan is always the same: each draws from a stream of its own. */
export function* search({ seed, given, sources }: SearchPlan, options: CheckOptions): Generator<SearchedRun, never> {
  for (let run = 1; ; run++) {
    // Streams are kept by name, and there may be millions of runs: each has them to itself.
    const chance = new RandomStreams(seed).stream(`run/${run}`);
    const scenario = given[run - 1] ?? draw(sources[(run - 1) % sources.length], chance());
    yield { run, scenario, ...checkRun(scenario, options) };
  }
}

function draw(source: fc.Arbitrary<Scenario> | undefined, share: number): Scenario {
  if (!source) throw new Error('a search needs somewhere to take scenarios from');
  const [scenario] = fc.sample(source, { seed: Math.floor(share * INTEGERS), numRuns: 1 });
  return scenario as Scenario;
}

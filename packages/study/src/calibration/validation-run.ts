import { QuantileSketch, type ValidationResult } from '@faultline/metrics';
import { BLOCKS_PER_ROUND, blocks } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import type { CalibrationBlock } from './calibration-block.ts';
import type { CalibrationCase } from './calibration-case.ts';
import { agreementOf, caseValidation } from './case-validation.ts';

export interface ValidationOptions {
  readonly cases: readonly CalibrationCase[];
  /** Trials of each case, from 1; a case that needs fewer has fewer. */
  readonly trials: number;
  readonly seed: string;
}

/** What nobody could set up, and why. */
const NOTES = [
  'C6 has a second half without a standby, a resize in place: there is no such request.',
  'A figure for eventual reads of SimpleDB (2011) is left out: it is another service.',
];

interface CaseStudy {
  readonly one: CalibrationCase;
  readonly trials: number;
  /** Values of each measure over all trials; Infinity where it did not happen. */
  readonly values: readonly QuantileSketch[];
}

/** The calibration cases, each set up as it was measured, in the making; its result depends on the options alone. */
export class ValidationRun implements Rounds<CalibrationBlock> {
  readonly #options: ValidationOptions;
  readonly #studies: readonly CaseStudy[];
  readonly #left: Iterator<Job<CalibrationBlock>>;
  #done = 0;

  constructor(options: ValidationOptions) {
    this.#options = options;
    this.#studies = options.cases.map((one) => ({
      one,
      trials: Math.min(options.trials, one.trialsAtMost ?? options.trials),
      values: one.measures.map(() => new QuantileSketch()),
    }));
    this.#left = this.#jobs();
  }

  nextRound(): readonly Job<CalibrationBlock>[] {
    const jobs: Job<CalibrationBlock>[] = [];
    while (jobs.length < BLOCKS_PER_ROUND) {
      const { value, done } = this.#left.next();
      if (done) break;
      jobs.push(value);
    }
    return jobs;
  }

  /** Trials of all cases. */
  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#studies.reduce((sum, { trials }) => sum + trials, 0) };
  }

  /** Complete once every job has been collected. */
  result(): ValidationResult {
    const { seed, trials } = this.#options;
    const cases = this.#studies.map((study) => caseValidation(study.one, study.trials, study.values));
    return {
      seed,
      trials,
      cases,
      used: agreementOf(cases, true),
      heldOut: agreementOf(cases, false),
      notes: NOTES,
    };
  }

  *#jobs(): Generator<Job<CalibrationBlock>, void, void> {
    const { seed } = this.#options;
    for (const { one, trials, values } of this.#studies) {
      for (const { from, to } of blocks(trials)) {
        yield {
          block: { job: 'calibration', case: one.id, seed, from, to },
          // Sketches do not show the order of values, nor so the order in which blocks come back.
          collect: (results) => {
            for (const trial of results)
              for (const [index, value] of trial.values.entries())
                (values[index] as QuantileSketch).add(value ?? Number.POSITIVE_INFINITY);
            this.#done += results.length;
          },
        };
      }
    }
  }
}

import type { ValidationResult } from '@faultline/metrics';
import { blocks } from '../blocks.ts';
import type { Job } from '../executors/run-all.ts';
import type { CalibrationBlock } from './calibration-block.ts';
import type { CalibrationCase } from './calibration-case.ts';
import { agreementOf, caseValidation } from './case-validation.ts';

export interface ValidationOptions {
  readonly cases: readonly CalibrationCase[];
  /** Trials of each case, from 1; a case that needs fewer has fewer. */
  readonly trials: number;
  readonly seed: string;
}

/** A validation as work to be done: the result is complete once every job has been collected. */
export interface ValidationPlan {
  readonly jobs: readonly Job<CalibrationBlock>[];
  readonly trialsInAll: number;
  result(): ValidationResult;
}

/** What nobody could set up, and why. */
const NOTES = [
  'C6 has a second half without a standby, a resize in place: there is no such request.',
  'A figure for eventual reads of SimpleDB (2011) is left out: it is another service.',
];

/** Plans the calibration cases, each set up as it was measured. */
export function planValidation({ cases, trials, seed }: ValidationOptions): ValidationPlan {
  const studies = cases.map((one) => {
    const count = Math.min(trials, one.trialsAtMost ?? trials);
    return {
      one,
      count,
      columns: one.measures.map((): (number | null)[] => new Array<number | null>(count).fill(null)),
    };
  });
  return {
    jobs: studies.flatMap(({ one, count, columns }) =>
      blocks(count).map(({ from, to }) => ({
        block: { job: 'calibration' as const, case: one.id, seed, from, to },
        // Each trial has its own place, so that the order in which blocks come back does not show.
        collect: (results) => {
          for (const { trial, values } of results)
            for (const [index, value] of values.entries()) (columns[index] as (number | null)[])[trial - 1] = value;
        },
      })),
    ),
    trialsInAll: studies.reduce((sum, { count }) => sum + count, 0),
    result() {
      const validated = studies.map(({ one, columns }) => caseValidation(one, columns));
      return {
        seed,
        trials,
        cases: validated,
        used: agreementOf(validated, true),
        heldOut: agreementOf(validated, false),
        notes: NOTES,
      };
    },
  };
}

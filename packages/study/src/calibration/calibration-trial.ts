import { type SimulationOptions, simulate } from '@faultline/engine';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { trialSeed } from '../trial.ts';
import type { CalibrationCase } from './calibration-case.ts';

/** The shorter ways to the same records. */
const WAYS: SimulationOptions = { charts: 'compiled', operations: 'straight' };

/** The figures of one trial, in the order of the case's measures: times in microseconds; null for what did not happen. */
export interface CalibrationTrial {
  readonly trial: number;
  readonly values: readonly (number | null)[];
}

/** Measures once, as the people of the case did; stops when there is nothing left to see. */
export function runCalibrationTrial(
  one: CalibrationCase,
  scenario: Scenario,
  trial: number,
  seed: string,
  kinds: ReadonlyMap<string, DeploymentKind>,
): CalibrationTrial {
  const watches = one.measures.map((measure) => measure.watch());
  for (const record of simulate({ ...scenario, seed: trialSeed(seed, trial) }, kinds, WAYS)) {
    for (const watch of watches) watch.add(record);
    if (watches.every((watch) => watch.settled)) break;
  }
  return { trial, values: watches.map((watch) => watch.value()) };
}

import type { DeploymentKind } from '@faultline/models';
import { calibrationCases } from './calibration-cases.ts';
import { calibrationScenario } from './calibration-scenario.ts';
import { type CalibrationTrial, runCalibrationTrial } from './calibration-trial.ts';

/** Some trials of one calibration case: numbers `from` to `to`, both included. */
export interface CalibrationBlock {
  readonly job: 'calibration';
  /** Id of the case; a case itself holds functions and cannot go to another thread. */
  readonly case: string;
  readonly seed: string;
  readonly from: number;
  readonly to: number;
}

/** Runs a block. Its result depends on the block alone. */
export function runCalibrationBlock(
  { case: id, seed, from, to }: CalibrationBlock,
  kinds: ReadonlyMap<string, DeploymentKind>,
): readonly CalibrationTrial[] {
  const one = calibrationCases.get(id);
  if (!one) throw new Error(`no calibration case ${id}`);
  const scenario = calibrationScenario(one, kinds);
  return Array.from({ length: to - from + 1 }, (_, index) =>
    runCalibrationTrial(one, scenario, from + index, seed, kinds),
  );
}

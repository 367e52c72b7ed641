import type { DeploymentKind } from '@faultline/models';
import { formatProblem, parseScenario, type Scenario } from '@faultline/scenario';
import type { CalibrationCase } from './calibration-case.ts';

/** The set-up of a case as a scenario; throws where the case contradicts itself. Its seed is replaced by each trial's. */
export function calibrationScenario(one: CalibrationCase, kinds: ReadonlyMap<string, DeploymentKind>): Scenario {
  const text = JSON.stringify(
    { scenario: `calibration-${one.id}`, summary: `${one.title}.`, seed: '0', ...one.scenario() },
    null,
    1,
  );
  const parsed = parseScenario(text, `${one.id} (calibration)`, kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return parsed.scenario;
}

import type { DeploymentKind } from '@faultline/models';
import { deepFreeze } from './freeze.ts';
import type { Problem } from './problem.ts';
import { Report } from './report.ts';
import { readScenario } from './root.ts';
import type { Scenario } from './scenario.ts';
import { readYamlDocument } from './yaml-document.ts';

/** A scenario, or what is wrong with its text: at the most 20 problems in the order of the file. */
export type ParseResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads the text of a scenario file: total, checked and deeply frozen, or refused with every reason.
 *
 * Never throws, whatever the text, as long as the kinds do not; bounded in time and memory by the limits in
 * the README.
 *
 * @param file The name that the problems carry; it is not opened.
 * @param kinds The deployment kinds that a database's `model` may name.
 */
export function parseScenario(text: string, file: string, kinds: ReadonlyMap<string, DeploymentKind>): ParseResult {
  const report = new Report();
  const root = readYamlDocument(text, report);
  const scenario = root === undefined ? undefined : readScenario(root, report, kinds);
  if (report.count > 0) return { ok: false, problems: report.problems(file, text) };
  if (scenario === undefined) throw new Error('A reader refused a value without saying why.');
  return { ok: true, scenario: deepFreeze(scenario) };
}

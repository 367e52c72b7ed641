import { kinds } from '@faultline/models';
import {
  formatProblem,
  isSeed,
  MAX_SCENARIO_BYTES,
  parseScenario,
  type Scenario,
  SEED_EXPECTS,
} from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';
import { readTextFile } from './text-file.ts';

/** What the file of a scenario is, for messages about one that is not. */
export const SCENARIO_FILE = {
  name: 'a scenario',
  maxBytes: MAX_SCENARIO_BYTES,
  example: 'simulations/rds-multi-az-instance/host-failure.yaml',
};

/** Reads a scenario, or ends the command with every problem of the file. `seed` replaces the file's own. */
export function readScenario(file: string, seed: string | undefined): Scenario {
  const text = readTextFile(file, SCENARIO_FILE);
  const parsed = parseScenario(text, file, kinds);
  if (!parsed.ok)
    throw new CommandError(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n\n'), EXIT.badInput);
  return seed === undefined ? parsed.scenario : { ...parsed.scenario, seed: checkedSeed(seed) };
}

/** `write`: how to give a seed where this one was given. */
export function checkedSeed(seed: string, where = '--seed', write = '--seed 7'): string {
  if (!isSeed(seed))
    throw new CommandError(
      `${where}: found ${JSON.stringify(seed)}, expected ${SEED_EXPECTS}, for example ${write}`,
      EXIT.usage,
    );
  return seed;
}

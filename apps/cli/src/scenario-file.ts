import { readFileSync, statSync } from 'node:fs';
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

/** Reads a scenario, or ends the command with every problem of the file. `seed` replaces the file's own. */
export function readScenario(file: string, seed: string | undefined): Scenario {
  const text = readText(file);
  const parsed = parseScenario(text, file, kinds);
  if (!parsed.ok)
    throw new CommandError(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n\n'), EXIT.badInput);
  return seed === undefined ? parsed.scenario : { ...parsed.scenario, seed: checkedSeed(seed) };
}

export function checkedSeed(seed: string): string {
  if (!isSeed(seed))
    throw new CommandError(
      `--seed: found ${JSON.stringify(seed)}, expected ${SEED_EXPECTS}, for example --seed 7`,
      EXIT.usage,
    );
  return seed;
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MAX_SCENARIO_BYTES)
      throw new CommandError(
        `${file}: found ${size} bytes, expected a scenario of at most ${MAX_SCENARIO_BYTES}`,
        EXIT.badInput,
      );
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); expected the path of a scenario, for example simulations/rds-multi-az-instance/host-failure.yaml`,
      EXIT.badInput,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError(`${file}: found bytes that are not UTF-8, expected a scenario as UTF-8 text`, EXIT.badInput);
  }
}

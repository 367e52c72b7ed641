import { kinds } from '@faultline/models';
import { isSeed, parseScenario, type Scenario, SEED_EXPECTS } from '@faultline/scenario';
import type { ClientMessageOf } from '../../protocol/client-messages.ts';
import { SCENARIO_BYTES_MAX } from '../../protocol/limits.ts';
import type { Scenarios } from '../catalogue.ts';
import { Refusal, scenarioRefusal } from './refusal.ts';

export interface NamedScenario {
  readonly name: string | null;
  readonly scenario: Scenario;
}

/** The scenario that a page asks for. Throws a Refusal. */
export function scenarioOf(scenarios: Scenarios, { name, yaml, seed }: ClientMessageOf<'load'>): NamedScenario {
  if ((name === undefined) === (yaml === undefined))
    throw new Refusal('message', 'load: expected either a name or the text of a scenario');
  const text = yaml ?? scenarios.text(name ?? '');
  if (text === undefined)
    throw new Refusal('scenario', `found the scenario ${JSON.stringify(name)}, expected one of the catalogue`);
  if (Buffer.byteLength(text) > SCENARIO_BYTES_MAX)
    throw new Refusal(
      'scenario',
      `found a scenario of ${Buffer.byteLength(text)} bytes, expected at most ${SCENARIO_BYTES_MAX}`,
    );
  const parsed = parseScenario(text, `${name ?? 'pasted'}.yaml`, kinds);
  if (!parsed.ok) throw scenarioRefusal(parsed.problems, text);
  return { name: name ?? null, scenario: withSeed(parsed.scenario, seed) };
}

/** Throws a Refusal for what cannot be a seed. */
export function withSeed(scenario: Scenario, seed: string | undefined): Scenario {
  if (seed === undefined) return scenario;
  if (!isSeed(seed)) throw new Refusal('message', `found the seed ${JSON.stringify(seed)}, expected ${SEED_EXPECTS}`);
  return { ...scenario, seed };
}

import { type DeploymentKind, kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type ComparisonFault, comparisonFaults, comparisonScenario } from '@faultline/study';
import type { ClientMessageOf } from '../../protocol/client-messages.ts';
import { Refusal } from '../session/refusal.ts';
import { withSeed } from '../session/scenario-source.ts';

export interface Racer {
  readonly kind: DeploymentKind;
  readonly scenario: Scenario;
}

export interface RacePlan {
  readonly racers: readonly Racer[];
  readonly fault: ComparisonFault;
  readonly trials: number;
  readonly seed: string;
}

const SEED = '7';

/** The deployments of a race, each with the same clients under the same fault. Throws a Refusal. */
export function racePlan({ kinds: ids, fault: id, trials, seed = SEED }: ClientMessageOf<'race'>): RacePlan {
  const fault = comparisonFaults.get(id);
  if (fault === undefined)
    throw new Refusal('race', `found the fault ${id}, expected one of ${[...comparisonFaults.keys()].join(', ')}`);
  if (new Set(ids).size < ids.length) throw new Refusal('race', 'found a kind twice: expected different kinds');
  const racers = ids.map((kindId) => {
    const kind = kinds.get(kindId);
    if (kind === undefined)
      throw new Refusal('race', `found the kind ${kindId}, expected one of ${[...kinds.keys()].join(', ')}`);
    const scenario = comparisonScenario(kind, fault, kinds);
    if (scenario === null) throw new Refusal('race', `${kind.title}: ${fault.id} has nothing to act on there.`);
    return { kind, scenario: withSeed(scenario, seed) };
  });
  return { racers, fault, trials, seed };
}

import { kinds } from '@faultline/models';
import {
  causes,
  type FaultSpec,
  parseScenario,
  requestCause,
  requestOf,
  type Scenario,
  stringifyScenario,
} from '@faultline/scenario';
import type { ClientMessageOf } from '../../protocol/client-messages.ts';
import { Refusal } from './refusal.ts';

export type Intervention = ClientMessageOf<'inject'> | ClientMessageOf<'heal'> | ClientMessageOf<'request'>;

/**
 * An intervention takes effect at the next whole millisecond: a time that can be read in the saved scenario, and after
 * everything that the page has seen.
 */
export function instantOfIntervention(nowUs: number): number {
  return (Math.floor(nowUs / 1_000) + 1) * 1_000;
}

/** The scenario as if it had held the intervention from the beginning. Throws a Refusal. */
export function intervened(scenario: Scenario, intervention: Intervention, atUs: number): Scenario {
  if (atUs >= scenario.horizonUs) throw new Refusal('intervention', 'The run is over: go back to an earlier instant.');
  const faults =
    intervention.type === 'heal'
      ? healed(scenario, intervention.fault, atUs)
      : [...scenario.faults, faultOf(intervention, atUs)];
  // Through the text, so that what is checked here is what will be saved.
  const text = stringifyScenario({ ...scenario, faults });
  const parsed = parseScenario(text, 'intervention', kinds);
  if (parsed.ok) return parsed.scenario;
  const told = parsed.problems.map(({ found, expected }) => `found ${found}, expected ${expected}`);
  throw new Refusal('intervention', told.join('\n'));
}

/** A fault as a scenario would write it; only reading that text tells what the target is. */
function faultOf(intervention: Exclude<Intervention, { readonly type: 'heal' }>, atUs: number): FaultSpec {
  if (intervention.type === 'request') {
    const { request, of } = intervention;
    return { atUs, cause: requestCause(request), target: written(of), forUs: null, options: {} };
  }
  const { cause, target, options = {}, forUs = null } = intervention;
  const known = causes.get(cause);
  if (known === undefined) throw new Refusal('intervention', `found the cause ${cause}, which does not exist`);
  if (forUs !== null && !known.lasts)
    throw new Refusal('intervention', `${cause} is over in an instant: expected it without a duration`);
  return { atUs, cause, target: written(target), forUs, options };
}

function written(text: string): FaultSpec['target'] {
  return { on: 'database', database: text, text };
}

function healed({ faults }: Scenario, index: number, atUs: number): readonly FaultSpec[] {
  const fault = faults[index];
  if (fault === undefined) throw new Refusal('intervention', `There is no fault ${index}: there are ${faults.length}.`);
  if (requestOf(fault.cause) !== null || !causes.get(fault.cause)?.lasts)
    throw new Refusal('intervention', `${fault.cause} is over in an instant: there is nothing to heal.`);
  if (fault.atUs >= atUs) throw new Refusal('intervention', `${fault.cause} has not begun yet.`);
  if (fault.forUs !== null && fault.atUs + fault.forUs <= atUs)
    throw new Refusal('intervention', `${fault.cause} on ${fault.target.text} has healed already.`);
  return faults.map((each, place) => (place === index ? { ...each, forUs: atUs - fault.atUs } : each));
}

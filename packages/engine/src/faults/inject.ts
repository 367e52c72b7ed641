import { type FaultSpec, requestOf } from '@faultline/scenario';
import type { World } from '../world.ts';
import type { PreparedFault } from './effect.ts';
import { effects } from './effects.ts';
import { request } from './request.ts';

/** Puts every fault of the scenario on the agenda, with its end. Faults come before all else at their instant. */
export function scheduleFaults(world: World): void {
  world.scenario.faults.forEach((fault, index) => {
    world.agenda.scheduleAt(fault.atUs, () => inject(world, fault, index), FAULT_PRIORITY);
  });
}

const FAULT_PRIORITY = -10;

/** Starts a fault now. */
function inject(world: World, fault: FaultSpec, index: number): void {
  const record = (edge: 'started' | 'healed', resolved: readonly string[], effective: boolean) =>
    world.recorder.add({
      type: 'fault',
      atUs: world.nowUs,
      edge,
      index,
      cause: fault.cause,
      target: fault.target.text,
      resolved,
      effective,
    });
  let heal: (() => void) | null = null;
  // The record comes first: everything else at this instant follows from it.
  const result = prepare(world, fault);
  record('started', result.resolved, result.resolved.length > 0);
  world.change(() => {
    heal = result.apply();
  });
  if (fault.forUs === null) return;
  world.agenda.schedule(
    fault.forUs,
    () => {
      record('healed', result.resolved, result.resolved.length > 0);
      world.change(() => heal?.());
    },
    FAULT_PRIORITY,
  );
}

/** What the fault hits and does: a cause of the catalogue, or something that the customer asks for. */
function prepare(world: World, fault: FaultSpec): PreparedFault {
  const asked = requestOf(fault.cause);
  if (asked !== null) return request(world, fault, asked);
  const effect = effects[fault.cause];
  if (!effect) throw new Error(`no effect for cause ${fault.cause}`);
  return effect.prepare(world, fault);
}

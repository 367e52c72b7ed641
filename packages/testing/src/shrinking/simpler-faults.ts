import { causes, type FaultSpec, type Scenario } from '@faultline/scenario';
import type { FaultChoice } from '../topologies/fault-menu.ts';
import { rounderTimes } from './round-times.ts';

/** The scenario with fewer faults: each alone, then all but one. */
export function* fewerFaults(scenario: Scenario): Generator<Scenario> {
  const { faults } = scenario;
  if (faults.length === 0) return;
  yield { ...scenario, faults: [] };
  if (faults.length > 2) for (const fault of faults) yield { ...scenario, faults: [fault] };
  for (const left of faults) yield { ...scenario, faults: faults.filter((fault) => fault !== left) };
}

/**
 * The scenario with one fault replaced by one that is earlier in the menu, which lists the plain causes first, or with
 * plainer options, or by the same cause on an earlier target (a role rather than a node's own name, both ways rather
 * than one).
 */
export function* plainerFaults(scenario: Scenario, menu: readonly FaultChoice[]): Generator<Scenario> {
  for (const [place, fault] of scenario.faults.entries()) {
    for (const plainer of plainerThan(fault, menu)) {
      yield { ...scenario, faults: scenario.faults.with(place, plainer) };
    }
  }
}

function* plainerThan(fault: FaultSpec, menu: readonly FaultChoice[]): Generator<FaultSpec> {
  const own = menu.findIndex(({ cause }) => cause === fault.cause);
  for (const { cause, lasts, targets } of menu.slice(0, Math.max(0, own))) {
    const same = targets.find(({ text }) => text === fault.target.text) ?? targets[0];
    if (same === undefined) continue;
    yield { ...fault, cause, target: same, forUs: lasts ? fault.forUs : null, options: defaultOptions(cause) };
  }
  const targets = menu[own]?.targets ?? [];
  const target = targets.findIndex(({ text }) => text === fault.target.text);
  for (const earlier of targets.slice(0, Math.max(0, target))) yield { ...fault, target: earlier };
  const options = defaultOptions(fault.cause);
  for (const [name, value] of Object.entries(options)) {
    if (fault.options[name] !== value) yield { ...fault, options: { ...fault.options, [name]: value } };
  }
}

function defaultOptions(cause: string): FaultSpec['options'] {
  const options = Object.entries(causes.get(cause)?.options ?? {});
  return Object.fromEntries(options.map(([name, option]) => [name, option.default]));
}

/** The scenario with rounder instants and lengths of its faults, their order kept; and with faults that never heal. */
export function* rounderFaults(scenario: Scenario): Generator<Scenario> {
  const { faults, horizonUs } = scenario;
  for (const [place, fault] of faults.entries()) {
    const beforeUs = faults[place - 1]?.atUs ?? 0;
    const nextUs = faults[place + 1]?.atUs ?? horizonUs - 1;
    for (const atUs of rounderTimes(fault.atUs, beforeUs)) {
      // Those after it come along, so that the time between them stays.
      const shiftUs = atUs - fault.atUs;
      const moved = faults.map((other, at) => (at < place ? other : { ...other, atUs: other.atUs + shiftUs }));
      if (moved.every((other) => other.atUs < horizonUs)) yield { ...scenario, faults: moved };
      if (atUs <= nextUs) yield { ...scenario, faults: faults.with(place, { ...fault, atUs }) };
    }
    if (fault.forUs === null) continue;
    yield { ...scenario, faults: faults.with(place, { ...fault, forUs: null }) };
    for (const forUs of rounderTimes(fault.forUs)) {
      yield { ...scenario, faults: faults.with(place, { ...fault, forUs }) };
    }
  }
}

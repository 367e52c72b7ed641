import { type Sampler, sampler } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import type { DatabaseSpec } from '@faultline/scenario';
import { oncePer } from './once-per.ts';

const compiled = oncePer(sampler);

/** Draws each of the kind's timings, as the scenario has it or by default. */
export function timingSamplers(kind: DeploymentKind, spec: DatabaseSpec): ReadonlyMap<string, Sampler> {
  return new Map(
    Object.entries(kind.timings).map(([name, timing]) => [name, compiled(spec.timings[name] ?? timing.distribution)]),
  );
}

import { type DeploymentKind, kinds } from '@faultline/models';

/** All kinds, one of them with its chart as it is just now: what was worked out for that machine before does not count. */
export function kindsAsTheyAre(id: string): ReadonlyMap<string, DeploymentKind> {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`no kind ${id}`);
  const machine = Object.assign(Object.create(Object.getPrototypeOf(kind.machine)), kind.machine);
  return new Map(kinds).set(id, { ...kind, machine });
}

/**
 * Names of facts about a node, after its role: `READ_REPLICA_UNREACHABLE`. Made once for each role and observation, so that
 * charts, which look them up in tables, are told the same text each time.
 */
export class FactNames {
  readonly #ofRole = new Map<string, Map<string, string>>();

  of(role: string, observation: string): string {
    let names = this.#ofRole.get(role);
    if (!names) {
      names = new Map();
      this.#ofRole.set(role, names);
    }
    let name = names.get(observation);
    if (name === undefined) {
      name = `${role.toUpperCase().replaceAll('-', '_')}_${observation}`;
      names.set(observation, name);
    }
    return name;
  }
}

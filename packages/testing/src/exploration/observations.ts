import { NODE_OBSERVATIONS } from '@faultline/models';

/** `UNREACHABLE` before `REACHABLE`, which it ends with. */
const LONGEST_FIRST: readonly string[] = [...NODE_OBSERVATIONS].sort((a, b) => b.length - a.length);

/** What a fact about a node says of it, without the role that it begins with; undefined for facts about no node. */
export function observationIn(type: string): string | undefined {
  return LONGEST_FIRST.find((observation) => type.endsWith(`_${observation}`));
}

import type { GlobalTableContext } from './global-table.contract.ts';

/** Members that have to hold a write: two of three (Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, section 3). */
export const WRITE_QUORUM = 2;

/** Members that count: storage replicas that are well, and the log replica if there is one. */
export function healthyCount({ members, lost, logReplicaCounts }: GlobalTableContext): number {
  return members.length - lost.length + (logReplicaCounts ? 1 : 0);
}

/** It may run, and be reached, and still be of no use to the group. */
export function isAiling({ storageFailed, slow }: GlobalTableContext, member: string | undefined): boolean {
  return member !== undefined && (storageFailed.includes(member) || slow.includes(member));
}

/** Who would win an election: the present leader if it is well, else the first storage replica that is. A log replica cannot lead. */
export function candidate({ members, lost, leader }: GlobalTableContext): string | undefined {
  return lost.includes(leader) ? members.find((member) => !lost.includes(member)) : leader;
}

/**
 * Where a log replica is made: in the AZ of a storage replica that is well and does not lead, so that the loss of the
 * leader's AZ leaves a quorum. Which AZ the service takes is not published; that it needs a working one is certain.
 */
export function azForLogReplica({ members, lost, leader, azs }: GlobalTableContext): string {
  const well = members.filter((member) => !lost.includes(member));
  const beside = well.find((member) => member !== leader) ?? leader;
  return azs[members.indexOf(beside)] as string;
}

export function including(list: readonly string[], node: string | undefined): readonly string[] {
  return node === undefined || list.includes(node) ? list : [...list, node];
}

export function excluding(list: readonly string[], node: string | undefined): readonly string[] {
  return list.filter((one) => one !== node);
}

import type { GlobalTableContext } from './global-table.contract.ts';

/** Members that have to hold a write: two of three (Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, section 3). */
export const WRITE_QUORUM = 2;

/** Members that count: storage replicas that are well, and the log replica if there is one. */
export function healthyCount({ members, lost, logReplicaCounts }: GlobalTableContext): number {
  return members.length - lost.length + (logReplicaCounts ? 1 : 0);
}

/** What changes when other storage replicas are lost: while the group goes on, the lost ones fall behind. */
export function withLost(
  context: GlobalTableContext,
  lost: readonly string[],
): Pick<GlobalTableContext, 'lost' | 'behind'> {
  const goesOn = healthyCount({ ...context, lost }) >= WRITE_QUORUM;
  return { lost, behind: goesOn ? lost : context.behind };
}

/**
 * Whether a majority of the group has lost its volumes for good, as far as anybody knows. Where a log replica counts,
 * it holds what is not archived yet, and is as good as a volume.
 */
function lostItsMajority({ members, storageFailed, logReplicaCounts }: GlobalTableContext): boolean {
  const intact = members.filter((member) => !storageFailed.includes(member));
  return intact.length + (logReplicaCounts ? 1 : 0) < WRITE_QUORUM;
}

/** A leader holds all that was acknowledged, as nothing is without it; a follower does unless the group went on without it. */
function holdsEverything({ leader, behind, storageFailed }: GlobalTableContext, member: string): boolean {
  return !storageFailed.includes(member) && (member === leader || !behind.includes(member));
}

/** A majority of volumes is gone, and all that was acknowledged is there: at a storage replica that works, or at the log replica. */
export function isRebuildable(context: GlobalTableContext): boolean {
  if (!lostItsMajority(context)) return false;
  const { members, lost, logReplicaCounts } = context;
  return logReplicaCounts || members.some((member) => !lost.includes(member) && holdsEverything(context, member));
}

/** A majority of volumes is gone, and no other holds all that was acknowledged, wherever it is. */
export function nothingIsLeft(context: GlobalTableContext): boolean {
  const { members, logReplicaCounts } = context;
  if (logReplicaCounts || !lostItsMajority(context)) return false;
  return !members.some((member) => holdsEverything(context, member));
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

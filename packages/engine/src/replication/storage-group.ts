import type { StorageGroupLayout } from '@faultline/models';
import type { Network } from '../network/network.ts';
import type { Node } from '../nodes/node.ts';
import type { PlaneCommand, PlaneContext } from './plane.ts';

/**
 * A node that serves clients out of several members. What it can do is a fact of the world, whatever its control
 * plane believes: writes need a leader that works and reaches enough attached members, reads that may be stale need
 * any one of them.
 */
class StorageGroup {
  readonly #layout: StorageGroupLayout;
  readonly #service: Node;
  readonly #members: readonly Node[];
  /** By place of the member: whether it counts for the quorum. */
  readonly #attached: boolean[];
  readonly #network: Network;

  constructor(layout: StorageGroupLayout, nodes: ReadonlyMap<string, Node>, network: Network) {
    this.#layout = layout;
    this.#service = nodes.get(layout.serves) as Node;
    this.#members = [...layout.members, layout.spare].map((id) => nodes.get(id) as Node);
    this.#attached = this.#members.map(({ id }) => id !== layout.spare);
    this.#network = network;
  }

  /** A member counts for the quorum from now on, or no longer. False when the node is none of this group. */
  attach(node: string, counts: boolean): boolean {
    const place = this.#members.findIndex((member) => member.id === node);
    if (place < 0) return false;
    this.#attached[place] = counts;
    return true;
  }

  /** Brings the serving node up to date with its members. */
  refresh(nowUs: number): void {
    const { backing } = this.#service;
    const writes = this.#takesWrites();
    const reads = this.#servesReads();
    if (writes === backing.writes && reads === backing.reads) return;
    this.#service.backing = { writes, reads };
    this.#service.record(nowUs);
  }

  #takesWrites(): boolean {
    const leader = this.#leader();
    if (leader === null || !this.#isOfUse(leader) || !this.#network.sees(this.#service.site, leader.site)) return false;
    let missing = this.#layout.writeQuorum;
    for (let place = 0; place < this.#members.length; place++) {
      const member = this.#members[place] as Node;
      if (!this.#attached[place] || !this.#isOfUse(member)) continue;
      if (member === leader || this.#network.sees(leader.site, member.site)) missing--;
    }
    return missing <= 0;
  }

  #leader(): Node | null {
    for (const member of this.#members) if (member.role === this.#layout.leaderRole) return member;
    return null;
  }

  #servesReads(): boolean {
    for (const member of this.#members) {
      if (member.id === this.#layout.spare || !this.#isOfUse(member)) continue;
      if (this.#network.sees(this.#service.site, member.site)) return true;
    }
    return false;
  }

  #isOfUse(member: Node): boolean {
    return member.alive && member.responsive && member.storage === 'ok';
  }
}

/** The groups behind all serving nodes of one database. */
export class StorageGroups {
  readonly #groups: readonly StorageGroup[];
  readonly #context: PlaneContext;

  constructor(layouts: readonly StorageGroupLayout[], context: PlaneContext) {
    this.#context = context;
    this.#groups = layouts.map((layout) => new StorageGroup(layout, context.nodes, context.network));
  }

  refresh(): void {
    for (const group of this.#groups) group.refresh(this.#context.agenda.nowUs);
  }

  /** Carries out what concerns members; a new volume is filled by its peers and changes nothing here. */
  execute(command: PlaneCommand): void {
    if (command.type === 'LOSE_VOLUME') return;
    const counts = command.type === 'ATTACH_COPY';
    if (!counts && command.type !== 'DETACH_COPY')
      throw new Error(`${command.type} does not apply to a table whose nodes are storage groups`);
    const { node } = command;
    if (!this.#groups.some((group) => group.attach(node, counts))) throw new Error(`${node} is in no storage group`);
    if (counts) this.#context.tellOf(node, 'IN_SYNC');
  }
}

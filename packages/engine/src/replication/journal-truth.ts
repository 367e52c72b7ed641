import type { Node } from '../nodes/node.ts';
import type { Journal } from './journal.ts';
import type { JournalMember } from './journal-member.ts';
import type { NodeContents, PlaneTruth, Whereabouts } from './truth.ts';

/** The truth about a table over a journal of several Regions. */
export class JournalTruth implements PlaneTruth {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Members hold parts of several logs: there is no one position. */
  positions() {
    return [];
  }

  whereabouts(node: Node, _timeline: number, lsn: number, atUs: number): Whereabouts {
    const origin = this.#journal.members.find((one) => one.node === node);
    if (!origin) return { heldBy: null };
    return { heldBy: this.#journal.holders(origin, lsn, atUs), order: origin.sequenceAt(lsn) };
  }

  contents(nowUs: number): readonly NodeContents[] {
    const { members } = this.#journal;
    const keys = new Set(members.flatMap((one) => [...one.log.keys()]));
    return members.flatMap((one) => {
      if (!one.node) return [];
      const items = [...keys].flatMap((key) => {
        const seen = this.#journal.visible(one, key);
        return seen ? [[key, seen.origin.log.op(seen.lsn), seen.sequence] as const] : [];
      });
      return [{ node: one.id, items, complete: members.every((origin) => this.#holdsAllOf(one, origin, nowUs)) }];
    });
  }

  volume() {
    return null;
  }

  underWay(): number {
    return this.#journal.members.filter((one) => this.#journal.catchesUp(one)).length;
  }

  #holdsAllOf(one: JournalMember, origin: JournalMember, nowUs: number): boolean {
    return one.heldOf(origin, nowUs) >= origin.log.durableHead(nowUs);
  }
}

import type { Node } from '../nodes/node.ts';
import type { RegionReplica } from './region-replica.ts';
import type { NodeContents, PlaneTruth, Whereabouts } from './truth.ts';

/** The truth about a table that every Region writes. */
export class RegionsTruth implements PlaneTruth {
  readonly #replicas: readonly RegionReplica[];

  constructor(replicas: readonly RegionReplica[]) {
    this.#replicas = replicas;
  }

  /** Every Region holds parts of several logs: there is no one position. */
  positions() {
    return [];
  }

  whereabouts(node: Node, _timeline: number, lsn: number, atUs: number): Whereabouts {
    const origin = this.#replicas.find((replica) => replica.node === node);
    const version = origin?.version(lsn);
    if (!origin || !version) return { heldBy: null };
    const elsewhere = this.#replicas.filter(
      (replica) => replica !== origin && replica.streamFrom(origin).arrivesAtUs(lsn) <= atUs,
    );
    return { heldBy: [origin, ...elsewhere].map((replica) => replica.node.id), order: version.stampUs };
  }

  contents(nowUs: number): readonly NodeContents[] {
    const keys = new Set(this.#replicas.flatMap((replica) => [...replica.log.timeline.keys()]));
    return this.#replicas.map((replica) => {
      const items = [...keys].flatMap((key) => {
        const seen = replica.visible(key, nowUs);
        return seen ? [[key, seen.origin.log.timeline.op(seen.lsn), seen.stampUs] as const] : [];
      });
      // Appended and not yet committed counts as well: it will be visible, and win or lose, later.
      const complete =
        replica.log.timeline.durableHead(nowUs) === replica.log.timeline.head &&
        replica.inbound.every(({ from, stream }) => stream.receivedHead(nowUs) >= from.log.timeline.head);
      return { node: replica.node.id, items, complete };
    });
  }

  volume() {
    return null;
  }

  underWay(): number {
    return 0;
  }
}

import type { Node } from '../nodes/node.ts';
import type { Copy } from './copy.ts';
import type { Feed, Stream } from './stream.ts';
import type { WriterLog } from './writer-log.ts';

/** What a read replica may subscribe to, and the node that sends it. */
export interface OfferedFeed {
  readonly feed: Feed;
  readonly node: Node;
}

/** What a database offers to its read replicas: its writer's log, or what one of its copies receives. */
export class FeedOffer {
  readonly #fromCopies: boolean;
  readonly #listeners: (() => void)[] = [];
  #from: WriterLog | Stream | null = null;
  #offered: OfferedFeed | null = null;
  #severed = false;

  /** `fromCopies`: replicas are fed by a copy although there is a writer. */
  constructor(fromCopies: boolean) {
    this.#fromCopies = fromCopies;
  }

  get current(): OfferedFeed | null {
    return this.#offered;
  }

  /** Calls back whenever `current` becomes another one. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** From now on there is nothing to follow: this is another database than the one that the replicas knew. */
  sever(): void {
    this.#severed = true;
    this.#set(null, null);
  }

  /** Chooses again among what there is now. */
  update(writer: WriterLog | null, copies: readonly Copy[]): void {
    if (this.#severed) return;
    if (writer && !this.#fromCopies) {
      if (this.#from !== writer) this.#set(writer, { feed: writer, node: writer.node });
      return;
    }
    let best: Copy | null = null;
    for (const copy of copies)
      if (copy.stream !== null && copy.replays && (best === null || this.#rank(copy) > this.#rank(best))) best = copy;
    const stream = best?.stream ?? null;
    // Nothing is fed right now: the replicas keep waiting at the node that they know.
    if (best === null || stream === null || stream === this.#from) return;
    this.#set(stream, { feed: passedOn(stream), node: best.node });
  }

  /** Of copies that are fed those are better that work, and among equals the one that the replicas know. */
  #rank({ node }: Copy): number {
    const isAble = node.alive && node.storage === 'ok';
    return (isAble ? 2 : 0) + (node === this.#offered?.node ? 1 : 0);
  }

  #set(from: WriterLog | Stream | null, offered: OfferedFeed | null): void {
    if (this.#from === from) return;
    this.#from = from;
    this.#offered = offered;
    for (const listener of this.#listeners) listener();
  }
}

/** A copy hands on what it has received; a break above it takes back what was on the way. */
function passedOn(stream: Stream): Feed {
  return {
    timeline: stream.timeline,
    head: () => {
      stream.rememberArrivals();
      stream.extend();
      return stream.base + stream.arrivedAt.length;
    },
    availableAtUs: (lsn) => stream.arrivesAtUs(lsn),
    mayRetract: true,
  };
}

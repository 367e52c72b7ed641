/** What can stand in an arrival list, in one at a time. */
export class Listed {
  /** The list that it stands in, and its neighbours there. Only the list changes these. */
  declare list: object | null;
  declare before: Listed | null;
  declare after: Listed | null;

  /** Assigns: V8 11.3 takes many times as long to define fields that classes of many kinds inherit. */
  constructor() {
    this.list = null;
    this.before = null;
    this.after = null;
  }
}

/**
 * Items in the order in which they came, each of which may leave at any time, in constant time.
 *
 * It is what a `Set` is, for items that come and go by the hundred thousand: a set leaves behind a table for every few
 * of them, each of which points to the next one, so that the garbage collector carries them, and all that they held,
 * from generation to generation. Here an item that leaves points to nothing, and nothing points to it.
 */
export class ArrivalList<Item extends Listed> {
  #first: Item | null = null;
  #last: Item | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The one that came before all others that are here; null when none is. */
  get first(): Item | null {
    return this.#first;
  }

  /** Puts an item at the end; one that stands here already keeps its place. */
  add(item: Item): void {
    if (item.list === this) return;
    if (item.list !== null) throw new Error('an item can stand in one list at a time');
    item.list = this;
    item.before = this.#last;
    if (this.#last === null) this.#first = item;
    else this.#last.after = item;
    this.#last = item;
    this.#size++;
  }

  /** Takes an item out; one that does not stand here is left alone. */
  delete(item: Item): void {
    if (item.list !== this) return;
    const { before, after } = item;
    if (before === null) this.#first = after as Item | null;
    else before.after = after;
    if (after === null) this.#last = before as Item | null;
    else after.before = before;
    item.list = null;
    item.before = null;
    item.after = null;
    this.#size--;
  }

  /** Takes all items out and hands them over, in their order. */
  takeAll(): readonly Item[] {
    const items: Item[] = [];
    for (let item = this.#first; item !== null; item = this.#first) {
      items.push(item);
      this.delete(item);
    }
    return items;
  }

  *[Symbol.iterator](): Generator<Item, void, void> {
    for (let item = this.#first; item !== null; item = item.after as Item | null) yield item;
  }
}

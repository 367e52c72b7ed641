/**
 * Items that are taken out in the order in which they came, a handful at a time. Once all are out the places are filled
 * again: a list that `shift` empties and that is filled again costs more than what is done with the items.
 */
export class Queue<Item> {
  readonly #items: Item[] = [];
  /** Of those up to `#count`, the first that has not been taken. */
  #next = 0;
  #count = 0;

  add(item: Item): void {
    this.#items[this.#count++] = item;
  }

  /** The one that came first; undefined when all have been taken. */
  take(): Item | undefined {
    if (this.#next === this.#count) {
      this.#next = 0;
      this.#count = 0;
      return undefined;
    }
    return this.#items[this.#next++];
  }
}

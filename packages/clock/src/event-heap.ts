/**
 * A flat priority queue of slots: the smallest `(atUs, order)` is on top. `order` is unique, so the order
 * is total and does not depend on how the heap came to its shape.
 *
 * It is a binary heap with its root at 1, in arrays of numbers, and allocates nothing per entry. What makes it
 * fast is that the smaller of two children is found by arithmetic and not by a branch that the processor
 * mispredicts half of the time; a heap with four children per node has half the levels but needs those
 * branches, and ran at half the speed. `order` stays with its slot and is read only when instants are equal.
 * Typed arrays are no faster with up to thousands of entries, and an empty heap of them takes seven times as
 * long to make: a study makes one for each of its short runs.
 */
export class EventHeap {
  #count = 0;
  /** Instants by place in the heap. The place behind the last one holds infinity, so that a lone child has a sibling. */
  readonly #instants: number[] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  /** Slots by place in the heap. */
  readonly #slots: number[] = [0];
  /** Order by slot. */
  readonly #orders: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** Instant of the first entry; infinity when there is none. */
  get topAtUs(): number {
    return this.#instants[1] as number;
  }

  /** Slot of the first entry. Only meaningful while `count` is above 0. */
  get topSlot(): number {
    return this.#slots[1] as number;
  }

  /** What decides where the first entry stands among those of its instant. Only meaningful while `count` is above 0. */
  get topOrder(): number {
    return this.#orders[this.topSlot] as number;
  }

  push(atUs: number, order: number, slot: number): void {
    this.#orders[slot] = order;
    const last = ++this.#count;
    this.#instants[last + 1] = Number.POSITIVE_INFINITY;
    this.#rise(last, atUs, order, slot);
  }

  /** Removes the first entry. */
  pop(): void {
    const last = this.#count--;
    const atUs = this.#instants[last] as number;
    const slot = this.#slots[last] as number;
    this.#instants[last] = Number.POSITIVE_INFINITY;
    if (last > 1) this.#sink(1, atUs, this.#orders[slot] as number, slot);
  }

  /** Puts an entry in the place of the first one: one walk through the heap where `pop` and `push` need two. */
  replaceTop(atUs: number, order: number, slot: number): void {
    this.#orders[slot] = order;
    this.#sink(1, atUs, order, slot);
  }

  /** Keeps the entries whose slot passes, and drops the others, in linear time. */
  retain(keeps: (slot: number) => boolean): void {
    const instants = this.#instants;
    const slots = this.#slots;
    let kept = 0;
    for (let place = 1; place <= this.#count; place++) {
      const slot = slots[place] as number;
      if (!keeps(slot)) continue;
      instants[++kept] = instants[place] as number;
      slots[kept] = slot;
    }
    this.#count = kept;
    instants[kept + 1] = Number.POSITIVE_INFINITY;
    for (let place = kept >> 1; place > 0; place--) {
      const slot = slots[place] as number;
      this.#sink(place, instants[place] as number, this.#orders[slot] as number, slot);
    }
  }

  /** Moves parents down until the entry fits at or above `from`. */
  #rise(from: number, atUs: number, order: number, slot: number): void {
    const instants = this.#instants;
    const slots = this.#slots;
    let place = from;
    while (place > 1) {
      const parent = place >> 1;
      const parentAtUs = instants[parent] as number;
      const parentSlot = slots[parent] as number;
      if (parentAtUs < atUs || (parentAtUs === atUs && (this.#orders[parentSlot] as number) < order)) break;
      instants[place] = parentAtUs;
      slots[place] = parentSlot;
      place = parent;
    }
    instants[place] = atUs;
    slots[place] = slot;
  }

  /** Moves smaller children up until the entry fits at or below `from`. */
  #sink(from: number, atUs: number, order: number, slot: number): void {
    const instants = this.#instants;
    const slots = this.#slots;
    const orders = this.#orders;
    const count = this.#count;
    let place = from;
    for (let left = 2 * place; left <= count; left = 2 * place) {
      const leftAtUs = instants[left] as number;
      const rightAtUs = instants[left + 1] as number;
      let child = left + +(rightAtUs < leftAtUs);
      if (rightAtUs === leftAtUs) {
        child = left + +((orders[slots[left + 1] as number] as number) < (orders[slots[left] as number] as number));
      }
      const childAtUs = instants[child] as number;
      const childSlot = slots[child] as number;
      if (atUs < childAtUs || (atUs === childAtUs && order < (orders[childSlot] as number))) break;
      instants[place] = childAtUs;
      slots[place] = childSlot;
      place = child;
    }
    instants[place] = atUs;
    slots[place] = slot;
  }
}

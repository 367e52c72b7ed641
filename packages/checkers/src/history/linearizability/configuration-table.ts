const FREE = -1;
const FIRST_SLOTS = 1 << 12;

/**
 * What was searched: keys of equally many 32-bit words, each kept whole so that two are never taken for one, and for
 * each key the sets of calls in doubt with which it was searched. A key with a set that contains one of those needs no
 * search: with fewer calls used up, nothing was found. Keys lie one after another behind an open hash table; the sets
 * of a key are chained, and only the smallest are kept apart.
 */
export class ConfigurationTable {
  readonly #keyWords: number;
  readonly #setWords: number;
  readonly #mostBytes: number;
  #slots = new Int32Array(FIRST_SLOTS).fill(FREE);
  #keys: Uint32Array;
  /** For each key its first set. */
  #first: Int32Array;
  #keysHeld = 0;
  #sets: Uint32Array;
  /** For each set the next of its key. */
  #next: Int32Array;
  #setsHeld = 0;

  /** @param keyWords of a key @param setWords of a set @param mostBytes that it may hold, copies while it grows included */
  constructor(keyWords: number, setWords: number, mostBytes: number) {
    this.#keyWords = keyWords;
    this.#setWords = setWords;
    this.#mostBytes = mostBytes;
    this.#keys = new Uint32Array((FIRST_SLOTS / 2) * keyWords);
    this.#first = new Int32Array(FIRST_SLOTS / 2);
    this.#sets = new Uint32Array(FIRST_SLOTS * setWords);
    this.#next = new Int32Array(FIRST_SLOTS);
  }

  get size(): number {
    return this.#setsHeld;
  }

  /** True if neither this nor more than this was searched yet, false if it was; undefined if there is no room for it. */
  add(key: Uint32Array, used: Uint32Array): boolean | undefined {
    if (this.#keysHeld * 2 >= this.#slots.length && !this.#growKeys()) return undefined;
    if (this.#setsHeld >= this.#next.length && !this.#growSets()) return undefined;
    const mask = this.#slots.length - 1;
    let slot = hash(key) & mask;
    for (let held = this.#slots[slot] as number; held !== FREE; held = this.#slots[slot] as number) {
      if (this.#equals(held, key)) return this.#addSet(held, used);
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#keysHeld;
    this.#keys.set(key, this.#keysHeld * this.#keyWords);
    this.#first[this.#keysHeld] = FREE;
    return this.#addSet(this.#keysHeld++, used);
  }

  #addSet(held: number, used: Uint32Array): boolean {
    for (let set = this.#first[held] as number; set !== FREE; set = this.#next[set] as number)
      if (this.#isWithin(set, used)) return false;
    this.#sets.set(used, this.#setsHeld * this.#setWords);
    this.#next[this.#setsHeld] = this.#first[held] as number;
    this.#first[held] = this.#setsHeld++;
    return true;
  }

  #isWithin(set: number, used: Uint32Array): boolean {
    const from = set * this.#setWords;
    for (let word = 0; word < this.#setWords; word++)
      if (((this.#sets[from + word] as number) & ~(used[word] as number)) !== 0) return false;
    return true;
  }

  #equals(held: number, key: Uint32Array): boolean {
    const from = held * this.#keyWords;
    for (let word = 0; word < this.#keyWords; word++) if (this.#keys[from + word] !== key[word]) return false;
    return true;
  }

  #hasRoomFor(moreBytes: number): boolean {
    const held = this.#slots.byteLength + this.#keys.byteLength + this.#first.byteLength;
    return held + this.#sets.byteLength + this.#next.byteLength + moreBytes <= this.#mostBytes;
  }

  #growKeys(): boolean {
    const slots = this.#slots.length * 2;
    if (!this.#hasRoomFor(slots * 4 + slots * this.#keyWords * 2 + slots * 2)) return false;
    this.#keys = longer(this.#keys, new Uint32Array((slots / 2) * this.#keyWords));
    this.#first = longer(this.#first, new Int32Array(slots / 2));
    this.#slots = new Int32Array(slots).fill(FREE);
    for (let held = 0; held < this.#keysHeld; held++) {
      let slot = hash(this.#keys.subarray(held * this.#keyWords, (held + 1) * this.#keyWords)) & (slots - 1);
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & (slots - 1);
      this.#slots[slot] = held;
    }
    return true;
  }

  #growSets(): boolean {
    const sets = this.#next.length * 2;
    if (!this.#hasRoomFor(sets * 4 * (this.#setWords + 1))) return false;
    this.#sets = longer(this.#sets, new Uint32Array(sets * this.#setWords));
    this.#next = longer(this.#next, new Int32Array(sets));
    return true;
  }
}

function longer<Numbers extends Uint32Array | Int32Array>(held: Numbers, room: Numbers): Numbers {
  room.set(held);
  return room;
}

/** Mixes every word in, and the high bits down, for the low bits choose the slot. */
function hash(key: Uint32Array): number {
  let mixed = 0x9e3779b9;
  for (let word = 0; word < key.length; word++) {
    mixed = Math.imul(mixed ^ (key[word] as number), 0x85ebca6b);
    mixed ^= mixed >>> 15;
  }
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

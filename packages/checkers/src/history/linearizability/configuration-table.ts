const FREE = -1;
const FIRST_SLOTS = 1 << 12;

/**
 * A set of keys of equally many 32-bit words, each kept whole: two keys are never taken for one. It keeps its keys
 * one after another and finds them through an open hash table.
 */
export class ConfigurationTable {
  readonly #words: number;
  readonly #mostBytes: number;
  #keys: Uint32Array;
  #slots = new Int32Array(FIRST_SLOTS).fill(FREE);
  #size = 0;

  /** @param words of one key @param mostBytes that it may hold, its copies while it grows included */
  constructor(words: number, mostBytes: number) {
    this.#words = words;
    this.#mostBytes = mostBytes;
    this.#keys = new Uint32Array((FIRST_SLOTS / 2) * words);
  }

  get size(): number {
    return this.#size;
  }

  /** True if the key was not there yet; undefined if there is no room for it. */
  add(key: Uint32Array): boolean | undefined {
    if (this.#size * 2 >= this.#slots.length && !this.#grow()) return undefined;
    const mask = this.#slots.length - 1;
    let slot = hash(key) & mask;
    for (let held = this.#slots[slot] as number; held !== FREE; held = this.#slots[slot] as number) {
      if (this.#equals(held, key)) return false;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#size;
    this.#keys.set(key, this.#size++ * this.#words);
    return true;
  }

  #equals(held: number, key: Uint32Array): boolean {
    const from = held * this.#words;
    for (let word = 0; word < this.#words; word++) if (this.#keys[from + word] !== key[word]) return false;
    return true;
  }

  #grow(): boolean {
    const slots = this.#slots.length * 2;
    const keyBytes = (slots / 2) * this.#words * 4;
    if (keyBytes * 1.5 + slots * 6 > this.#mostBytes) return false;
    const keys = new Uint32Array((slots / 2) * this.#words);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(slots).fill(FREE);
    for (let held = 0; held < this.#size; held++) {
      let slot = hash(keys.subarray(held * this.#words, (held + 1) * this.#words)) & (slots - 1);
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & (slots - 1);
      this.#slots[slot] = held;
    }
    return true;
  }
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

/** 128 bits in four 32-bit integers; whether these are signed makes no difference. */
export interface Words {
  first: number;
  second: number;
  third: number;
  fourth: number;
}

/** The multipliers of the four lanes: each lane uses its own and then the next one's. */
const FIRST = 0x239b961b;
const SECOND = 0xab0e9789;
const THIRD = 0x38b34ae5;
const FOURTH = 0xa1e38b93;
const BLOCK = 16;
const LANES = 4;

/** What a text adds to the four lanes, block by block, four words each: worked out once, it serves for every start. */
export interface Keys {
  readonly words: readonly number[];
  /** Characters of the text. */
  readonly length: number;
}

/**
 * MurmurHash3_x86_128 (A. Appleby, 2011, public domain; SMHasher, `MurmurHash3.cpp`) of the text that the keys were made
 * of.
 *
 * `start` is what the four lanes start from. The original starts all four from one 32-bit number; with four that differ,
 * 128 bits take part. Every step can be undone, so for one text no two starts give the same hash, and for one
 * start no two texts of the same length of up to 16 characters do.
 */
export function murmurHash({ words, length }: Keys, start: Readonly<Words>): Words {
  const lanes = { first: start.first, second: start.second, third: start.third, fourth: start.fourth };
  const end = words.length - LANES;
  for (let at = 0; at < end; at += LANES) addBlock(lanes, words, at);
  lanes.first ^= length ^ (words[end] as number);
  lanes.second ^= length ^ (words[end + 1] as number);
  lanes.third ^= length ^ (words[end + 2] as number);
  lanes.fourth ^= length ^ (words[end + 3] as number);
  finish(lanes);
  return lanes;
}

/** The keys of a text, each of whose character codes is taken for a byte: they must be below 256. */
export function keysOf(text: string): Keys {
  const words: number[] = [];
  // What is left after the last whole block is filled up with zeros.
  for (let at = 0; at <= text.length; at += BLOCK) {
    words.push(
      key(wordAt(text, at), FIRST, 15, SECOND),
      key(wordAt(text, at + 4), SECOND, 16, THIRD),
      key(wordAt(text, at + 8), THIRD, 17, FOURTH),
      key(wordAt(text, at + 12), FOURTH, 18, FIRST),
    );
  }
  return { words, length: text.length };
}

// The steps are functions that change the lanes, so that each is small enough to be compiled as one piece.

function addBlock(lanes: Words, words: readonly number[], at: number): void {
  const { first, second, third, fourth } = lanes;
  lanes.first = advance(first ^ (words[at] as number), 19, second, 0x561ccd1b);
  lanes.second = advance(second ^ (words[at + 1] as number), 17, third, 0x0bcaa747);
  lanes.third = advance(third ^ (words[at + 2] as number), 15, fourth, 0x96cd1c35);
  lanes.fourth = advance(fourth ^ (words[at + 3] as number), 13, lanes.first, 0x32ac3b17);
}

/** Lets every bit of every lane reach all the others. */
function finish(lanes: Words): void {
  const sum = (lanes.first + lanes.second + lanes.third + lanes.fourth) | 0;
  const first = mix(sum);
  const second = mix((lanes.second + sum) | 0);
  const third = mix((lanes.third + sum) | 0);
  const fourth = mix((lanes.fourth + sum) | 0);
  const total = (first + second + third + fourth) | 0;
  lanes.first = total;
  lanes.second = (second + total) | 0;
  lanes.third = (third + total) | 0;
  lanes.fourth = (fourth + total) | 0;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** What a word of the text adds to its lane; nothing where the text has ended and the word is 0. */
const key = (word: number, multiplier: number, by: number, next: number): number =>
  Math.imul(rotate(Math.imul(word, multiplier), by), next);

const advance = (lane: number, by: number, neighbour: number, constant: number): number =>
  (Math.imul((rotate(lane, by) + neighbour) | 0, 5) + constant) | 0;

function mix(lane: number): number {
  let bits = lane ^ (lane >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** Four characters, the first in the lowest byte; zeros behind the end, as `NaN << 8` is 0. */
const wordAt = (text: string, at: number): number =>
  text.charCodeAt(at) |
  (text.charCodeAt(at + 1) << 8) |
  (text.charCodeAt(at + 2) << 16) |
  (text.charCodeAt(at + 3) << 24);

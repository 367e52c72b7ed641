import { ClockError } from './clock-error.ts';
import { type Keys, keysOf } from './murmur-hash.ts';

/** Printable, so that names can be shown, and a byte each, so that they can be hashed. */
const ASCII_NAME = /^[\x20-\x7e]+$/;

/** Names of random streams, each checked and read once: thousands of short runs draw from streams of the same few names. */
export class StreamNames {
  readonly #keys = new Map<string, Keys>();

  /** What the hash of a name starts with. @throws ClockError for what is not printable ASCII, or empty. */
  keysOf(name: string): Keys {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    if (typeof name !== 'string' || !ASCII_NAME.test(name)) {
      throw new ClockError(`stream name must be printable ASCII and not empty, found ${JSON.stringify(name)}`);
    }
    const keys = keysOf(name);
    this.#keys.set(name, keys);
    return keys;
  }
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalLine } from './canonical.ts';
import type { TraceRecord } from './records/trace-record.ts';

/** Hashing in large pieces costs less than line by line; the digest does not depend on the size. */
const CHUNK_CHARACTERS = 32_768;

/** Length of the digest as people see and paste it. */
const SHORT_DIGITS = 16;

/** A SHA-256 that has begun. `createHash('sha256')` of Node is one. */
interface Sha256 {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/**
 * SHA-256 over the canonical lines of a trace, each ended by a line break: the hash of its NDJSON file.
 * Two runs with one digest left the same records behind, the header with all its defaults included.
 */
export class TraceDigest {
  readonly #hash: Sha256;
  #pending = '';
  #hex: string | null = null;

  /** @param hash A fresh one of the host, where there is one: it is many times faster than that in JavaScript. */
  constructor(hash: Sha256 = sha256.create()) {
    this.#hash = hash;
  }

  /** Throws an Error after `hex()`, and a RangeError for a record that has no canonical line. */
  add(record: TraceRecord): void {
    this.addLine(canonicalLine(record));
  }

  /** As `add`, for a caller that has the canonical line already because it writes it to a file as well. */
  addLine(line: string): void {
    if (this.#hex !== null) throw new Error('this digest was read already: a trace ends before its digest is taken');
    this.#pending += `${line}\n`;
    if (this.#pending.length >= CHUNK_CHARACTERS) this.#flush();
  }

  /** The digest as 64 hexadecimal digits; it closes the digest. */
  hex(): string {
    if (this.#hex === null) {
      this.#flush();
      this.#hex = bytesToHex(this.#hash.digest());
    }
    return this.#hex;
  }

  #flush(): void {
    this.#hash.update(utf8ToBytes(this.#pending));
    this.#pending = '';
  }
}

/** The digest of a whole trace. */
export function digestOf(trace: Iterable<TraceRecord>): string {
  const digest = new TraceDigest();
  for (const record of trace) digest.add(record);
  return digest.hex();
}

/** The form in which a digest is printed for people. */
export function shortDigest(hex: string): string {
  return hex.slice(0, SHORT_DIGITS);
}

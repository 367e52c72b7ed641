import { createHash } from 'node:crypto';

/** Hashing in large pieces costs less than line by line. */
const CHUNK_CHARACTERS = 65_536;

/** The digest of a trace, as `TraceDigest` of @faultline/trace defines it, by the hash of the host: several times faster. */
export class LineDigest {
  readonly #hash = createHash('sha256');
  #pending = '';

  addLine(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length >= CHUNK_CHARACTERS) this.#flush();
  }

  /** 64 hexadecimal digits; nothing can be added after. */
  hex(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #flush(): void {
    this.#hash.update(this.#pending, 'utf8');
    this.#pending = '';
  }
}

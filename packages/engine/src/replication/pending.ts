import type { Exchange, Reply } from '../nodes/exchange.ts';

/** Whoever waits for a commit: a client's request, or a transaction that has rows to give back as well. */
export interface Committing extends Pick<Exchange, 'isOver' | 'replyAt' | 'hold'> {
  appended: Exchange['appended'];
}

/** A commit whose client has not been answered yet. */
interface PendingCommit {
  readonly exchange: Committing;
  readonly reply: Reply;
  /** Time the server needs beside durability. */
  readonly extraUs: number;
}

/** Commits that wait for durability, in log order: position `first + i` is at place `i`. */
export class PendingCommits {
  #commits: (PendingCommit | null)[] = [];
  #first = 0;
  #done = 0;

  /** Nobody waits. */
  get isEmpty(): boolean {
    return this.#commits.length === this.#done;
  }

  /** Commits may come in any order, and not all do: who has no place here is not called back. */
  add(lsn: number, commit: PendingCommit): void {
    if (this.isEmpty) {
      this.#commits = [];
      this.#done = 0;
      this.#first = lsn;
    }
    for (; lsn < this.#first; this.#first--) this.#commits.unshift(null);
    while (this.#first + this.#commits.length < lsn) this.#commits.push(null);
    this.#done = Math.min(this.#done, lsn - this.#first);
    this.#commits[lsn - this.#first] = commit;
  }

  /** The commit at `lsn` will be durable at `durableAtUs`; Infinity when nobody knows. */
  schedule(lsn: number, durableAtUs: number): void {
    const commit = this.#commits[lsn - this.#first];
    if (!commit || commit.exchange.isOver) return;
    if (durableAtUs === Number.POSITIVE_INFINITY) commit.exchange.hold();
    else commit.exchange.replyAt(durableAtUs + commit.extraUs, commit.reply);
  }

  /** Commits up to `lsn` are durable: nothing can change for them. */
  release(lsn: number): void {
    const done = lsn - this.#first + 1;
    for (; this.#done < done && this.#done < this.#commits.length; this.#done++) this.#commits[this.#done] = null;
    if (this.#done > 4096 && this.#done * 2 > this.#commits.length) {
      this.#commits = this.#commits.slice(this.#done);
      this.#first += this.#done;
      this.#done = 0;
    }
  }

  clear(): void {
    this.#commits = [];
    this.#done = 0;
  }
}

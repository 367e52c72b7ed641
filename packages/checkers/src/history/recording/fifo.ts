/** First in, first out, in constant time. */
export class Fifo<T> {
  #items: T[] = [];
  #start = 0;

  push(item: T): void {
    this.#items.push(item);
  }

  peek(): T | undefined {
    return this.#items[this.#start];
  }

  shift(): T | undefined {
    const item = this.#items[this.#start];
    if (item !== undefined) this.#start++;
    if (this.#start > 1024 && this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start);
      this.#start = 0;
    }
    return item;
  }
}

/**
 * Numbers for the processes of a history. A client is a process of its own for each request that it has under way at a
 * time, so one that asks for one thing after the other is one process. A process whose operation ended in doubt does
 * nothing more: its client goes on as a new one, as in Jepsen.
 */
export class Processes {
  readonly #idle = new Map<string, number[]>();
  #used = 0;

  /** The process that invokes the next operation of `client`. */
  invoke(client: string): number {
    return this.#idle.get(client)?.pop() ?? this.#used++;
  }

  /** The process of `client` is free again. */
  release(client: string, process: number): void {
    const idle = this.#idle.get(client);
    if (idle) idle.push(process);
    else this.#idle.set(client, [process]);
  }
}

import type { Node } from '../../nodes/node.ts';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';

/** An operation that has begun and not ended, as far as it is known without an object of its own. */
export class Underway {
  client!: Client;
  statement!: PlainStatement;
  /** What its client does once it has the outcome. */
  finished: (() => void) | null = null;
  invokedAtUs = 0;
  /** The present one included. */
  attempts = 0;
  /** Some attempt was sent and not answered: it may have taken effect. */
  uncertain = false;
  /** The last one that was asked, or tried; null when none was. */
  node: Node | null = null;

  begin(client: Client, statement: PlainStatement, finished: (() => void) | null, invokedAtUs: number): void {
    this.client = client;
    this.statement = statement;
    this.finished = finished;
    this.invokedAtUs = invokedAtUs;
    this.attempts = 0;
    this.uncertain = false;
    this.node = null;
  }
}

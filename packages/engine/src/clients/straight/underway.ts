import type { Node } from '../../nodes/node.ts';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { Connection } from '../connection.ts';
import type { SilentHost } from './silent-host.ts';

/**
 * An operation that has begun and not ended, as far as it is known without an `Operation`. It is under way, or waits in one
 * place: for an answer that will not come, for its next attempt, or in the queue of a pool. Used again for another one when
 * it is over.
 */
export class Underway implements PlainStatement {
  client!: Client;
  action: PlainStatement['action'] = 'write';
  key = 0;
  op = 0;
  consistency: PlainStatement['consistency'] = 'strong';
  /** What its client does once it has the outcome. */
  finished: (() => void) | null = null;
  invokedAtUs = 0;
  /** The present one included. */
  attempts = 0;
  /** Some attempt was sent and not answered: it may have taken effect. */
  uncertain = false;
  /** The last one that was asked, or tried; null when none was. */
  node: Node | null = null;

  // Of a request that has reached a host which is gone, and where an operation waits.

  /** The host of the node that it was sent to. */
  host!: SilentHost;
  /** The open connection that it went by; null for an attempt to open one. */
  connection: Connection | null = null;
  /** When it left. */
  startedAtUs = 0;
  /** When it waits no longer. */
  givesUpAtUs = 0;
  /** Place of that among the events of one instant. */
  place = 0;

  begin(client: Client, asked: Asked, key: number, op: number, invokedAtUs: number): void {
    this.client = client;
    this.action = asked.action;
    this.consistency = asked.consistency;
    this.key = key;
    this.op = op;
    this.finished = null;
    this.invokedAtUs = invokedAtUs;
    this.attempts = 0;
    this.uncertain = false;
    this.node = null;
  }
}

/** What an operation asks for, beside its key. */
export type Asked = Pick<PlainStatement, 'action' | 'consistency'>;

import type { ServerMessage } from '../../protocol/server-messages.ts';

/** Where a session's messages go: a connection, or whatever a test puts in its place. */
export interface Outlet {
  /** Bytes that were sent and not yet taken by the other end. */
  readonly bufferedBytes: number;
  send(message: ServerMessage): void;
  /** A message that is JSON text already. */
  sendText(text: string): void;
  /** Says goodbye and closes. */
  end(reason: string): void;
}

import type { RandomStream } from '@faultline/clock';
import type { Exchange } from '../nodes/exchange.ts';
import type { Statement } from '../nodes/server.ts';

/** The far side of a connection to something that serves for a database: its proxy. */
export interface Session {
  /** Whether the proxy has closed it by now, when its client used it last at `usedAtUs`. */
  isClosed(nowUs: number, usedAtUs: number): boolean;
  /** A statement of the client has arrived. */
  serve(statement: Statement, exchange: Exchange, random: RandomStream): void;
}

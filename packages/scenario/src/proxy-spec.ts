import type { Distribution } from '@faultline/clock';

/** A proxy of the provider between clients and a database: they connect to `orders.proxy`. */
export interface ProxySpec {
  /** AZs in which it has a host, all of the database's Region. */
  readonly azs: readonly string[];
  /** Connections from one host to the database at the most. */
  readonly connections: number;
  /** How long a statement waits for a connection to the database, failovers included. */
  readonly borrowTimeoutUs: number;
  readonly idleClientTimeoutUs: number;
  /** Share of the clients' connections that keep one connection to the database for themselves, from 0 to 1. */
  readonly pinnedShare: number;
  /** From a change of the database's writer to the proxy acting on it. */
  readonly watch: Distribution;
}

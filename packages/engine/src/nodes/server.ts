import { lognormal, type RandomStream, tabulate } from '@faultline/clock';
import { type Isolation, quantity, timing } from '@faultline/models';
import type { TransactionStep } from '@faultline/trace';
import type { Path } from '../network/path.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Exchange } from './exchange.ts';
import type { Node } from './node.ts';

/** What a healthy server needs for what it is asked. */
export const serverDefaults = {
  statement: timing(
    lognormal({ median: '250us', p95: '540us' }),
    'a short statement inside a healthy server',
    'measured',
    'PostgreSQL 15.18 pair on 2 shared cores, measured for this project: a single-row insert whose commit waits for no flush takes 0.27 ms at p50 and 0.57 ms at p95, the way over the loopback included',
    '2026-11-23',
  ),
  accept: timing(
    lognormal({ median: '4ms', p95: '12ms' }),
    'authentication and start of a process for a new connection',
    'assumed',
    'PostgreSQL forks, TLS needs a key exchange; not published',
    '2026-11',
  ),
  setupRoundTrips: quantity(
    3,
    'round trips',
    'of TLS and authentication after the TCP handshake',
    'documented',
    'RFC 8446 (TLS 1.3: one) and RFC 5802 (SCRAM: two)',
    '2018-08',
  ),
};
const STATEMENT = tabulate(serverDefaults.statement.distribution);
const ACCEPT = tabulate(serverDefaults.accept.distribution);
const SETUP_ROUND_TRIPS = serverDefaults.setupRoundTrips.value;

/** A client asks for a connection; a server that is starting says so. */
export function acceptConnection(world: Surroundings, node: Node, exchange: Exchange, out: Path, back: Path): void {
  if (node.process === 'starting' || node.process === 'recovering') {
    exchange.replyAt(world.nowUs, { error: 'starting' });
    return;
  }
  if (node.storage === 'stalled') {
    exchange.hold();
    return;
  }
  exchange.replyAt(world.nowUs + setupUs(world, node, out, back), {});
}

/** Draws how long a server that is well takes to set up a connection that arrived. */
export function setupUs(world: Surroundings, node: Node, out: Path, back: Path): number {
  let us = serviceUs(node, ACCEPT, world.serverRandom);
  for (let trip = 0; trip < SETUP_ROUND_TRIPS; trip++) us += out.latencyUs() + back.latencyUs();
  return us;
}

/** Draws how long a server that is well takes for a statement, beside what the data needs. */
export function statementUs(node: Node, random: RandomStream): number {
  return serviceUs(node, STATEMENT, random);
}

/** A pool tests a connection. */
export function ping(exchange: Exchange): void {
  exchange.replyNow();
}

/** What a client asks for on an open connection. */
export type Statement = PlainStatement | TransactionStatement;

/** One read or write. */
export interface PlainStatement {
  readonly action: 'write' | 'read';
  readonly key: number;
  /** Number of the operation, which is what a write stores. */
  readonly op: number;
  readonly consistency: 'strong' | 'eventual';
}

/** A transaction, sent whole; each step is a statement to the server. */
export interface TransactionStatement {
  readonly action: 'transaction';
  readonly op: number;
  readonly isolation: Isolation;
  readonly steps: readonly TransactionStep[];
}

/** A statement arrived at a running server. */
export function serve(
  world: Surroundings,
  node: Node,
  statement: Statement,
  exchange: Exchange,
  random: RandomStream,
): void {
  const service = serviceUs(node, STATEMENT, random);
  if (node.storage === 'failed') {
    exchange.replyAt(world.nowUs + service, { error: 'storage-error' });
    return;
  }
  if (node.storage === 'stalled') {
    exchange.hold();
    return;
  }
  const plane = world.planeOf(node.database);
  if (statement.action === 'transaction') {
    const { op, isolation, steps } = statement;
    if (!plane.transact) throw new Error(`${node.database} runs no transactions`);
    const others = steps.slice(1).map(() => serviceUs(node, STATEMENT, random));
    plane.transact({ exchange, node, op, isolation, steps, serviceUs: [service, ...others] });
    return;
  }
  const { action, key, op, consistency } = statement;
  if (action === 'read') plane.read({ exchange, node, key, serviceUs: service, consistency });
  else plane.write({ exchange, node, key, op, serviceUs: service });
}

function serviceUs(node: Node, sample: (random: RandomStream) => number, random: RandomStream): number {
  return Math.round(sample(random) * node.slowdown * node.pace);
}

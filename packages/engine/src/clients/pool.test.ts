import type { KeepaliveSpec, PoolSpec } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import type { Connection } from './connection.ts';
import { type Borrower, Pool } from './pool.ts';

const SPEC: PoolSpec = { size: 2, borrowTimeoutUs: 1_000_000, validateOnBorrow: true, maxLifetimeUs: 60_000_000 };

function setUp(spec: Partial<PoolSpec> = {}, keepalive: KeepaliveSpec | null = null) {
  const world = smallWorld();
  const discarded: string[] = [];
  const pool = new Pool({ ...SPEC, ...spec }, keepalive, world.agenda, (_, reason) => discarded.push(reason));
  const happened: string[] = [];
  const borrower = (name: string): Borrower => ({
    lend: (connection, validate) => happened.push(`${name} gets ${connection.openedAtUs}${validate ? ' to test' : ''}`),
    open: () => happened.push(`${name} opens`),
    borrowTimedOut: () => happened.push(`${name} gives up`),
  });
  const connection = (openedAtUs: number): Connection => {
    const { node, out, back } = world;
    return {
      node,
      incarnation: node.incarnation,
      out,
      back,
      session: null,
      openedAtUs,
      usedAtUs: openedAtUs,
      generation: pool.generation,
    };
  };
  return { ...world, pool, happened, discarded, borrower, connection };
}

describe('a pool', () => {
  it('opens up to its size, then makes others wait, then lends what comes back', () => {
    const { pool, happened, borrower, connection } = setUp();
    for (const name of ['a', 'b', 'c']) pool.borrow(borrower(name));
    expect(happened).toEqual(['a opens', 'b opens']);
    pool.release(connection(5));
    expect(happened.at(-1)).toBe('c gets 5');
  });

  it('lets nobody wait longer than it says', () => {
    const { pool, happened, borrower, agenda } = setUp({ size: 1 });
    pool.borrow(borrower('a'));
    pool.borrow(borrower('b'));
    agenda.runUntil(2_000_000);
    expect(happened).toEqual(['a opens', 'b gives up']);
  });

  it('gives the place of a failed attempt to whoever waits', () => {
    const { pool, happened, borrower } = setUp({ size: 1 });
    pool.borrow(borrower('a'));
    pool.borrow(borrower('b'));
    pool.drop();
    expect(happened).toEqual(['a opens', 'b opens']);
  });

  it('lends the one used last, and tests one that was idle for more than half a second', () => {
    const { pool, happened, borrower, connection, agenda } = setUp();
    for (const name of ['a', 'b']) pool.borrow(borrower(name));
    pool.release(connection(1));
    pool.release(connection(2));
    pool.borrow(borrower('c'));
    agenda.runUntil(600_000);
    pool.borrow(borrower('d'));
    expect(happened.slice(2)).toEqual(['c gets 2', 'd gets 1 to test']);
  });

  it('throws away what it knows to be closed, and what is too old', () => {
    const { pool, happened, discarded, borrower, connection, agenda, node } = setUp();
    for (const name of ['a', 'b']) pool.borrow(borrower(name));
    pool.release(connection(0));
    agenda.runUntil(1);
    node.stop('crashed', false, agenda.nowUs);
    pool.borrow(borrower('c'));
    expect(discarded).toEqual(['closed-by-server']);
    expect(happened.at(-1)).toBe('c opens');
    pool.release(connection(1));
    agenda.runUntil(70_000_000);
    pool.borrow(borrower('d'));
    expect(discarded).toEqual(['closed-by-server', 'retired']);
  });

  it('does not know that a silent host is gone', () => {
    const { pool, happened, borrower, connection, agenda, node } = setUp();
    pool.borrow(borrower('a'));
    pool.release(connection(0));
    agenda.runUntil(1);
    node.stop('stopped', true, agenda.nowUs);
    pool.borrow(borrower('b'));
    expect(happened.at(-1)).toBe('b gets 0');
  });

  it('learns of a silent host from keepalive probes, once all of them went unanswered', () => {
    const keepalive = { idleUs: 1_000_000, intervalUs: 1_000_000, probes: 5 };
    const { pool, happened, discarded, borrower, connection, agenda, node } = setUp({}, keepalive);
    for (const name of ['a', 'b']) pool.borrow(borrower(name));
    for (const atUs of [0, 1]) pool.release(connection(atUs));
    agenda.runUntil(10_000);
    node.stop('stopped', true, agenda.nowUs);
    agenda.runUntil(5_900_000);
    pool.borrow(borrower('c'));
    expect(happened.at(-1)).toBe('c gets 1 to test');
    agenda.runUntil(6_000_000);
    pool.borrow(borrower('d'));
    expect([discarded, happened.at(-1)]).toEqual([['closed-by-server'], 'd opens']);
  });

  it('retires everything when the clients go elsewhere', () => {
    const { pool, discarded, happened, borrower, connection } = setUp();
    for (const name of ['a', 'b']) pool.borrow(borrower(name));
    const [lent, idle] = [connection(1), connection(2)];
    pool.release(idle);
    pool.retireAll();
    pool.release(lent);
    expect(discarded).toEqual(['retired', 'retired']);
    pool.borrow(borrower('c'));
    expect(happened.at(-1)).toBe('c opens');
  });

  it('without a pool, every operation opens its own', () => {
    const { pool, happened, borrower, connection } = setUp({ size: 0 });
    pool.borrow(borrower('a'));
    pool.release(connection(0));
    pool.borrow(borrower('b'));
    expect(happened).toEqual(['a opens', 'b opens']);
  });
});

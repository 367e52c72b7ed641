import { describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import { ClientDnsCache } from './client-cache.ts';
import { Resolver } from './resolver.ts';
import { DnsEndpoint } from './zone.ts';

const S = 1_000_000;

/** Everything of its lifetime is left of a first answer. */
const FRESH = () => 1 - 2 ** -53;

function setUp() {
  const world = smallWorld();
  const endpoint = new DnsEndpoint(
    'orders',
    'instance',
    5 * S,
    ['orders-1'],
    world.agenda,
    world.streams.stream('dns'),
    world.recorder,
  );
  const resolver = new Resolver(world.agenda, FRESH);
  const cache = (mode: 'ttl' | 'none' | 'forever' | number) => {
    const spec = typeof mode === 'number' ? ({ mode: 'fixed', us: mode } as const) : ({ mode } as const);
    return new ClientDnsCache(spec, world.agenda, resolver, FRESH);
  };
  const repoint = (propagationUs = 0) => endpoint.repoint(['orders-2'], propagationUs, () => {});
  return { ...world, endpoint, resolver, cache, repoint };
}

/** When, in whole seconds, a look-up first gives the new node. */
function learnsAfter(mode: Parameters<ReturnType<typeof setUp>['cache']>[0]): number {
  const { agenda, endpoint, cache, repoint } = setUp();
  const client = cache(mode);
  client.lookUp(endpoint);
  repoint();
  for (let second = 0; second <= 3_600; second++) {
    agenda.runUntil(second * S);
    client.lookUp(endpoint);
    if (client.node === 'orders-2') return second;
  }
  return Number.POSITIVE_INFINITY;
}

describe('caches', () => {
  it.each([
    ['one that honours the TTL', 'ttl', 5],
    ['none but the resolver', 'none', 5],
    ['one that keeps answers for 30 s', 30 * S, 30],
    ['one that never asks again', 'forever', Number.POSITIVE_INFINITY],
  ] as const)('%s', (_, mode, seconds) => expect(learnsAfter(mode)).toBe(seconds));

  it('say when they took an answer in, also when it is the one from before', () => {
    const { agenda, endpoint, cache } = setUp();
    const [kept, none] = [cache(30 * S), cache('none')];
    const lookUps = [kept, none].map((one) =>
      [0, 29, 60].map((second) => {
        agenda.runUntil(Math.max(agenda.nowUs, second * S));
        return one.lookUp(endpoint);
      }),
    );
    expect(lookUps[0]).toEqual(['changed', 'held', 'renewed']);
    expect(lookUps[1]).toEqual(['changed', 'nothing', 'nothing']);
  });

  it('a resolver that others have used holds its first answer for a part of its TTL', () => {
    const { agenda, endpoint } = setUp();
    const resolver = new Resolver(agenda, () => 0.3);
    expect(resolver.ask(endpoint).expiresAtUs).toBe(1.5 * S);
    agenda.runUntil(1.5 * S);
    expect(resolver.ask(endpoint).expiresAtUs).toBe(6.5 * S);
  });

  it('clients that have been running for long do not ask in step', () => {
    const { agenda, endpoint, resolver } = setUp();
    const expiries = [0.1, 0.5, 0.9].map((share) => {
      const cache = new ClientDnsCache({ mode: 'fixed', us: 30 * S }, agenda, resolver, () => share);
      cache.lookUp(endpoint);
      return cache.expiresAtUs;
    });
    expect(expiries).toEqual([3 * S, 15 * S, 27 * S]);
  });
});

describe('an endpoint', () => {
  it('flaps while its servers take over a change, and settles', () => {
    const { agenda, endpoint, repoint } = setUp();
    repoint(10 * S);
    const answers = (atUs: number) => {
      agenda.runUntil(atUs);
      return new Set(Array.from({ length: 50 }, () => endpoint.ask().node));
    };
    expect(answers(5 * S)).toEqual(new Set(['orders-1', 'orders-2']));
    expect(answers(10 * S)).toEqual(new Set(['orders-2']));
  });

  it('keeps a change for later while the zone is frozen', () => {
    const { endpoint } = setUp();
    const made: string[] = [];
    endpoint.freeze();
    endpoint.freeze();
    endpoint.repoint(['orders-2'], 0, () => made.push('made'));
    endpoint.thaw();
    expect([endpoint.ask().node, made]).toEqual(['orders-1', []]);
    endpoint.thaw();
    expect([endpoint.ask().node, made]).toEqual(['orders-2', ['made']]);
  });

  it('gives no address while its record is lost, and open caches do not notice', () => {
    const { agenda, endpoint, cache } = setUp();
    const [warm, cold] = [cache(30 * S), cache('none')];
    warm.lookUp(endpoint);
    agenda.runUntil(6 * S);
    endpoint.lose();
    warm.lookUp(endpoint);
    cold.lookUp(endpoint);
    expect([warm.node, cold.node]).toEqual(['orders-1', null]);
    endpoint.restore();
    agenda.runUntil(12 * S);
    cold.lookUp(endpoint);
    expect(cold.node).toBe('orders-1');
  });

  it('spreads look-ups over all nodes of a reader endpoint', () => {
    const { endpoint } = setUp();
    endpoint.repoint(['a', 'b', 'c'], 0, () => {});
    const counts = { a: 0, b: 0, c: 0 };
    for (let query = 0; query < 3_000; query++) counts[endpoint.ask().node as 'a']++;
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(900);
  });
});

import { describe } from 'vitest';
import { refusesEach, withClient } from '../test/bad-input.ts';

describe('mistakes in clients', () => {
  refusesEach([
    [
      'an unknown database',
      withClient('{ connectsTo: order, from: use1-az1 }'),
      [
        '14:29',
        '`order`, which is not a database of topology.databases',
        '`orders`, which is the only one',
        'connectsTo: orders',
      ],
    ],
    [
      'an unknown endpoint',
      withClient('{ connectsTo: orders.redaer, from: use1-az1 }'),
      [
        '14:29',
        '`orders.redaer`, but orders has no endpoint `redaer`',
        '`orders` alone, or one of orders.writer, orders.reader; the nearest is `orders.reader`',
        'connectsTo: orders.reader',
      ],
    ],
    [
      'an unknown AZ',
      withClient('{ connectsTo: orders, from: use1-az3 }'),
      [
        '14:43',
        '`use1-az3`, which is not an AZ of topology.regions',
        'one of use1-az1, use1-az2, euw1-az1; the nearest is `use1-az1`',
        'from: use1-az1',
      ],
    ],
    [
      'a count of nothing',
      withClient('{ connectsTo: orders, from: use1-az1, count: 0 }'),
      ['14:60', 'the number `0`', 'a whole number from 1 to 100000', 'count: 40'],
    ],
    [
      'an unknown key of the driver',
      withClient('{ connectsTo: orders, from: use1-az1, driver: { connectTimout: 2s } }'),
      [
        '14:63',
        'the unknown key `connectTimout`',
        'one of connectTimeout, socketTimeout, keepalive, retransmitTimeout, failover, topologyRefresh, discardReadOnly; the nearest is `connectTimeout`',
        'connectTimeout: 2s',
      ],
    ],
    [
      'a time-out without unit',
      withClient('{ connectsTo: orders, from: use1-az1, driver: { connectTimeout: 2 } }'),
      [
        '14:79',
        'the number `2` without a unit',
        'a duration with its unit: d, h, m, s, ms or us, or none',
        'connectTimeout: 2s',
      ],
    ],
    [
      'a pool that is no pool',
      withClient('{ connectsTo: orders, from: use1-az1, pool: 20 }'),
      ['14:59', 'the number `20`', 'a mapping with the size of the pool, or none', 'pool: { size: 20 }'],
    ],
    [
      'a DNS cache that is none',
      withClient('{ connectsTo: orders, from: use1-az1, dnsCache: always }'),
      [
        '14:63',
        'the text `always`',
        'a duration with its unit: d, h, m, s, ms or us, or ttl or none or forever',
        'dnsCache: 30s',
      ],
    ],
    [
      'a jitter that is none',
      withClient('{ connectsTo: orders, from: use1-az1, retry: { jitter: some } }'),
      ['14:70', '`some`', 'one of full, none; the nearest is `none`', 'jitter: none'],
    ],
    [
      'a back-off above its maximum',
      withClient('{ connectsTo: orders, from: use1-az1, retry: { backoff: 5s, maxBackoff: 1s } }'),
      [
        '14:60',
        'a `backoff` above its `maxBackoff`',
        'a `maxBackoff` of at least `backoff`',
        'retry: { attempts: 3, backoff: 100ms, maxBackoff: 20s }',
      ],
    ],
    [
      'a route to a Region without the database',
      withClient('{ connectsTo: orders, from: use1-az1, routing: { regions: [us-east-1, eu-west-1] } }'),
      ['14:85', '`eu-west-1`, where orders has no node', '`us-east-1`, which is the only one', '- us-east-1'],
    ],
  ]);
});

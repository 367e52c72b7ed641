import { describe } from 'vitest';
import { refusesEach, withFault } from '../test/bad-input.ts';

describe('mistakes in faults', () => {
  refusesEach([
    [
      'an unknown cause',
      withFault('{ at: 3m, fail: orders.primary, cause: host-failur }'),
      [
        '18:44',
        '`host-failur`',
        'one of process-crash, host-failure, storage-failure, storage-stall, az-outage, az-isolated, region-outage, region-isolated, link-cut, link-slow, link-loss, apply-stall, long-transaction, resource-exhaustion, control-plane-down, control-plane-slow, launches-blocked, dns-frozen, endpoint-record-lost, replication-paused, logical-corruption, segment-failure; the nearest is `host-failure`',
        'cause: host-failure',
      ],
    ],
    [
      'a node that does not exist',
      withFault('{ at: 3m, fail: orders.secondary, cause: host-failure }'),
      [
        '18:21',
        '`orders.secondary`, which does not exist',
        'a node: one of orders.primary, orders.standby, orders.orders-1, orders.orders-2; the nearest is `orders.standby`',
        'fail: orders.standby',
      ],
    ],
    [
      'a database that does not exist',
      withFault('{ at: 3m, fail: order.primary, cause: host-failure }'),
      [
        '18:21',
        '`order.primary`, which does not exist',
        'a node: one of orders.primary, orders.standby, orders.orders-1, orders.orders-2; the nearest is `orders.primary`',
        'fail: orders.primary',
      ],
    ],
    [
      'a database where a node is needed',
      withFault('{ at: 3m, fail: orders, cause: host-failure }'),
      [
        '18:21',
        '`orders`, which is a database',
        'a node: one of orders.primary, orders.standby, orders.orders-1, orders.orders-2; the nearest is `orders.primary`',
        'fail: orders.primary',
      ],
    ],
    [
      'an AZ that does not exist',
      withFault('{ at: 3m, fail: use1-az3, cause: az-outage }'),
      [
        '18:21',
        '`use1-az3`, which does not exist',
        'an AZ: one of use1-az1, use1-az2, euw1-az1; the nearest is `use1-az1`',
        'fail: use1-az1',
      ],
    ],
    [
      'a Region where an AZ is needed',
      withFault('{ at: 3m, fail: us-east-1, cause: az-outage }'),
      ['18:21', '`us-east-1`, which is a Region', 'an AZ: one of use1-az1, use1-az2, euw1-az1', 'fail: use1-az1'],
    ],
    [
      'a segment of a database',
      withFault('{ at: 3m, fail: orders.segment-c, cause: segment-failure }'),
      [
        '18:21',
        '`orders.segment-c`, which does not exist',
        'a storage segment: one of orders.segment-a, orders.segment-b; the nearest is `orders.segment-a`',
        'fail: orders.segment-a',
      ],
    ],
    [
      'a link where a node is needed',
      withFault('{ at: 3m, fail: use1-az1 -> use1-az2, cause: process-crash }'),
      [
        '18:21',
        '`use1-az1 -> use1-az2`, which is a link',
        'a node: one of orders.primary, orders.standby, orders.orders-1, orders.orders-2',
        'fail: orders.primary',
      ],
    ],
    [
      'no link where one is needed',
      withFault('{ at: 3m, fail: use1-az1, cause: link-cut }'),
      [
        '18:21',
        '`use1-az1`',
        'a link: two places, nodes or cohorts with `->` (one way) or `<->` (both ways) between them',
        'fail: use1-az1 -> use1-az2',
      ],
    ],
    [
      'a link to nowhere',
      withFault('{ at: 3m, fail: use1-az1 -> use1-az3, cause: link-cut }'),
      [
        '18:21',
        '`use1-az3`, which does not exist',
        'at both ends of a link a place, a node or a cohort of clients: one of use1-az2, euw1-az1, us-east-1, eu-west-1, orders.primary, orders.standby, orders.orders-1, orders.orders-2, checkout; the nearest is `use1-az2`',
        'fail: use1-az1 -> use1-az2',
      ],
    ],
    [
      'a link to a database',
      withFault('{ at: 3m, fail: checkout -> orders, cause: link-cut }'),
      [
        '18:21',
        '`orders`, which is a database and not one of its nodes',
        'at both ends of a link a place, a node or a cohort of clients: one of orders.primary, orders.standby, orders.orders-1, orders.orders-2; the nearest is `orders.primary`',
        'fail: checkout -> orders.primary',
      ],
    ],
    [
      'a time after the end',
      withFault('{ at: 25m, fail: orders.primary, cause: host-failure }'),
      ['18:11', '25m, when the run is over', 'a time before the horizon of 20m', 'at: 3m'],
    ],
    [
      'a time without unit',
      withFault('{ at: 180, fail: orders.primary, cause: host-failure }'),
      ['18:11', 'the number `180` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'at: 180s'],
    ],
    [
      'a duration of nothing',
      withFault('{ at: 3m, fail: orders.primary, cause: host-failure, for: 0s }'),
      ['18:63', 'the duration `0s`', 'a duration from 1us to 366d', 'for: 30s'],
    ],
    [
      'an end before the beginning',
      withFault('{ at: 3m, fail: orders.primary, cause: host-failure, until: 2m }'),
      ['18:65', 'an end at 2m', 'a time after 3m, when it begins', 'until: 10m'],
    ],
    [
      'for a cause that does not last',
      withFault('{ at: 3m, fail: orders.primary, cause: process-crash, for: 5m }'),
      [
        '18:59',
        '`for` for process-crash, which is over in an instant',
        'process-crash without `for` or `until`',
        'for: …',
      ],
    ],
    [
      'an option of another cause',
      withFault('{ at: 3m, fail: orders.primary, cause: host-failure, factor: 3 }'),
      ['18:58', 'the unknown key `factor`', 'one of at, fail, cause, for, until, silent', '# no factor'],
    ],
    [
      'an option out of range',
      withFault('{ at: 3m, fail: use1-az1 -> use1-az2, cause: link-loss, probability: 3 }'),
      ['18:74', 'the number `3`', 'a number from 0.000001 to 1', 'probability: 0.3'],
    ],
    [
      'a size without unit',
      withFault('{ at: 3m, fail: orders.primary, cause: long-transaction, size: 2000 }'),
      [
        '18:68',
        'the number `2000` without a unit',
        'a size with its unit: B, kB, MB, GB, TB, KiB, MiB, GiB or TiB',
        'size: 2000B',
      ],
    ],
    [
      'an unknown request',
      withFault('{ at: 3m, request: failove, of: orders }'),
      ['18:24', '`failove`', 'one of failover, reboot; the nearest is `failover`', 'request: failover'],
    ],
    [
      'a request of nothing',
      withFault('{ at: 3m, request: failover, of: order }'),
      [
        '18:38',
        '`order`, which does not exist',
        'a database or a node: one of orders, orders.primary, orders.standby, orders.orders-1, orders.orders-2; the nearest is `orders`',
        'of: orders',
      ],
    ],
    [
      'a request and a fault',
      withFault('{ at: 3m, request: failover, fail: orders }'),
      [
        '18:5',
        'both a fault and a request',
        'a mapping with at, fail and cause, or with at, request and of',
        '- { at: 3m, request: failover, of: orders }',
      ],
    ],
    [
      'a word instead of a fault',
      withFault('orders.primary'),
      [
        '18:5',
        'the text `orders.primary`',
        'a mapping with at, fail and cause, or with at, request and of',
        '- { at: 3m, fail: orders.primary, cause: host-failure }',
      ],
    ],
    [
      'an endpoint where a database is needed',
      withFault('{ at: 3m, fail: orders.reader, cause: logical-corruption }'),
      ['18:21', '`orders.reader`, which is an endpoint', 'a database: `orders`, which is the only one', 'fail: orders'],
    ],
    [
      'clients where an AZ is needed',
      withFault('{ at: 3m, fail: checkout, cause: az-outage }'),
      [
        '18:21',
        '`checkout`, which is a cohort of clients',
        'an AZ: one of use1-az1, use1-az2, euw1-az1',
        'fail: use1-az1',
      ],
    ],
    [
      'a link from a place to itself',
      withFault('{ at: 3m, fail: use1-az1 -> use1-az1, cause: link-cut }'),
      ['18:21', '`use1-az1` at both ends', 'two different ends', 'fail: use1-az1 -> use1-az2'],
    ],
    [
      'no target',
      withFault('{ at: 3m, cause: host-failure }'),
      [
        '18:5',
        'no key `fail` in this mapping',
        '`fail`: what the fault acts on: a database, one of its nodes as in `orders.primary`, an AZ, a Region or a link',
        'fail: orders.primary',
      ],
    ],
    [
      'both for and until',
      withFault('{ at: 3m, fail: orders.primary, cause: host-failure, for: 1m, until: 5m }'),
      ['18:74', 'both `for` and `until`', 'one of them', 'until: 5m'],
    ],
    [
      'a request with a duration',
      withFault('{ at: 3m, request: failover, of: orders, for: 5m }'),
      ['18:46', 'the unknown key `for`', 'one of at, request, of', '# no for'],
    ],
  ]);
});

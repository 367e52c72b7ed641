import { describe } from 'vitest';
import { edited, refusesEach, withClient, withKey } from '../test/bad-input.ts';

describe('mistakes about a proxy', () => {
  refusesEach([
    [
      'a kind that has none',
      edited(
        'standby: use1-az2',
        `standby: use1-az2
    copy: { model: fake.follower, source: orders, az: use1-az2, proxy: {} }`,
      ),
      ['13:72', 'a proxy for copy, a fake.follower', 'none: no proxy stands before this kind', 'proxy: none'],
    ],
    [
      'an engine that it does not speak',
      withKey('engine: oracle\n      proxy: {}'),
      ['14:14', 'a proxy for orders, whose engine is oracle', 'none: the proxy speaks postgres, mysql', 'proxy: none'],
    ],
    [
      'AZs of another Region',
      withKey('proxy: { azs: [use1-az1, euw1-az1] }'),
      ['13:32', 'a proxy in `euw1-az1`', 'two or more different AZs of us-east-1', '- use1-az1, use1-az2'],
    ],
    [
      'an AZ twice',
      withKey('proxy: { azs: [use1-az1, use1-az1] }'),
      ['13:32', 'a proxy in `use1-az1`', 'two or more different AZs of us-east-1', '- use1-az1, use1-az2'],
    ],
    [
      'a single AZ',
      withKey('proxy: { azs: [use1-az1] }'),
      ['13:21', 'a list of 1', 'at least 2 in the list', 'azs: [use1-az1, use1-az2]'],
    ],
    [
      'a borrow timeout beyond the longest',
      withKey('proxy: { borrowTimeout: 10m }'),
      ['13:31', 'the duration `10m`', 'a duration up to 5m', 'borrowTimeout: 120s'],
    ],
    [
      'an unknown setting',
      withKey('proxy: { borrowTimout: 10s }'),
      [
        '13:16',
        'the unknown key `borrowTimout`',
        'one of azs, connections, borrowTimeout, idleClientTimeout, pinned, watch; the nearest is `borrowTimeout`',
        'borrowTimeout: 10s',
      ],
    ],
    [
      'a share of more than all',
      withKey('proxy: { pinned: 2 }'),
      ['13:24', 'the number `2`', 'a number from 0 to 1', 'pinned: 0.1'],
    ],
    [
      'clients of a proxy that is not there',
      withClient('{ connectsTo: orders.proxy, from: use1-az1 }'),
      [
        '14:29',
        '`orders.proxy`, but orders has no proxy',
        '`proxy: {}` among the keys of orders, or `orders` alone',
        'connectsTo: orders',
      ],
    ],
    [
      'a driver that would pass it by',
      withKey('proxy: {}').replace(
        '{ connectsTo: orders, from: use1-az1 }',
        '{ connectsTo: orders.proxy, from: use1-az1, driver: { failover: topology } }',
      ),
      ['15:79', '`failover: topology` for clients of a proxy', '`none`: the proxy finds the writer', 'failover: none'],
    ],
  ]);
});

import { describe } from 'vitest';
import { refusesEach, withPart } from '../test/bad-input.ts';

describe('mistakes in operators', () => {
  refusesEach([
    [
      'an unknown step',
      withPart(
        '  copy: { model: fake.follower, source: orders, az: use1-az1 }\n  operators: { oncall: { database: copy, reactions: { promote: 5m } } }',
      ),
      ['14:55', 'the unknown key `promote`', '`promote-replica`, which is the only one', 'promote-replica: 5m'],
    ],
    [
      'a kind that needs nobody',
      withPart('operators: { oncall: { database: orders, refuses: [promote] } }'),
      ['13:54', '`promote`', 'nothing here: there is none to choose from', '- …'],
    ],
    [
      'two for one database',
      withPart('operators: { a: { database: orders }, b: { database: orders } }'),
      [
        '13:44',
        'a second operator for `orders`, beside `a`',
        'one operator for a database',
        'b: { database: orders, reactions: { promote-replica: 5m } }',
      ],
    ],
    [
      'an unknown database',
      withPart('operators: { oncall: { database: order } }'),
      [
        '13:36',
        '`order`, which is not a database of topology.databases',
        '`orders`, which is the only one',
        'database: orders',
      ],
    ],
  ]);
});

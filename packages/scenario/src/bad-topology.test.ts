import { describe } from 'vitest';
import { edited, refusesEach, withKey, withPart } from '../test/bad-input.ts';

describe('mistakes in the topology', () => {
  refusesEach([
    [
      'regions as a list',
      edited('    us-east-1: [use1-az1, use1-az2]\n    eu-west-1: [euw1-az1]', '    - us-east-1'),
      [
        '6:5',
        'a list of 1',
        'Regions, each with the list of its AZs',
        'regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }',
      ],
    ],
    [
      'an AZ in two Regions',
      edited('[euw1-az1]', '[euw1-az1, use1-az1]'),
      [
        '7:27',
        'the AZ `use1-az1` a second time: it is in `us-east-1` already',
        'an AZ name that no other AZ has',
        '- eu-west-1-az2',
      ],
    ],
    [
      'a Region without AZs',
      edited('[euw1-az1]', '[]'),
      ['7:16', 'an empty list', 'at least 1 in the list', 'eu-west-1: [use1-az1]'],
    ],
    [
      'a name that is a number',
      edited('    eu-west-1:', '    7:'),
      [
        '7:5',
        'the name `7`',
        'a name of letters, digits and dashes that begins with a letter',
        '{ us-east-1: [use1-az1, use1-az2, use1-az3] }',
      ],
    ],
    [
      'a name twice in the topology',
      edited('    checkout:', '    orders:').replace('client: checkout', 'client: orders'),
      [
        '14:5',
        'a cohort of clients named `orders`, like a database',
        'a name that nothing else in the topology has',
        'orders: …',
      ],
    ],
    [
      'an unknown model',
      edited('fake.pair', 'fake.pear'),
      ['10:14', '`fake.pear`', 'one of fake.pair, fake.follower; the nearest is `fake.pair`', 'model: fake.pair'],
    ],
    [
      'no model',
      edited('      model: fake.pair\n', ''),
      ['10:7', 'no key `model` in this mapping', '`model`: one of fake.pair, fake.follower', 'model: fake.pair'],
    ],
    [
      'an unknown engine',
      edited('model: fake.pair', 'model: fake.pair\n      engine: postgre'),
      ['11:15', '`postgre`', 'one of postgres, mysql, oracle; the nearest is `postgres`', 'engine: postgres'],
    ],
    [
      'an observer nowhere',
      withKey('observer: use1-az9'),
      [
        '13:17',
        '`use1-az9`, which is not a Region or AZ of topology.regions',
        'one of us-east-1, eu-west-1, use1-az1, use1-az2, euw1-az1; the nearest is `use1-az1`',
        'observer: use1-az1',
      ],
    ],
    [
      'a link between an AZ and a Region',
      withPart('links: [{ between: [us-east-1, euw1-az1], oneWay: 3ms }]'),
      ['13:22', 'a Region and an AZ', 'two Regions, or two AZs', 'between: [us-east-1, eu-west-1]'],
    ],
    [
      'a link with one end',
      withPart('links: [{ between: [us-east-1], oneWay: 3ms }]'),
      ['13:22', 'a list of 1', 'at least 2 in the list', 'between: [us-east-1, eu-west-1]'],
    ],
  ]);
});

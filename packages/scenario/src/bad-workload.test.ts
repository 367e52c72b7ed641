import { describe } from 'vitest';
import { refusesEach, withWork } from '../test/bad-input.ts';

describe('mistakes in the workload', () => {
  refusesEach([
    [
      'an unknown client',
      withWork('{ client: chekout, op: write, arrivals: { poisson: 200/s } }'),
      [
        '16:15',
        '`chekout`, which is not a client of topology.clients',
        '`checkout`, which is the only one',
        'client: checkout',
      ],
    ],
    [
      'an unknown operation',
      withWork('{ client: checkout, op: update, arrivals: { poisson: 200/s } }'),
      ['16:29', '`update`', 'one of write, read, transaction', 'op: write'],
    ],
    [
      'a rate without unit',
      withWork('{ client: checkout, op: write, arrivals: { poisson: 200 } }'),
      ['16:57', 'the number `200` without a unit', 'a rate with its unit: per s, m or h', 'poisson: 200/s'],
    ],
    [
      'a rate per day',
      withWork('{ client: checkout, op: write, arrivals: { poisson: 200/d } }'),
      ['16:57', 'the text `200/d`', 'a rate with its unit: per s, m or h', 'poisson: 200/s'],
    ],
    [
      'arrivals that do not exist',
      withWork('{ client: checkout, op: write, arrivals: { posson: 200/s } }'),
      [
        '16:48',
        'the unknown key `posson`',
        'one of poisson, every, closed; the nearest is `poisson`',
        'poisson: 200/s',
      ],
    ],
    [
      'no arrivals',
      withWork('{ client: checkout, op: write }'),
      [
        '16:5',
        'no key `arrivals` in this mapping',
        '`arrivals`: how operations arrive: poisson, every, closed',
        'arrivals: { poisson: 200/s }',
      ],
    ],
    [
      'too many operations',
      withWork('{ client: checkout, op: write, arrivals: { poisson: 50000/s } }'),
      ['16:5', 'about 60000000 operations up to here', 'at most 50000000 in one run', '- arrivals: { poisson: 200/s }'],
    ],
    [
      'work after the end',
      withWork('{ client: checkout, op: write, arrivals: { poisson: 2/s }, from: 25m }'),
      [
        '16:5',
        'work from 25m to the end',
        'a `from` before `until`, both within the horizon of 20m',
        '- { from: 1m, until: 5m }',
      ],
    ],
    [
      'work that ends before it begins',
      withWork('{ client: checkout, op: write, arrivals: { poisson: 2/s }, from: 5m, until: 2m }'),
      [
        '16:5',
        'work from 5m to 2m',
        'a `from` before `until`, both within the horizon of 20m',
        '- { from: 1m, until: 5m }',
      ],
    ],
  ]);
});

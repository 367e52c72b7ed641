import { describe } from 'vitest';
import { edited, refusesEach, SMALL_SCENARIO, withFault } from '../test/bad-input.ts';

describe('mistakes at the top of the file', () => {
  refusesEach([
    [
      'an unknown key',
      edited('horizon', 'horizont'),
      [
        '1:1',
        'no key `horizon` in this mapping',
        '`horizon`: a duration with its unit: d, h, m, s, ms or us',
        'horizon: 20m',
      ],
      [
        '3:1',
        'the unknown key `horizont`',
        'one of scenario, summary, seed, horizon, sample, topology, workload, faults, expect; the nearest is `horizon`',
        'horizon: 20m',
      ],
    ],
    [
      'no seed',
      edited('seed: 7\n', ''),
      [
        '1:1',
        'no key `seed` in this mapping',
        '`seed`: a seed of 1 to 64 letters, digits, dots, dashes or underscores',
        'seed: 7',
      ],
    ],
    [
      'a seed without value',
      edited('seed: 7', 'seed:'),
      ['2:1', 'nothing', 'a seed of 1 to 64 letters, digits, dots, dashes or underscores', 'seed: 7'],
    ],
    [
      'an empty seed',
      edited('seed: 7', 'seed: ""'),
      ['2:7', 'an empty text', 'a seed of 1 to 64 letters, digits, dots, dashes or underscores', 'seed: 7'],
    ],
    [
      'a seed with a space',
      edited('seed: 7', 'seed: a b'),
      ['2:7', 'the text `a b`', 'a seed of 1 to 64 letters, digits, dots, dashes or underscores', 'seed: 7'],
    ],
    [
      'a seed of another type',
      edited('seed: 7', 'seed: [7]'),
      ['2:7', 'a list of 1', 'a seed of 1 to 64 letters, digits, dots, dashes or underscores', 'seed: 7'],
    ],
    [
      'a horizon without unit',
      edited('20m', '1200'),
      ['3:10', 'the number `1200` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'horizon: 1200s'],
    ],
    [
      'a horizon that is no duration',
      edited('20m', 'twenty minutes'),
      ['3:10', 'the text `twenty minutes`', 'a duration with its unit: d, h, m, s, ms or us', 'horizon: 20m'],
    ],
    [
      'a horizon of a decade',
      edited('20m', '4000d'),
      ['3:10', 'the duration `4000d`', 'a duration from 1ms to 366d', 'horizon: 20m'],
    ],
    [
      'a horizon of nothing',
      edited('20m', '0s'),
      ['3:10', 'the duration `0s`', 'a duration from 1ms to 366d', 'horizon: 20m'],
    ],
    [
      'too many samples',
      edited('horizon: 20m', 'horizon: 2h\nsample: 1ms'),
      ['4:9', '7200000 samples, one every 1ms', 'at most 1000000 samples in a horizon of 2h', 'sample: 7.2ms'],
    ],
    [
      'a sample without unit',
      edited('horizon: 20m', 'horizon: 20m\nsample: 5'),
      ['4:9', 'the number `5` without a unit', 'a duration with its unit: d, h, m, s, ms or us, or none', 'sample: 5s'],
    ],
    [
      'a name with a slash',
      edited('small', 'small/one'),
      ['1:11', 'the text `small/one`', 'a name of letters, digits and dashes', 'scenario: rds-multi-az-host-failure'],
    ],
    [
      'a summary that is a list',
      edited('seed: 7', 'seed: 7\nsummary: [a]'),
      ['3:10', 'a list of 1', 'a sentence', 'summary: The primary is lost under load.'],
    ],
    [
      'an escape sequence for terminals',
      edited('seed: 7', 'seed: 7\nsummary: "a \\e[31m b"'),
      ['3:10', 'invisible characters in `a \\u{1b}[31m b`', 'a sentence', 'summary: The primary is lost under load.'],
    ],
    [
      'no topology',
      'scenario: small\nseed: 7\nhorizon: 20m\nworkload: []\n',
      [
        '1:1',
        'no key `topology` in this mapping',
        '`topology`: a mapping with regions, databases and clients',
        'topology: { regions: …, databases: …, clients: … }',
      ],
    ],
    [
      'no workload',
      SMALL_SCENARIO.replace(/workload:[\s\S]*/, ''),
      [
        '1:1',
        'no key `workload` in this mapping',
        '`workload`: a list, each item a mapping with client, op and arrivals',
        'workload: [{ client: checkout, op: write, arrivals: { poisson: 200/s } }]',
      ],
    ],
    [
      'many problems at once, in the order of the file',
      withFault('{ at: 3, fail: order, cause: crash }').replace('seed: 7', 'seed: ""').replace('20m', '20'),
      ['2:7', 'an empty text', 'a seed of 1 to 64 letters, digits, dots, dashes or underscores', 'seed: 7'],
      ['3:10', 'the number `20` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'horizon: 20s'],
      ['18:11', 'the number `3` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'at: 3s'],
      [
        '18:34',
        '`crash`',
        'one of process-crash, host-failure, storage-failure, storage-stall, az-outage, az-isolated, region-outage, region-isolated, link-cut, link-slow, link-loss, apply-stall, long-transaction, resource-exhaustion, control-plane-down, control-plane-slow, launches-blocked, dns-frozen, endpoint-record-lost, replication-paused, logical-corruption, segment-failure',
        'cause: process-crash',
      ],
    ],
  ]);
});

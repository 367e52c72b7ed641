import { describe } from 'vitest';
import { refusesEach, withExpect } from '../test/bad-input.ts';
import { alwaysExpectations } from './expectations.ts';

describe('mistakes in expectations', () => {
  refusesEach([
    [
      'an unknown property',
      withExpect('{ always: [single-writers] }'),
      [
        '19:20',
        '`single-writers`',
        `one of ${Object.keys(alwaysExpectations).join(', ')}; the nearest is \`single-writer\``,
        '- single-writer',
      ],
    ],
    [
      'an objective of clients that are not there',
      withExpect('{ objectives: { clients: { chekout: { rto: 30s } } } }'),
      ['19:36', 'the unknown key `chekout`', '`checkout`, which is the only one', 'checkout: …'],
    ],
    [
      'an objective of clients without a time',
      withExpect('{ objectives: { clients: { checkout: {} } } }'),
      ['19:46', 'no key `rto` in this mapping', '`rto`: a duration with its unit: d, h, m, s, ms or us', 'rto: 30s'],
    ],
    [
      'an unknown measure',
      withExpect('{ measures: { recovery: { max: 3s } } }'),
      [
        '19:23',
        'the unknown key `recovery`',
        'one of recoveryTime, timeToFirstSuccess, dataLoss, dataLossSpan, lostUpdates, failed, indeterminate; the nearest is `recoveryTime`',
        'recoveryTime: …',
      ],
    ],
    [
      'a bound without unit',
      withExpect('{ measures: { recoveryTime: { max: 120 } } }'),
      ['19:44', 'the number `120` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'max: 120s'],
    ],
    [
      'a bound with a unit too much',
      withExpect('{ measures: { dataLoss: { max: 120s } } }'),
      ['19:40', 'the text `120s`', 'a whole number from 0 to 9007199254740991', 'max: 0'],
    ],
    [
      'no bound at all',
      withExpect('{ measures: { dataLoss: {} } }'),
      ['19:33', 'no bound', 'a mapping with min, max or both', 'dataLoss: { max: 0 }'],
    ],
    [
      'bounds the wrong way round',
      withExpect('{ measures: { recoveryTime: { min: 3m, max: 2m } } }'),
      ['19:37', 'a `max` below its `min`', 'a `max` of at least `min`', 'recoveryTime: { max: 120s }'],
    ],
    [
      'an event of another kind',
      withExpect('{ events: [FAKE-0045] }'),
      [
        '19:20',
        "`FAKE-0045`, which is not an event of the scenario's databases",
        '`FAKE-0013`, which is the only one',
        '- FAKE-0013',
      ],
    ],
    [
      'an objective without unit',
      withExpect('{ objectives: { rto: 120 } }'),
      ['19:30', 'the number `120` without a unit', 'a duration with its unit: d, h, m, s, ms or us', 'rto: 120s'],
    ],
  ]);
});

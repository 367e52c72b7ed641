import { describe } from 'vitest';
import { edited, refusesEach, withKey, withPart } from '../test/bad-input.ts';

describe('mistakes in what a kind reads for itself', () => {
  refusesEach([
    [
      'an unknown key of the kind',
      edited('standby:', 'standy:'),
      ['10:7', 'no key `standby` in this mapping', '`standby`: text', 'standby: use1-az2'],
      [
        '12:7',
        'the unknown key `standy`',
        'one of model, engine, timings, observer, proxy, primary, standby, readers, mode, volume, zones, tags, even; the nearest is `standby`',
        'standby: use1-az2',
      ],
    ],
    [
      'a missing key of the kind',
      edited('      standby: use1-az2\n', ''),
      ['10:7', 'no key `standby` in this mapping', '`standby`: text', 'standby: use1-az2'],
    ],
    [
      'a key of the wrong type',
      edited('standby: use1-az2', 'standby: 2'),
      ['12:16', 'the number `2`', 'text', 'standby: use1-az2'],
    ],
    [
      'an empty text',
      edited('standby: use1-az2', 'standby: ""'),
      ['12:16', 'an empty text', 'a text that is not empty', 'standby: use1-az2'],
    ],
    [
      'a number out of range',
      withKey('readers: 4'),
      ['13:16', 'the number `4`', 'a number of at most 3', 'readers: 3'],
    ],
    [
      'a number that is not whole',
      withKey('readers: 1.5'),
      ['13:16', 'the number `1.5`', 'a whole number', 'readers: 2'],
    ],
    [
      'an unknown word',
      withKey('mode: synch'),
      ['13:13', 'the text `synch`', 'one of sync, async; the nearest is `sync`', 'mode: sync'],
    ],
    [
      'one of two forms',
      withKey('volume: { iops: many }'),
      ['13:23', 'the text `many`', 'a number', 'volume: { iops: 3000 }'],
    ],
    [
      'none of two forms',
      withKey('volume: 7'),
      ['13:15', 'the number `7`', '`default`, or a mapping', 'volume: { iops: 3000 }'],
    ],
    [
      'an unknown key inside of a key',
      withKey('volume: { iops: 3000, teir: x }'),
      ['13:29', 'the unknown key `teir`', 'one of iops, tier; the nearest is `tier`', 'tier: x'],
    ],
    ['too long a list', withKey('zones: [a, b, c]'), ['13:14', 'a list of 3', 'a list of at most 2', 'zones: …']],
    ['a key of another form', withKey('tags: { A: b }'), ['13:15', 'the key `A`', 'text of another form', 'tags: …']],
    ['what the kind itself refuses', withKey('even: 3'), ['13:13', 'the number `3`', 'an even number', 'even: …']],
    [
      'a standby in the AZ of its primary',
      edited('standby: use1-az2', 'standby: use1-az1'),
      ['12:16', 'a standby in use1-az1, the AZ of its primary', 'another AZ of the same Region', 'standby: use1-az2'],
    ],
    [
      'a follower of nothing',
      withPart('  copy: { model: fake.follower, source: order, az: use1-az1 }'),
      ['13:43', 'a follower of order', 'a database to follow', 'source: orders'],
    ],
  ]);
});

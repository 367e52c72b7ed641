import { describe } from 'vitest';
import { edited, refusesEach, SMALL_SCENARIO } from '../test/bad-input.ts';

describe('text that is no YAML, or not the YAML that scenarios use', () => {
  refusesEach([
    [
      'an unclosed quote',
      edited('scenario: small', 'scenario: "small'),
      [
        '1:11',
        'a quote that is not closed: `"small`',
        'the same quote at the end of the text',
        'summary: "The primary is lost."',
      ],
    ],
    [
      'an unclosed bracket',
      edited('[use1-az1, use1-az2]', '[use1-az1, use1-az2'),
      [
        '6:16',
        'a bracket that is not closed before the indentation ends: `[use1-az1, use1-az2`',
        'a `}` for every `{` and a `]` for every `[`, indented like the lines beside it',
        'regions: { us-east-1: [use1-az1, use1-az2] }',
      ],
    ],
    [
      'wrong indentation',
      edited('      primary:', '     primary:'),
      [
        '11:1',
        'a line that is indented unlike the lines it belongs to: `primary: use1-az1`',
        'as many spaces as the other keys or items of the same mapping or list',
        'pool:\n  size: 20\n  borrowTimeout: 30s',
      ],
    ],
    [
      'a line without a colon',
      edited('seed: 7', 'seed 7'),
      [
        '2:1',
        'a line without a colon, or a key over several lines: `seed 7`',
        'a key, a colon, a space and a value',
        'horizon: 20m',
      ],
    ],
    [
      'a colon in a text',
      edited('scenario: small', 'summary: first: second'),
      [
        '1:10',
        'a key inside of a value: `first: second`',
        'one key and one value in a line; a text that holds a colon and a space stands in quotes',
        'summary: "Failover: the standby takes over."',
      ],
    ],
    [
      'a reserved character',
      edited('seed: 7', 'seed: @7'),
      [
        '2:7',
        'a text that begins with a character that YAML keeps for itself: `@7`',
        'such a text in quotes',
        'summary: "@ three in the morning"',
      ],
    ],
    [
      'a bracket that was never opened',
      edited('seed: 7', 'seed: }'),
      [
        '2:7',
        'something that YAML does not allow here: `}`',
        'a key, a colon, a space and a value; brackets in pairs',
        'horizon: 20m',
      ],
    ],
    [
      'a duplicate key',
      edited('horizon: 20m', 'seed: 8\nhorizon: 20m'),
      ['3:1', 'the key `seed` a second time in the same mapping', 'every key once', 'seed: …   # only one of the two'],
    ],
    [
      'a tab',
      edited('  regions', '\tregions'),
      ['5:1', 'a tab', 'spaces: YAML does not take tabs as indentation', '  key: value'],
    ],
    [
      'a control character',
      edited('small', 'sm\u001ball'),
      [
        '1:13',
        'the control character `\\u{1b}`',
        'text that can be seen, spaces and line breaks',
        'summary: plain text',
      ],
    ],
    [
      'bytes that are not UTF-8',
      edited('small', 'sm\ufffdll'),
      ['1:13', 'bytes that are not UTF-8', 'a text file in UTF-8', 'summary: text that is saved as UTF-8'],
    ],
    [
      'two documents',
      `${SMALL_SCENARIO}---\nscenario: other\n`,
      [
        '19:1',
        'a second YAML document',
        'one scenario in one file: put the other one into a file of its own',
        'scenario: my-first-scenario   # without a `---` after it',
      ],
    ],
    [
      'a directive',
      `%YAML 1.1\n---\n${SMALL_SCENARIO}`,
      ['1:1', 'the YAML directive `%YAML 1.1`', 'YAML 1.2 without directives', 'scenario: my-first-scenario'],
    ],
    ['an empty file', '', ['1:1', 'an empty file', 'a scenario', 'scenario: my-first-scenario']],
    ['only a comment', '# nothing\n', ['1:1', 'an empty file', 'a scenario', 'scenario: my-first-scenario']],
    [
      'a list as root',
      '- a\n',
      ['1:1', 'a list of 1', 'a mapping that begins with `scenario`', 'scenario: my-first-scenario'],
    ],
    [
      'a word as root',
      'hello\n',
      ['1:1', 'the text `hello`', 'a mapping that begins with `scenario`', 'scenario: my-first-scenario'],
    ],
    [
      'a dangling alias',
      edited('seed: 7', 'seed: *s'),
      [
        '2:7',
        '`*s`, which repeats something that is not named before it',
        'a value, or an anchor further up',
        'driver: &s { connectTimeout: 2s }',
      ],
    ],
    [
      'an alias inside of its anchor',
      edited('faults:\n', 'faults: &f\n  - *f\n'),
      [
        '18:5',
        '`*f` inside of the value that it repeats',
        'an alias after the end of the value',
        'driver: &f { connectTimeout: 2s }',
      ],
    ],
    [
      'a tag',
      edited('seed: 7', 'seed: !mine 7'),
      ['2:7', 'a YAML tag: `!mine 7`', 'a value without a tag; quotes make a text of anything', `seed: '7'`],
    ],
    [
      'a mapping as key',
      edited('seed: 7', '? [a]\n: 7\nseed: 7'),
      ['2:3', 'a key that is not a plain word', 'a word as key, then a colon and a space', 'horizon: 20m'],
    ],
  ]);
});

import { parseEDNString } from 'edn-data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryValue } from '../history.ts';
import { parseEdn } from './edn.ts';
import { HistoryReader, parseHistory } from './history-reader.ts';

fc.configureGlobal({ seed: 7 });

const values = (text: string) => parseHistory(text).map(({ value }) => value);
const event = (value: string) => `{:process 0, :type :invoke, :f :x, :value ${value}}`;

describe('EDN', () => {
  it.each<[string, HistoryValue]>([
    ['nil', null],
    ['true', true],
    [':read', 'read'],
    [':a.b/c', 'a.b/c'],
    ['symbol', 'symbol'],
    ['"a\\"b\\n\\u0041;{"', 'a"b\nA;{'],
    ['-12', -12],
    ['+3', 3],
    ['12N', 12],
    ['9007199254740993', '9007199254740993N'],
    ['1.5e3', 1500],
    ['2.5M', 2.5],
    ['6/3', 2],
    ['1/3', '1/3'],
    ['0x1F', 31],
    ['##Inf', 'Infinity'],
    ['\\a', 'a'],
    ['\\{', '{'],
    ['\\newline', '\n'],
    ['\\u00e9', 'é'],
    ['[1 (2 3) []]', [1, [2, 3], []]],
    ['#{3 1 2}', [1, 2, 3]],
    ['{:a 1, "b" [2] 3 4, [5] 6}', { a: 1, b: [2], '3': 4, '[5]': 6 }],
    ['#inst "2025-04-29"', '2025-04-29'],
    ['#jepsen.independent.Tuple [k 1]', ['k', 1]],
    ['[1 #_ 2 #_ {:a 3} 4 ; 5\n 6]', [1, 4, 6]],
    ['^{:line 3} [1]', [1]],
  ])('%s', (text, value) => {
    expect(parseEdn(text, 1)).toEqual(value);
  });

  it('agrees with another reader', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abc" \\\n;{}[]#é') });
    const { tree } = fc.letrec<{ tree: HistoryValue }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        text,
        fc.array(tie('tree'), { maxLength: 4 }),
      ),
    }));
    const property = fc.property(tree, (value) => {
      // Arrays, text and numbers of JSON are EDN as they are.
      const edn = JSON.stringify(value).replaceAll('null', 'nil');
      expect(parseEdn(edn, 1)).toEqual(value);
      expect(parseEdn(edn, 1)).toEqual(parseEDNString(edn));
    });
    fc.assert(property);
  });
});

describe('a history', () => {
  const map = '{:process 0, :type :invoke, :f :read, :value nil, :time 5, :index 7}';
  const json = '{"process": 0, "type": "invoke", "f": "read", "value": null, "time": 5, "index": 7}';
  const expected = { process: 0, type: 'invoke', f: 'read', value: null, time: 5, index: 7, hasValue: true };

  it.each([
    ['lines of EDN', `${map}\n${map}`],
    ['maps with no space between', `${map}${map}`],
    ['a vector', `[${map} ${map}]`],
    ['a list', `(${map}\n,${map})`],
    ['a vector with a tag', `#jepsen.history.History [${map} ${map}]`],
    ['maps with a tag', `#jepsen.history.Op${map} #jepsen.history.Op ${map}`],
    ['comments and forms that are left out', `; first\n${map}\n#_ ${map}\n;; {\n${map} ; last`],
    ['lines of JSON', `${json}\n${json}\n`],
    ['a JSON array', `[${json},\n ${json}]`],
    ['a byte order mark', `\uFEFF[${json},${json}]`],
  ])('may be %s', (_, text) => {
    expect(parseHistory(text)).toMatchObject([expected, expected]);
  });

  it('may come in pieces of any length', () => {
    const text = `[${event('"a\\"}{"')} ; }\n ${event('\\}')}\n${event('[1 {2 3}]')}]`;
    for (let length = 1; length < text.length; length++) {
      const reader = new HistoryReader();
      for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length));
      expect(reader.end().map(({ value, line }) => [value, line])).toEqual([
        ['a"}{', 1],
        ['}', 2],
        [[1, { '2': 3 }], 3],
      ]);
    }
  });

  it('may give types and functions with a colon, keys of their own, and processes as text', () => {
    const text = '{"process": "3", "type": ":ok", "f": ":get", "key": "k", "value": "v"}';
    expect(parseHistory(text)).toMatchObject([{ process: 3, type: 'ok', f: 'get', value: ['k', 'v'] }]);
  });

  it('may leave out index, value, function of transactions, and the process of a single client', () => {
    expect(parseHistory('{:type :invoke, :value [[:r x nil]]} {:type :ok, :f :txn}')).toMatchObject([
      { index: 0, process: -1, f: 'txn', hasValue: true },
      { index: 1, process: -1, f: 'txn', hasValue: false },
    ]);
  });

  it('keeps whole numbers apart that a double cannot tell', () => {
    const json16 = (value: string) => `{"process":0,"type":"ok","f":"read","value":${value}}`;
    expect(values([json16('9007199254740992'), json16('9007199254740993')].join('\n'))).toEqual([
      '9007199254740992N',
      '9007199254740993N',
    ]);
    expect(values(json16('[0.1234567890123456789, "12345678901234567890"]'))).toEqual([
      [0.123_456_789_012_345_68, '12345678901234567890'],
    ]);
  });

  it('is told from its text, whatever its file is called', () => {
    const reader = new HistoryReader('json');
    reader.push(map);
    expect(reader.end()).toMatchObject([expected]);
  });

  it('is empty only if it says so', () => {
    expect(parseHistory('[]')).toEqual([]);
    expect(() => parseHistory(' \n; nothing')).toThrow('found nothing at all');
  });
});

describe('what is no history is refused with its line and how to write it', () => {
  const op = '{"process":0,"type":"invoke","f":"x"}';
  it.each([
    ['hello', 'line 1: found hello, expected an operation: a map'],
    ['[1]', 'line 1: found 1, expected an operation: a map'],
    ['{:process 0, :type :invoke, :f :x', 'the end of an operation that began on line 1: the history is cut off'],
    [`[${op},\n`, 'the end of the list of operations that began on line 1: the history is cut off'],
    ['\n{:process 0 :type :invoke\n :f "x', 'the end of an operation that began on line 2'],
    ['{:process 0 :type :invoke :f :x]', 'line 1: found "]", expected "}"'],
    ['\n{:process 0\n :type}', 'line 3: found a map with a key and no value'],
    ['{:a 1 :a 2}', 'the key "a" twice'],
    ['{:a 1.2.3}', 'found "1.2.3", expected an EDN value'],
    ['{:a "\\q"}', 'found the escape \\q in a string'],
    ['} {', 'line 1: found a closing bracket that closes nothing'],
    [`[${op}] ${op}`, 'line 1: found text after the end of the list'],
    [`[${op} ${op}]`, 'found 0 commas between two operations'],
    [`[${op},]`, 'found a comma with no operation beside it'],
    ['{"process": 0,}', 'line 1: found no JSON ('],
    ['{:type :invoke, :process 0, :value 3}', 'line 1: found an operation without :f'],
    ['{:process 0, :type :began, :f :x}', 'found :type began, expected :invoke, :ok, :fail or :info'],
    ['{:process 0, :f :x}', 'found an operation without :type'],
    ['{:process 1.5, :type :ok, :f :x}', 'found :process 1.5, expected a whole number'],
    [`${'['.repeat(300)}`, 'nested more than 200 deep'],
    [`${event('1')} {:type :ok, :f :x}`, 'found an operation without :process, although others have one'],
  ])('%s', (text, message) => {
    expect(() => parseHistory(text)).toThrow(message);
  });

  it('even if one operation is as long as a file', () => {
    const reader = new HistoryReader();
    const piece = 'x'.repeat(1 << 20);
    const push = () => {
      reader.push('{:process 0, :type :invoke, :f :x, :value "');
      for (let mebibytes = 0; mebibytes < 17; mebibytes++) reader.push(piece);
    };
    expect(push).toThrow('line 1: found one operation of more than 16 MiB');
  });
});

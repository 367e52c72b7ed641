import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalLine } from './canonical.ts';
import { parseLine } from './parse.ts';
import type { OpRecord } from './records/clients.ts';
import type { FactRecord } from './records/control-plane.ts';
import type { TraceRecord } from './records/trace-record.ts';

const op: OpRecord = {
  type: 'op',
  atUs: 2_000_000,
  cohort: 'checkout',
  client: 3,
  op: 17,
  action: 'write',
  key: 4,
  invokedAtUs: 1_990_000,
  outcome: 'ok',
  database: 'orders',
  attempts: 1,
  position: { timeline: 1, lsn: 9 },
};

const fact = (drawnUs: Record<string, number>): FactRecord => ({
  type: 'fact',
  atUs: 5,
  database: 'orders',
  fact: 'PRIMARY_UNREACHABLE',
  outcome: 'accepted',
  drawnUs,
});

describe('canonicalLine', () => {
  it('sorts keys at every level and leaves out undefined fields', () => {
    expect(canonicalLine({ ...op, error: undefined } as unknown as TraceRecord)).toBe(
      '{"action":"write","atUs":2000000,"attempts":1,"client":3,"cohort":"checkout","database":"orders",' +
        '"invokedAtUs":1990000,"key":4,"op":17,"outcome":"ok","position":{"lsn":9,"timeline":1},"type":"op"}',
    );
  });

  it('does not depend on the order in which a record was built', () => {
    const reversed = Object.fromEntries(Object.entries(op).reverse()) as unknown as OpRecord;
    expect(canonicalLine(reversed)).toBe(canonicalLine(op));
    // The other shape first, so that the remembered order of keys is tried both ways.
    expect(canonicalLine(op)).toBe(canonicalLine(reversed));
  });

  it('does not depend on what was written before, though keys of every number and order come in turns', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', '2', '10'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 60 }), (lists) => {
        for (const list of lists) {
          const detail = Object.fromEntries(list.map((key) => [key, key]));
          const record = { type: 'command', atUs: 1, database: 'orders', command: 'MIXED', detail } as const;
          const sorted = [...list].sort().map((key) => `"${key}":"${key}"`);
          expect(canonicalLine(record)).toContain(`"detail":{${sorted.join(',')}}`);
        }
      }),
      { seed: 7 },
    );
  });

  it.each([
    [Number.NaN, 'fact.drawnUs.promotion is NaN'],
    [Number.POSITIVE_INFINITY, 'fact.drawnUs.promotion is Infinity'],
    [-0, 'fact.drawnUs.promotion is -0'],
  ])('refuses %s by the name of its field', (value, message) => {
    expect(() => canonicalLine(fact({ promotion: value }))).toThrow(message);
  });

  it('refuses what is no JSON value', () => {
    const record = { type: 'command', atUs: 0, database: 'orders', command: 'X', detail: { n: [1n] } };
    expect(() => canonicalLine(record as unknown as TraceRecord)).toThrow('command.detail.n.0 holds a bigint');
  });

  it('is read back by parseLine as the same record, whatever it holds', () => {
    const number = fc
      .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .filter((n) => !Object.is(n, -0));
    const detail = fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
      fc.oneof(number, fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.array(number)),
    );
    fc.assert(
      fc.property(detail, (value) => {
        const record = { type: 'command', atUs: 1, database: 'orders', command: 'X', detail: { ...value } } as const;
        const line = canonicalLine(record);
        expect(line).not.toContain('\n');
        expect(parseLine(line)).toEqual(record);
        expect(canonicalLine(parseLine(line))).toBe(line);
      }),
      { seed: 7 },
    );
  });
});

describe('parseLine', () => {
  it.each([
    ['', 'expected one line of JSON'],
    ['[1]', 'expected a JSON object'],
    ['{"type":"hearder","atUs":0}', 'found type "hearder"'],
    ['{"type":"constructor","atUs":0}', 'found type "constructor"'],
    ['{"type":"end"}', 'found atUs missing'],
    ['{"type":"end","atUs":1.5}', 'found atUs 1.5'],
  ])('refuses %s and says what was found', (text, message) => {
    expect(() => parseLine(text)).toThrow(message);
  });
});

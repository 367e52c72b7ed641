import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalLine } from './canonical.ts';
import { digestOf, shortDigest, TraceDigest } from './digest.ts';
import type { HeaderRecord } from './records/header.ts';
import type { TraceRecord } from './records/trace-record.ts';

const header: HeaderRecord = {
  type: 'header',
  atUs: 0,
  format: 'faultline-trace/1',
  scenario: 'straße',
  summary: 'Not only ASCII: µs, 東京.',
  seed: '7',
  horizonUs: 60_000_000,
  databases: [],
  cohorts: [],
  resolved: { faults: [] },
};

function* trace(length: number): Generator<TraceRecord> {
  yield header;
  for (let n = 1; n < length; n++) {
    yield { type: 'disconnect', atUs: n, cohort: 'checkout', client: n % 40, node: 'orders-1', reason: 'reset' };
  }
}

describe('TraceDigest', () => {
  it.each([1, 2, 5_000])('is the SHA-256 of the NDJSON file (%i records)', (length) => {
    const file = [...trace(length)].map((record) => `${canonicalLine(record)}\n`).join('');
    expect(digestOf(trace(length))).toBe(createHash('sha256').update(file, 'utf8').digest('hex'));
  });

  it('is the same by the hash of the host', () => {
    const digest = new TraceDigest(createHash('sha256'));
    for (const record of trace(5_000)) digest.add(record);
    expect(digest.hex()).toBe(digestOf(trace(5_000)));
  });

  it('is the hash of nothing for an empty trace', () => {
    expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('depends on every field of the header', () => {
    const changed = digestOf([{ ...header, resolved: { faults: [], sampleEveryUs: 0 } }]);
    expect(changed).not.toBe(digestOf([header]));
    expect(shortDigest(changed)).toHaveLength(16);
  });

  it('may be read twice but not added to after', () => {
    const digest = new TraceDigest();
    digest.add(header);
    expect(digest.hex()).toBe(digest.hex());
    expect(() => digest.add(header)).toThrow('read already');
  });
});

import { describe, expect, it } from 'vitest';
import { keysOf, murmurHash, type Words } from './murmur-hash.ts';

const started = (seed: number): Words => ({ first: seed, second: seed, third: seed, fourth: seed });

const valuesOf = ({ first, second, third, fourth }: Words): number[] => [first, second, third, fourth];

/** As the original writes it into memory on the machines it was written for: lowest byte first. */
const bytesOf = (words: Words): string =>
  valuesOf(words)
    .flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24])
    .map((byte) => String.fromCharCode(byte & 0xff))
    .join('');

const hexOf = (words: Words): string =>
  valuesOf(words)
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');

describe('murmurHash', () => {
  it('passes the verification of SMHasher for MurmurHash3_x86_128', () => {
    // `VerificationTest` of SMHasher: bytes 0 to n - 1 with seed 256 - n, for n from 0 to 255, and then all those hashes.
    let key = '';
    let hashes = '';
    for (let length = 0; length < 256; length++) {
      hashes += bytesOf(murmurHash(keysOf(key), started(256 - length)));
      key += String.fromCharCode(length);
    }
    expect(murmurHash(keysOf(hashes), started(0)).first >>> 0).toBe(0xb3ece62a);
  });

  it('gives all four words of the original', () => {
    expect(hexOf(murmurHash(keysOf(''), started(0)))).toBe('00000000000000000000000000000000');
    expect(hexOf(murmurHash(keysOf('The quick brown fox jumps over the lazy dog'), started(0)))).toBe(
      '2f1583c3ecee2c675d7bf66ce5e91d2c',
    );
  });

  it('depends on every word of its start, and changes half of the bits with any', () => {
    const start = { first: 1, second: 2, third: 3, fourth: 4 };
    const before = valuesOf(murmurHash(keysOf('orders/promotion'), start));
    for (const lane of ['first', 'second', 'third', 'fourth'] as const) {
      for (let bit = 0; bit < 32; bit++) {
        const after = valuesOf(murmurHash(keysOf('orders/promotion'), { ...start, [lane]: start[lane] ^ (1 << bit) }));
        const changed = after.reduce((sum, word, index) => sum + bitsOf(word ^ before[index]!), 0);
        // 64 of 128 with a standard deviation of 5.7.
        expect(changed).toBeGreaterThan(36);
        expect(changed).toBeLessThan(92);
      }
    }
  });
});

const bitsOf = (word: number): number => (word >>> 0).toString(2).replaceAll('0', '').length;

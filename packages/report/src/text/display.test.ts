import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, listed, padded, printable, shortened, wrapped } from './display.ts';
import { ansiPalette } from './palette.ts';

describe('displayWidth', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('plain')).toBe(5);
    expect(displayWidth('東京')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('🔥')).toBe(2);
    expect(displayWidth('█▏')).toBe(2);
    expect(displayWidth(ansiPalette.bad('lost'))).toBe(4);
  });

  it('lets painted and wide cells align', () => {
    expect(padded('東京', 6)).toBe('東京  ');
    expect(padded(ansiPalette.good('ok'), 4, 'right')).toBe(`  ${ansiPalette.good('ok')}`);
    expect(padded('longer', 3)).toBe('longer');
  });
});

describe('text from outside', () => {
  it('cannot give a terminal orders', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed')).toBe('a [2Jb c d');
  });

  it('is cut with an ellipsis', () => {
    expect(shortened('RDS Multi-AZ', 12)).toBe('RDS Multi-AZ');
    expect(shortened('RDS Multi-AZ', 6)).toBe('RDS M…');
    expect(displayWidth(shortened('東京東京東京', 6))).toBeLessThanOrEqual(6);
  });

  it('wraps between words, and breaks a word only if it must', () => {
    expect(wrapped('the standby takes over', 11)).toEqual(['the standby', 'takes over']);
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapped('', 10)).toEqual(['']);
    expect(listed('one two', 6)).toEqual(['- one', '  two']);
  });

  it('keeps every word within the width, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, width) => {
        for (const line of wrapped(text, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { seed: 7 },
    );
  });
});

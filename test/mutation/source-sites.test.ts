import { describe, expect, it } from 'vitest';
import { sitesOf } from './source-sites.ts';

/** What stands in a source, and what may stand there instead. */
function alternatives(source: string): readonly string[] {
  const bytes = Buffer.from(source);
  return sitesOf(source).flatMap(({ start, end, instead }) => {
    const text = bytes.subarray(start, end).toString();
    return instead === 'nothing' ? [`without ${text}`] : instead.map((other) => `${text} → ${other}`);
  });
}

describe('places that can be broken', () => {
  it('are conditions, comparisons, operators, numbers and statements', () => {
    expect(alternatives('function f(a: number): boolean {\n  if (a < 7) g(!a);\n  return a > 1 && true;\n}')).toEqual([
      'a < 7 → true',
      'a < 7 → false',
      'a < 7 → a <= 7',
      'a < 7 → a >= 7',
      '7 → 7 + 1',
      'without g(!a);',
      '!a → a',
      'a > 1 && true → a > 1 || true',
      'a > 1 → a >= 1',
      'a > 1 → a <= 1',
      '1 → 1 + 1',
      'true → false',
    ]);
  });

  it('are counted in bytes, behind letters of several', () => {
    expect(alternatives('// größer\nconst f = (a: number) => a === 3;')).toEqual(['a === 3 → a !== 3', '3 → 3 + 1']);
  });

  it.each([
    ['what runs while the module loads', 'const limit = 3 + 4;'],
    ['types', 'function f(): 3 { return g as 4; }'],
    ['what people read', "const f = () => ({ what: a > 3 ? 'much' : 'little' });"],
    ['what is thrown', 'function f() { throw new Error(String(a + 1)); }'],
    ['texts', "const f = () => 'a' + b + `c`;"],
  ])('are not %s', (_, source) => {
    expect(alternatives(source)).toEqual([]);
  });
});

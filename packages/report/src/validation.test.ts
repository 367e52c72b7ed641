import type { MeasureValidation, ValidationResult } from '@faultline/metrics';
import { describe, expect, it } from 'vitest';
import { figure, measuredText } from './measured-figures.ts';
import { displayWidth } from './text/display.ts';
import { asciiGlyphs } from './text/glyphs.ts';
import { ansiPalette } from './text/palette.ts';
import { validationReport } from './text/validation-report.ts';
import { validationMarkdown } from './validation-markdown.ts';

const measure = (fields: Partial<MeasureValidation> = {}): MeasureValidation => ({
  id: 'write-gap',
  title: 'write gap',
  seenBy: 'client',
  unit: 's',
  measured: { values: [37, 20.5, 39.1] },
  predicted: { p5: 18.34, p50: 30.26, p95: 55.01 },
  agreement: { inside: 3, near: 0, of: 3 },
  usedFor: null,
  remark: null,
  ...fields,
});

const result: ValidationResult = {
  seed: '7',
  trials: 1_000,
  cases: [
    {
      id: 'C1',
      group: 'An instance',
      title: 'first failover',
      source: 'a public log',
      date: '2026-10',
      note: 'idle',
      trials: 1_000,
      measures: [measure({ usedFor: 'promotion' })],
    },
    {
      ...{
        id: 'C2',
        group: 'An instance',
        title: 'another',
        source: 'a public log',
        date: '2026-10',
        note: null,
        trials: 1_000,
      },
      measures: [
        measure({
          measured: { values: [120] },
          agreement: { inside: 0, near: 0, of: 1 },
          remark: `measured 2.2 times p95: ${'a long reason | with a bar '.repeat(6)}`,
        }),
        measure({
          title: 'never back',
          predicted: { p5: 1, p50: 2, p95: Number.POSITIVE_INFINITY },
          agreement: { inside: 1, near: 0, of: 1 },
          measured: { from: 0, to: 5 },
        }),
      ],
    },
    {
      id: 'D1',
      group: 'A table',
      title: 'replication',
      source: 'a workshop',
      date: '2026',
      note: null,
      trials: 50,
      measures: [measure({ unit: 'commits/s', measured: { values: [12_558] } })],
    },
  ],
  used: { inside: 3, near: 0, of: 3 },
  heldOut: { inside: 4, near: 1, of: 6 },
  notes: ['One half is left out.'],
};

describe('a validation report', () => {
  const text = validationReport(result);

  it.each([80, 100])('fits %i columns, with and without colours', (width) => {
    for (const palette of [undefined, ansiPalette]) {
      for (const line of validationReport(result, { width, ...(palette ? { palette } : {}) }).split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('puts the prediction beside the measurement, group by group, and names each source once', () => {
    expect(text).toContain('write gap');
    expect(text).toMatch(/20\.5 to 39\.1 s \(3\) +18\.3 +30\.3 +55 /);
    expect(text.match(/a public log/g)).toHaveLength(1);
    expect(text.indexOf('An instance')).toBeLessThan(text.indexOf('A table'));
    expect(text).toContain('never');
  });

  it('says where it misses, and counts', () => {
    expect(text).toContain('measured 2.2 times p95: a long reason');
    expect(text).toContain('7 inside,   1 near,   1 far: all measured values');
    expect(text).toContain('- One half is left out.');
  });

  it('can be written in ASCII', () => {
    expect(validationReport(result, { glyphs: asciiGlyphs })).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

describe('the same as Markdown', () => {
  it('is a table whose rows have as many cells', () => {
    const rows = validationMarkdown(result)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(10);
    expect(rows).toHaveLength(2 + 2 + 4);
  });
});

describe('figures', () => {
  it.each([
    [12_558.4, '12558'],
    [99.96, '100'],
    [0.0004, '0'],
    [-0.00001, '0'],
    [0.2746, '0.275'],
    [Number.POSITIVE_INFINITY, 'never'],
  ])('%d is %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it.each([
    [{ values: [25.2] }, '25.2 s'],
    [{ values: [14, 18] }, '14, 18 s'],
    [{ values: [0, 0, 0] }, '0 s (3)'],
    [{ from: -0.15, to: 0.15 }, '-0.15 to 0.15 s'],
  ])('%j was measured: %s', (measured, text) => {
    expect(measuredText({ measured, unit: 's' })).toBe(text);
  });
});

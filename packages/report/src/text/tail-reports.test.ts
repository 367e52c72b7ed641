import { describe, expect, it } from 'vitest';
import { searchHtml } from '../html/search-html.ts';
import { rareSection, yearSection } from '../html/tail-sections.ts';
import { sampleStudy } from '../testing/sample-study.ts';
import {
  fruitlessSearch,
  refusedRare,
  refusedYear,
  sampleRare,
  sampleSearch,
  sampleYear,
} from '../testing/sample-tail.ts';
import { rareLines, tiny } from './rare-report.ts';
import { searchReport } from './search-report.ts';
import { studyReport } from './study-report.ts';
import { textStyle } from './style.ts';
import { availabilityText, nines, yearLines } from './year-report.ts';

const STYLE = textStyle();
const flat = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ');

describe('a rare event', () => {
  it('is told with its error, what its trials are worth and what a plain run would need', () => {
    const text = flat(rareLines([sampleRare], STYLE));
    expect(text).toContain('How likely is it that recovery takes over 10m and an acknowledged write is lost?');
    expect(text).toContain('dns=<ttl> 1.3e-6 1.0e-6–1.6e-6 ±12% 1,200 70 6,000 56,000,000');
    expect(text).toContain('orders/detection (draw 1) × 11');
  });

  it('is written with an exponent only where it is small', () => {
    expect([6.1e-8, 0.0099, 0.0101, 1, null].map(tiny)).toEqual(['6.1e-8', '9.9e-3', '1.01%', '100%', '']);
  });

  it('by splitting is told with its levels, and where plain trials would have done better', () => {
    const estimate = { ...(sampleRare.estimate as NonNullable<typeof sampleRare.estimate>), plainTrials: 900 };
    const split = { ...sampleRare, method: 'splitting', tilt: [], levelsUs: [60e6, 600e6], estimate } as const;
    const text = flat(rareLines([split], STYLE));
    expect(text).toContain('split at 2 levels of recovery time: 1m, 10m.');
    expect(text).toContain('As many plain trials would be surer: the event is not rare enough for this.');
    expect(text).toContain('Multilevel splitting: trials that come far are copied');
    expect(rareSection([split]).markup).toContain('Multilevel splitting');
    expect(flat(rareLines([sampleRare], STYLE))).not.toContain('plain trials would be surer');
  });

  it('by splitting far out is told with a caution, and by importance sampling without', () => {
    const split = { ...sampleRare, method: 'splitting', tilt: [], levelsUs: [60e6, 600e6] } as const;
    expect(split.estimate?.probability.value).toBeLessThan(1e-4);
    expect(flat(rareLines([split], STYLE))).toContain('Below 1e-4 splitting was mostly too low in our tests');
    expect(rareSection([split]).markup).toContain('Below 1e-4');
    expect(flat(rareLines([sampleRare], STYLE))).not.toContain('Below 1e-4');
  });

  it('is refused loudly', () => {
    expect(flat(rareLines([refusedRare], STYLE))).toContain('all trials: NO ESTIMATE, none saw it.');
    expect(rareSection([refusedRare]).markup).toContain('no estimate: none saw it');
    expect(rareLines([], STYLE)).toEqual([]);
    expect(rareSection([]).markup).toBe('');
  });
});

describe('a year', () => {
  it('is told beside the closed form and the published figure, with disagreements', () => {
    const text = flat(yearLines([sampleYear, refusedYear], STYLE));
    expect(text).toContain('minutes a year, simulated 3.01 (2.9–3.12)');
    expect(
      flat([
        studyReport({
          ...sampleStudy,
          cells: sampleStudy.cells.slice(0, 1),
          availability: [sampleYear],
          rare: [sampleRare],
        }),
      ]),
    ).toMatch(/is about 1\.3e-6\. It is down for about 3\.01 minutes a year\. How long/);
    expect(text).toContain('availability 99.99943% (99.99941%–99.99945%)');
    expect(text).toContain('Against the provider: above 99.95%: SLA of Multi-AZ (RDS SLA).');
    expect(text).toContain('DISAGREEMENT: With median recovery times');
    expect(text).toContain('a NO FIGURES: no end was seen.');
    const page = yearSection([sampleYear]).markup;
    expect(page).toContain('<p class="bad">Disagreement: With median');
    expect(page).toContain('minutes with mean recovery times');
    expect(page).toContain('. Against the provider: above 99.95%');
  });

  it('gives the bounds of an availability to as many figures as the availability', () => {
    expect(availabilityText({ value: 0.9999903, low: 0.99999, high: 0.9999907 })).toBe(
      '99.99903% (99.99900%–99.99907%)',
    );
    expect(availabilityText({ value: 0.9995, low: 0.9, high: 1 })).toBe('99.950% (90.000%–100%)');
  });

  it('counts nines', () => {
    expect([0.9995, 0.5, 1, 0.99999].map(nines)).toEqual(['99.950%', '50.0%', '100%', '99.9990%']);
  });
});

describe('a search', () => {
  it('says what it found, with its probability, and what nearly does', () => {
    const text = flat([searchReport(sampleSearch)]);
    expect(text).toContain('dns=ttl, at a cost of 2. It meets the objectives');
    expect(text).toContain('with a probability of at least 97% at 95% confidence');
    expect(text).toContain('dns=ttl in place of forever would do, at a cost of 2 more');
    expect(text).toContain('dns=ttl 2 CHEAPEST 100%');
    expect(text).not.toContain('What stands in the way?');
  });

  it('says what limits the best where there is none', () => {
    const text = flat([searchReport(fruitlessSearch)]);
    expect(text).toContain('None of 2 configurations meets the objectives');
    expect(text).toContain('It is back within 1m15s in 95% of the trials; asked for is 1m.');
    expect(text).toContain('the longest phase is detection: 50s on average. There acts the provider');
    expect(text).toContain('no client meets it there');
  });

  it('is a page of its own, with what people wrote escaped', () => {
    const page = searchHtml(fruitlessSearch, 'faultline study x --search');
    expect(page).toContain('What &lt;is&gt; enough?');
    expect(page).toContain('<h2>What stands in the way?</h2>');
    expect(page).not.toContain('<is>');
  });
});

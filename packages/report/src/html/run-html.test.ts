import { describe, expect, it } from 'vitest';
import { sampleHeader, sampleMetrics, sampleVerdicts } from '../testing/sample-run.ts';
import { runHtml } from './run-html.ts';

const replay = { digest: '0123456789abcdef', command: 'faultline run sample.yaml --seed 7' };
const page = (header = sampleHeader) => runHtml({ header, metrics: sampleMetrics, verdicts: sampleVerdicts }, replay);

describe('the report of a run as HTML', () => {
  it('holds every part of the text report, and how to get the run again', () => {
    const text = page();
    for (const told of [
      '<h1>rds-multi-az-host-failure</h1>',
      'What checkout went through: writes, recovered after 48.2s',
      '>endpoint-change</text>',
      'RDS-EVENT-0049',
      '<td class="number">231,560</td>',
      'no acknowledged write was lost',
      '<td class="words">at most 2m</td>',
      'seed 7, digest <code>0123456789abcdef</code>',
      'faultline run sample.yaml --seed 7',
    ])
      expect(text).toContain(told);
  });

  it('needs nothing from elsewhere, and runs nothing', () => {
    expect(page()).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|\son\w+=/i);
  });

  it('escapes whatever a scenario says', () => {
    const text = page({ ...sampleHeader, summary: '<script>alert("1")</script> & \'more\'' });
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;');
    expect(text).not.toContain('<script');
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, close, name, rest] of page().matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
      if (name === 'meta' || rest?.endsWith('/')) continue;
      if (close === '/') expect(open.pop()).toBe(name);
      else open.push(name as string);
    }
    expect(open).toEqual([]);
  });
});

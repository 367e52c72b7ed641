import { describe, expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.ts';
import { displayWidth } from './display.ts';
import { studyReport } from './study-report.ts';

const text = studyReport(sampleStudy);

describe('the report of a study', () => {
  it('answers its questions for each cell', () => {
    const titles = text.split('\n').flatMap((line) => /^(.*\?) ─/.exec(line)?.[1] ?? []);
    expect(titles).toEqual([
      'How long are clients down?',
      'Are the objectives met?',
      'What is lost?',
      'What makes the tail?',
      'How much longer than dns-cache=ttl connect-timeout=1s, trial by trial?',
    ]);
    expect(text).toMatch(/dns-cache=30s connect-timeout=10s +34s longer +\(30\.6s–37\.4s\)/);
    expect(text).toMatch(/dns-cache=ttl connect-timeout=1s +82% \(69%–90%\)/);
    expect(text).toMatch(/1,204 +3s +344 +2/);
    expect(text).toMatch(/ {2}dns-cache .*█.* 0s +1m$/m);
  });

  it('says where the precision was not reached, and stays in its width', () => {
    expect(text).toContain('100?');
    expect(text).toContain('the budget was spent before the precision was reached');
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });
});

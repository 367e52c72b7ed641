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

  it('answers first: which cells meet the objectives, and which is back soonest', () => {
    expect(text.split('\n')[2]).toBe(
      'All 4 cells meet the objective in more than half of their trials. Back soonest in the median:',
    );
    expect(text.replaceAll('\n', ' ')).toContain(
      'dns-cache=ttl connect-timeout=1s, after 1m. The budget was spent before the precision was reached in 2 of 4 cells.',
    );
    expect(studyReport({ ...sampleStudy, summary: '' }).split('\n')[1]).toContain('All 4 cells');
    const [first] = sampleStudy.cells;
    if (!first) throw new Error('no cells');
    const half = { value: 0.5, low: 0.4, high: 0.6 };
    const missed = { ...first, label: '', meets: { rto: half, rpo: null, both: half } };
    const alone = studyReport({ ...sampleStudy, cells: [missed] });
    expect(alone).toContain('It does not meet the objective in more than half of the trials.');
    expect(alone).toContain('all trials');
    expect(alone).not.toMatch(/ both| all$/m);
    const some = studyReport({ ...sampleStudy, cells: [missed, ...sampleStudy.cells.slice(1)] });
    expect(some).toContain('3 of 4 cells meet the objective');
  });

  it('marks phases that were cut by the end of the run, and says never once', () => {
    const forever = { value: Number.POSITIVE_INFINITY, low: Number.POSITIVE_INFINITY, high: null };
    const [first, second, ...rest] = sampleStudy.cells;
    if (!first || !second) throw new Error('no cells');
    const lost = {
      ...second,
      never: { value: 0.3, low: 0.2, high: 0.4 },
      recoveryTime: { ...second.recoveryTime, p99: forever, 'p99.9': forever },
      difference: { ...forever, high: Number.POSITIVE_INFINITY },
    };
    const shown = studyReport({ ...sampleStudy, cells: [first, lost, ...rest] });
    expect(shown).toMatch(/ {2}dns-cache .* 0s +>1m02s$/m);
    expect(shown).toContain('A > before a phase');
    expect(shown).toMatch(/dns-cache=ttl connect-timeout=10s +never over$/m);
    expect(shown).not.toContain('never–');
    expect(text).not.toContain('A > before a phase');
  });

  it('gives the interval of a shorter recovery as sizes', () => {
    const [first, second] = sampleStudy.cells;
    if (!first || !second) throw new Error('no cells');
    const shorter = { ...second, difference: { value: -9e6, low: -12e6, high: -8e6 } };
    expect(studyReport({ ...sampleStudy, cells: [first, shorter] })).toMatch(/9s shorter +\(8s–12s\)/);
  });

  it('says where the precision was not reached, and stays in its width', () => {
    expect(text).toContain('100?');
    expect(text).toContain('the budget was spent before the precision was reached');
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });
});

import { describe, expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.ts';
import { studyHtml } from './study-html.ts';
import { swings } from './tornado-svg.ts';

const page = studyHtml(sampleStudy, 'faultline study x.yaml --seed 7');

describe('a study as one HTML file', () => {
  it('asks a question over each chart, and has its data beside it', () => {
    const questions = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(questions).toEqual([
      'How often are the objectives met?',
      'How long are clients down?',
      'How many trials are over within a given time?',
      'How much longer than dns-cache=ttl connect-timeout=1s, trial by trial?',
      'What do short and long outages consist of?',
      'What makes the tail?',
      'What matters most?',
      'How do dns-cache and connect-timeout work together?',
      'What is lost?',
    ]);
    const links = [...page.matchAll(/download="([a-z]+)\.csv" href="data:text\/csv;charset=utf-8,([^"]+)"/g)];
    expect(links.map(([, name]) => name)).toEqual(['dots', 'recovery', 'phases', 'tail', 'factors', 'medians']);
    const rows = decodeURIComponent(links[1]?.[2] ?? '').split('\n');
    expect(rows[0]).toBe('cell,seconds,share,low,high');
    const header = (place: number) =>
      decodeURIComponent(links[place]?.[2] ?? '')
        .split('\n')[0]
        ?.split(',') ?? [];
    for (const place of links.keys()) expect(new Set(header(place)).size).toBe(header(place).length);
    expect(header(3)).toEqual(['cell', 'phase', 'median seconds', 'slow seconds']);
    expect(rows.find((row) => row.startsWith('dns-cache=30s connect-timeout=1s,90,0.5,0.36'))).toBeDefined();
  });

  it('answers first, and holds what the text does: differences, and how to read intervals', () => {
    const answer = page.indexOf('<p class="answer">All 4 cells meet the objective');
    expect(answer).toBeGreaterThan(0);
    expect(answer).toBeLessThan(page.indexOf('<h2>'));
    expect(page).toContain('34s longer <span class="whole">(30.6s–37.4s)</span>');
    expect(page).toContain('a side that so few trials cannot give is left open');
  });

  it('keeps every table and chart from pushing the page aside on a phone', () => {
    const [, ...opened] = page.split(/(?=<table|<svg style|<svg viewBox="0 0 960)/);
    expect(opened.length).toBeGreaterThan(8);
    for (const [index] of opened.entries())
      expect(page.split(/(?=<table|<svg style|<svg viewBox="0 0 960)/)[index]).toMatch(/<div class="wide"[^>]*>$/);
  });

  it('needs nothing else, runs nothing, and takes names for what they are', () => {
    expect(page).not.toMatch(/<script|<link|src=|https?:/);
    expect(page).toContain('What do a shorter &lt;DNS&gt; cache');
    expect(page).toContain('faultline study x.yaml --seed 7');
  });

  it('draws what never ends as something that never ends', () => {
    const [first, ...rest] = sampleStudy.cells;
    if (!first) throw new Error('no cells');
    const forever = { value: Number.POSITIVE_INFINITY, low: null, high: null };
    const lost = {
      ...first,
      recoveryTime: { p50: forever, p90: forever, p95: forever, p99: forever, 'p99.9': forever },
      ecdf: [{ us: Number.POSITIVE_INFINITY, share: 1 }],
    };
    const text = studyHtml({ ...sampleStudy, cells: [lost, ...rest] }, 'again');
    expect(text).not.toContain('NaN');
    expect(text).toContain('never');
    // A curve that never rises is drawn, at the bottom.
    expect(text).toMatch(/d="M50,346L940,346[^"]*"[^>]*><title>dns-cache=ttl connect-timeout=1s/);
  });

  it('knows which factor moves the median most', () => {
    expect(swings(sampleStudy).map(({ factor, shortest, longest }) => [factor, shortest.level, longest.level])).toEqual(
      [
        ['dns-cache', 'ttl', '30s'],
        ['connect-timeout', '1s', '10s'],
      ],
    );
  });

  it('ranks a factor first that has a level without recovery, however little it moves the rest', () => {
    const cells = sampleStudy.cells.map((cell) => {
      const value = cell.levels[1] === 1 ? Number.POSITIVE_INFINITY : cell.recoveryTime.p50.value;
      return { ...cell, recoveryTime: { ...cell.recoveryTime, p50: { value, low: null, high: null } } };
    });
    const [first] = swings({ ...sampleStudy, cells });
    expect(first).toMatchObject({ factor: 'connect-timeout', shortest: { level: '1s' }, never: ['10s'] });
    expect(studyHtml({ ...sampleStudy, cells }, 'again')).toMatch(/connect-timeout<\/tspan>: 1s 1m15s → 10s never/);
  });

  it('maps the two factors that matter most of three, and says so', () => {
    const factors = [{ name: 'pool', levels: ['2', '4'], costs: null }, ...sampleStudy.factors];
    const cells = [0, 1].flatMap((pool) =>
      sampleStudy.cells.map((cell) => ({ ...cell, levels: [pool, ...cell.levels] })),
    );
    const text = studyHtml({ ...sampleStudy, factors, cells }, 'again');
    expect(text).toContain('<h2>How do dns-cache and connect-timeout work together?</h2>');
    expect(text).toContain('Of 3 factors these two move it most');
    const [, data = ''] = /download="medians.csv" href="data:text\/csv;charset=utf-8,([^"]+)"/.exec(text) ?? [];
    expect(decodeURIComponent(data)).toBe(
      'dns-cache,connect-timeout,seconds\nttl,1s,60\nttl,10s,62\n30s,1s,90\n30s,10s,94\n',
    );
  });
});

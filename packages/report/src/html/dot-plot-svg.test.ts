import { describe, expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.ts';
import { dotPlotSvg, quantileDots } from './dot-plot-svg.ts';

const [cell] = sampleStudy.cells;
if (!cell) throw new Error('the sample has no cells');
const forever = {
  ...cell,
  ecdf: [
    { us: 60_000_000, share: 0.5 },
    { us: Number.POSITIVE_INFINITY, share: 1 },
  ],
};

/** Height of the drawing, and how many of its dots are hollow. */
function drawn(svg: string) {
  const dots = svg.match(/<circle[^>]*>/g) ?? [];
  const height = Number(/viewBox="0 0 960 (\d+)"/.exec(svg)?.[1]);
  return { dots: dots.length, hollow: dots.filter((dot) => dot.includes('fill="none"')).length, height };
}

describe('quantile dot plots', () => {
  it('have a dot for each fiftieth of the trials', () => {
    const dots = quantileDots(cell);
    expect(dots.filter((us) => us === 30_000_000).length).toBe(5);
    expect(dots.filter((us) => us === 60_000_000).length).toBe(20);
    expect(dots.filter((us) => us === 150_000_000).length).toBe(25);
  });

  it('are hollow beyond the objective, and apart where service never came back', () => {
    expect(drawn(dotPlotSvg([cell], 90_000_000).markup)).toMatchObject({ dots: 50, hollow: 25 });
    expect(drawn(dotPlotSvg([forever], 90_000_000).markup)).toMatchObject({ dots: 50, hollow: 25 });
    expect(dotPlotSvg([forever], null).markup).toContain('>never</text>');
    expect(dotPlotSvg([cell], null).markup).not.toContain('>never</text>');
  });

  it('stay low though all trials take as long', () => {
    const same = { ...cell, ecdf: [{ us: 60_000_000, share: 1 }] };
    const never = { ...cell, ecdf: [{ us: Number.POSITIVE_INFINITY, share: 1 }] };
    for (const one of [same, never]) {
      const svg = dotPlotSvg([one, cell], 90_000_000).markup;
      expect(drawn(svg).height).toBeLessThan(450);
      expect(svg).not.toContain('NaN');
    }
  });
});

import type { StudyResult } from '@faultline/metrics';
import { scaleLinear } from 'd3-scale';
import { duration } from '../text/figures.ts';
import { tickStepUs } from '../text/time-axis.ts';
import { html, type Markup } from './markup.ts';

const WIDTH = 960;
const ROW = 46;
const LABEL = 20;
const BAR = 16;
const AXIS = 22;
const TICKS = 6;
/** Room for an arrow that says that a bar would have no end. */
const ARROW = 60;

/** How far one factor moves the median recovery time, averaged over all levels of the others. */
export interface Swing {
  readonly factor: string;
  readonly shortest: { readonly level: string; readonly us: number };
  readonly longest: { readonly level: string; readonly us: number };
  /** Levels with which no cell recovers in the median: no bar is long enough for them. */
  readonly never: readonly string[];
}

/**
 * What moves it most first: a factor with levels that never recover moves it farther than any other. Elsewhere cells
 * that never recover in the median are left out of the averages.
 */
export function swings({ factors, cells }: StudyResult): readonly Swing[] {
  const all = factors.flatMap(({ name, levels }, factor): readonly Swing[] => {
    const means = levels.map((level, index) => {
      const values = cells
        .filter((cell) => cell.levels[factor] === index)
        .map(({ recoveryTime }) => recoveryTime.p50.value)
        .filter(Number.isFinite);
      return { level, us: values.reduce((sum, us) => sum + us, 0) / values.length };
    });
    const sorted = means.filter(({ us }) => Number.isFinite(us)).sort((a, b) => a.us - b.us);
    const [shortest] = sorted;
    const longest = sorted.at(-1);
    const never = means.filter(({ us }) => !Number.isFinite(us)).map(({ level }) => level);
    if (!shortest || !longest || (shortest === longest && never.length === 0)) return [];
    return [{ factor: name, shortest, longest, never }];
  });
  const endless = ({ never }: Swing): number => Number(never.length > 0);
  const width = ({ shortest, longest }: Swing): number => longest.us - shortest.us;
  return all.sort((a, b) => endless(b) - endless(a) || width(b) - width(a));
}

/** Bars from the shortest to the longest, one for each factor; null where nothing moves. */
export function tornadoSvg(all: readonly Swing[]): Markup | null {
  if (all.length === 0) return null;
  const low = Math.min(...all.map(({ shortest }) => shortest.us));
  const high = Math.max(...all.map(({ longest }) => longest.us));
  const endless = all.some(({ never }) => never.length > 0);
  const x = scaleLinear([low, Math.max(high, low + 1)], [0, endless ? WIDTH - ARROW : WIDTH - 1]);
  const rows = all.map(({ factor, shortest, longest, never }, row) => {
    const width = Math.max(2, x(longest.us) - x(shortest.us));
    const y = row * ROW;
    const finite = shortest === longest ? [shortest] : [shortest, longest];
    const ends = [
      ...finite.map(({ level, us }) => `${level} ${duration(Math.round(us))}`),
      ...never.map((level) => `${level} never`),
    ];
    return html`<text x="0" y="${y + LABEL - 5}"><tspan class="axis">${factor}</tspan>: ${ends.join(' → ')}</text><rect class="customer" x="${x(shortest.us).toFixed(1)}" y="${y + LABEL}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>${never.length === 0 ? '' : arrow(x(longest.us), y + LABEL + BAR / 2)}
`;
  });
  const bottom = all.length * ROW;
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + AXIS}" role="img" aria-label="How far each factor moves the median recovery time">
${ticks(low, high, x, bottom)}${rows}</svg>
`;
}

/** From where a bar would end, to levels that never recover. */
function arrow(from: number, y: number): Markup {
  const end = WIDTH - 2;
  return html`<path class="mark" fill="none" d="M${(from + 3).toFixed(1)} ${y}H${end}"/><path stroke="currentColor" fill="none" d="M${end - 6} ${y - 5}l6 5l-6 5"/>`;
}

function ticks(lowUs: number, highUs: number, x: (us: number) => number, bottom: number): readonly Markup[] {
  const stepUs = tickStepUs(Math.max(1, highUs - lowUs) / TICKS);
  const first = Math.ceil(lowUs / stepUs);
  return Array.from({ length: Math.max(0, Math.floor(highUs / stepUs) - first + 1) }, (_, tick) => {
    const us = (first + tick) * stepUs;
    const at = x(us);
    const anchor = at < 20 ? 'start' : at > WIDTH - 20 ? 'end' : 'middle';
    return html`<line class="grid" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${LABEL}" y2="${bottom}"/><text x="${at.toFixed(1)}" y="${bottom + 16}" text-anchor="${anchor}">${duration(us)}</text>
`;
  });
}

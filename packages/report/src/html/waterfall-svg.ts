import type { Waterfall } from '@faultline/metrics';
import { duration, offset } from '../text/figures.ts';
import { tickStepUs } from '../text/time-axis.ts';
import type { WaterfallMarks } from '../text/waterfall.ts';
import { html, type Markup } from './markup.ts';

const WIDTH = 960;
const LEFT = 120;
const RIGHT = 210;
const ROW = 22;
const BAR = 14;
const TICKS = 8;

/** An outage as bars, one row for each phase, coloured by who had to act for it to end. */
export function waterfallSvg(waterfall: Waterfall, marks: WaterfallMarks): Markup {
  const { faultAtUs, toUs, segments, cohort } = waterfall;
  const lastsUs = Math.max(1, toUs - faultAtUs);
  const x = (atUs: number): string => (LEFT + ((atUs - faultAtUs) / lastsUs) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const bottom = (segments.length + 1) * ROW;
  const rows = segments.map(({ phase, fromUs, toUs: endUs, actor }, row) => {
    const y = (row + 1) * ROW;
    const serving = phase === 'in-service';
    const width = Math.max(1.5, Number(x(endUs)) - Number(x(fromUs))).toFixed(1);
    return html`<text x="0" y="${y + BAR - 3}">${serving ? '(in service)' : phase}</text>
<rect class="${serving ? 'serving' : (actor ?? 'nobody')}" x="${x(fromUs)}" y="${y}" width="${width}" height="${BAR}" rx="2"><title>${phase}: ${duration(endUs - fromUs)}</title></rect>
<text x="${WIDTH - RIGHT + 14}" y="${y + BAR - 3}">${offset(fromUs, faultAtUs)} for ${duration(endUs - fromUs)}${actor === null ? '' : `, ${actor}`}</text>
`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + ROW}" role="img" aria-label="Phases of the outage of ${cohort}">
${ticks(lastsUs, (afterUs) => x(faultAtUs + afterUs), bottom)}${rows}${markLines(marks, x, faultAtUs, bottom)}</svg>`;
}

function ticks(lastsUs: number, x: (afterUs: number) => string, bottom: number): readonly Markup[] {
  const stepUs = tickStepUs(lastsUs / TICKS);
  return Array.from({ length: Math.floor(lastsUs / stepUs) + 1 }, (_, tick) => {
    const at = x(tick * stepUs);
    return html`<line class="grid" x1="${at}" y1="${ROW - 4}" x2="${at}" y2="${bottom}"/><text x="${at}" y="12" text-anchor="middle">${duration(tick * stepUs)}</text>
`;
  });
}

function markLines(
  { firstSuccessAtUs, recoveredAtUs }: WaterfallMarks,
  x: (atUs: number) => string,
  faultAtUs: number,
  bottom: number,
): readonly Markup[] {
  const mark = (atUs: number | null, word: string): readonly Markup[] =>
    atUs === null
      ? []
      : [
          html`<line class="mark" x1="${x(atUs)}" y1="${ROW - 4}" x2="${x(atUs)}" y2="${bottom}"><title>${word} ${offset(atUs, faultAtUs)}</title></line>
`,
        ];
  return [...mark(firstSuccessAtUs, 'first success'), ...mark(recoveredAtUs, 'recovered')];
}

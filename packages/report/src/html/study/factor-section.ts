import type { StudyResult } from '@faultline/metrics';
import { dataLink } from '../data-link.ts';
import { type HeatMap, heatMap, heatMapSvg } from '../heat-map-svg.ts';
import { html, type Markup, raw, wide } from '../markup.ts';
import { swings, tornadoSvg } from '../tornado-svg.ts';

/** What each factor does, and what two do together; nothing where none moves anything. */
export function factorSection(result: StudyResult): Markup {
  const heat = heatMap(result);
  return html`${tornadoMarkup(result)}${heat === null ? raw('') : heatMarkup(heat, result)}`;
}

function tornadoMarkup(result: StudyResult): Markup {
  const all = swings(result);
  const tornado = tornadoSvg(all);
  if (tornado === null) return raw('');
  const data = all.map(({ factor, shortest, longest, never }) => [
    factor,
    shortest.level,
    shortest.us / 1e6,
    longest.level,
    longest.us / 1e6,
    never.join(' '),
  ]);
  return html`<h2>What matters most?</h2>
<p class="faint">How far each factor moves the median recovery time, averaged over the levels of the others${all.some(({ never }) => never.length > 0) ? '; a bar without an end leads to a level with which half of the trials never recover' : ''}.</p>
${wide('what each factor moves', tornado)}${dataLink('factors', ['factor', 'shortest', 'shortest seconds', 'longest', 'longest seconds', 'never'], data)}`;
}

function heatMarkup(map: HeatMap, { factors }: StudyResult): Markup {
  const { rows, columns, tiles } = map;
  const data = tiles.map(({ row, column, us }) => [rows.levels[row] ?? '', columns.levels[column] ?? '', us / 1e6]);
  const others =
    factors.length === 2
      ? ''
      : ` Of ${String(factors.length)} factors these two move it most; of cells that differ in the others alone, the median is shown.`;
  return html`<h2>How do ${rows.name} and ${columns.name} work together?</h2>
<p class="faint">Median recovery time; the stronger the colour, the longer.${others}</p>
${wide('median recovery time', heatMapSvg(map))}${dataLink('medians', [rows.name, columns.name, 'seconds'], data)}`;
}

import type { StudyResult } from '@faultline/metrics';
import { dataLink } from '../data-link.ts';
import { heatMapSvg } from '../heat-map-svg.ts';
import { html, type Markup, raw } from '../markup.ts';
import { swings, tornadoSvg } from '../tornado-svg.ts';
import { nameOf } from './cell-name.ts';

/** What each factor does, and what two do together; nothing where none moves anything. */
export function factorSection(result: StudyResult): Markup {
  const all = swings(result);
  const tornado = tornadoSvg(all);
  const heat = heatMapSvg(result);
  const medians = result.cells.map((cell) => [nameOf(cell), cell.recoveryTime.p50.value / 1e6]);
  return html`${
    tornado === null
      ? raw('')
      : html`<h2>What matters most?</h2>
<p class="faint">How far each factor moves the median recovery time, averaged over the levels of the others.</p>
${tornado}${dataLink(
  'factors',
  ['factor', 'shortest', 'seconds', 'longest', 'seconds'],
  all.map(({ factor, shortest, longest }) => [
    factor,
    shortest.level,
    shortest.us / 1e6,
    longest.level,
    longest.us / 1e6,
  ]),
)}`
  }${
    heat === null
      ? raw('')
      : html`<h2>How do two factors work together?</h2>
<p class="faint">Median recovery time; the stronger the colour, the longer.</p>
${heat}${dataLink('medians', ['cell', 'seconds'], medians)}`
  }`;
}

import type { CellResult, StudyResult } from '@faultline/metrics';
import { scaleLinear } from 'd3-scale';
import { duration } from '../text/figures.ts';
import { html, type Markup } from './markup.ts';

const LEFT = 190;
const CELL_WIDTH = 120;
const CELL_HEIGHT = 34;

/** The median recovery time over two factors; the levels of all others are their first. Null where there are not two. */
export function heatMapSvg({ factors, cells }: StudyResult): Markup | null {
  const [rows, columns, ...rest] = factors;
  if (!rows || !columns) return null;
  const shown = cells.filter(({ levels }) => rest.every((_, index) => levels[index + 2] === 0));
  const finite = shown.map(({ recoveryTime }) => recoveryTime.p50.value).filter(Number.isFinite);
  const shade = scaleLinear([Math.min(...finite, 0), Math.max(...finite, 1)], [0.05, 0.5]).clamp(true);
  const width = LEFT + columns.levels.length * CELL_WIDTH + 10;
  const height = (rows.levels.length + 2) * CELL_HEIGHT;
  const heads = columns.levels.map(
    (
      level,
      column,
    ) => html`<text x="${LEFT + (column + 0.5) * CELL_WIDTH}" y="${CELL_HEIGHT * 1.6}" text-anchor="middle">${level}</text>
`,
  );
  const names = rows.levels.map(
    (level, row) => html`<text x="${LEFT - 10}" y="${(row + 2) * CELL_HEIGHT + 22}" text-anchor="end">${level}</text>
`,
  );
  return html`<svg style="max-width: ${width}px" viewBox="0 0 ${width} ${height}" role="img" aria-label="Median recovery time by ${rows.name} and ${columns.name}">
<text x="${LEFT - 10}" y="${CELL_HEIGHT * 1.6}" text-anchor="end" class="axis">${rows.name} ↓</text><text x="${LEFT}" y="14" class="axis">${columns.name} →</text>
${heads}${names}${shown.map((cell) => tile(cell, shade))}</svg>
`;
}

function tile({ levels, recoveryTime, label }: CellResult, shade: (us: number) => number): Markup {
  const [row = 0, column = 0] = levels;
  const { value } = recoveryTime.p50;
  const strength = Number.isFinite(value) ? shade(value) : 0.6;
  const x = LEFT + column * CELL_WIDTH;
  const y = (row + 2) * CELL_HEIGHT;
  return html`<rect x="${x + 2}" y="${y + 2}" width="${CELL_WIDTH - 4}" height="${CELL_HEIGHT - 4}" rx="3" class="heat" fill-opacity="${strength.toFixed(3)}"><title>${label}</title></rect><text x="${x + CELL_WIDTH / 2}" y="${y + 22}" text-anchor="middle">${duration(value)}</text>
`;
}

import { ascending, quantile, type StudyResult } from '@faultline/metrics';
import { scaleLinear } from 'd3-scale';
import { duration } from '../text/figures.ts';
import { html, type Markup } from './markup.ts';
import { swings } from './tornado-svg.ts';

const LEFT = 190;
const CELL_WIDTH = 120;
const CELL_HEIGHT = 34;

/** The two factors of a heat map, and a value for each of their combinations. */
export interface HeatMap {
  readonly rows: StudyFactor;
  readonly columns: StudyFactor;
  readonly tiles: readonly { readonly row: number; readonly column: number; readonly us: number }[];
}

type StudyFactor = StudyResult['factors'][number];

/**
 * The median recovery time over the two factors that move it most; of cells that differ in other factors alone, the
 * median of theirs. Null where there are not two factors.
 */
export function heatMap(result: StudyResult): HeatMap | null {
  const order = swings(result).map(({ factor }) => factor);
  const rank = ({ name }: StudyFactor): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const { factors, cells } = result;
  const chosen = [...factors].sort((a, b) => rank(a) - rank(b)).slice(0, 2);
  const [rows, columns] = factors.filter((factor) => chosen.includes(factor));
  if (!rows || !columns) return null;
  const [ofRow, ofColumn] = [factors.indexOf(rows), factors.indexOf(columns)];
  const tiles = rows.levels.flatMap((_, row) =>
    columns.levels.map((__, column) => {
      const same = cells.filter(({ levels }) => levels[ofRow] === row && levels[ofColumn] === column);
      return { row, column, us: quantile(ascending(same.map(({ recoveryTime }) => recoveryTime.p50.value)), 0.5) };
    }),
  );
  return { rows, columns, tiles };
}

/** The heat map as a drawing: the stronger the colour, the longer. */
export function heatMapSvg({ rows, columns, tiles }: HeatMap): Markup {
  const finite = tiles.map(({ us }) => us).filter(Number.isFinite);
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
${heads}${names}${tiles.map((one) => tile(one, shade))}</svg>
`;
}

function tile({ row, column, us }: HeatMap['tiles'][number], shade: (us: number) => number): Markup {
  const strength = Number.isFinite(us) ? shade(us) : 0.6;
  const x = LEFT + column * CELL_WIDTH;
  const y = (row + 2) * CELL_HEIGHT;
  return html`<rect x="${x + 2}" y="${y + 2}" width="${CELL_WIDTH - 4}" height="${CELL_HEIGHT - 4}" rx="3" class="heat" fill-opacity="${strength.toFixed(3)}"/><text x="${x + CELL_WIDTH / 2}" y="${y + 22}" text-anchor="middle">${duration(us)}</text>
`;
}

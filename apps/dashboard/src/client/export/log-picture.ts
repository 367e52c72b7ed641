import type { Picture } from './picture.ts';

const ROW = 22;
const PAD = 14;
const TYPE = 13;
/** A glyph of type that is as wide as any, in pixels. */
const LETTER = 7.4;

/** Columns that the list of the page has: the instant, a mark, a kind or an event id, and what happened. */
const LEFT = [PAD, PAD + 66, PAD + 88, PAD + 212] as const;

/** The event log as a picture: all of its rows, also those that have been scrolled away. `log` is the list on the page. */
export function logPicture(log: HTMLElement): Picture {
  const rows = [...log.querySelectorAll<HTMLElement>('.log-entry button')].map((entry) => [...entry.children]);
  const rest = log.querySelector('.log-more');
  const longest = Math.max(20, ...rows.map((cells) => (cells[3]?.textContent ?? '').length));
  const [width, height] = [LEFT[3] + longest * LETTER + PAD, (rows.length + (rest === null ? 0 : 1)) * ROW + 2 * PAD];
  const { backgroundColor } = getComputedStyle(document.body);
  const lines = rows.map((cells, row) =>
    cells.map((cell, column) => textOf(cell, LEFT[column] ?? PAD, PAD + row * ROW + 15)).join(''),
  );
  if (rest !== null) lines.push(textOf(rest, PAD, PAD + rows.length * ROW + 15));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}"><rect width="100%" height="100%" fill="${backgroundColor}"/>${lines.join('\n')}</svg>`;
  return { svg, width, height };
}

/** In the colour and weight that it has on the page. */
function textOf(cell: Element, x: number, y: number): string {
  const { color, fontWeight, fontFamily } = getComputedStyle(cell);
  const family = escaped(fontFamily);
  return `<text x="${x}" y="${y}" fill="${color}" font-size="${TYPE}" font-weight="${fontWeight}" font-family="${family}">${escaped(cell.textContent ?? '')}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

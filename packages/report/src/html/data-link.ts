import { html, type Markup, raw } from './markup.ts';

/** A link that downloads the figures of a chart as CSV, held in the page itself. Infinity is written `never`. */
export function dataLink(
  name: string,
  titles: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Markup {
  // Line by line: the curves of a thousand cells are hundreds of thousands of lines.
  let text = lineOf(titles);
  for (const row of rows) text += lineOf(row);
  return html`<p class="faint"><a download="${name}.csv" href="data:text/csv;charset=utf-8,${raw(text)}">the data (CSV)</a></p>
`;
}

/** What `encodeURIComponent` leaves as it is needs no escape in an attribute in double quotes, but for the apostrophe. */
const lineOf = (row: readonly (string | number)[]): string =>
  encodeURIComponent(`${row.map(cell).join(',')}\n`).replaceAll("'", '&#39;');

function cell(value: string | number): string {
  if (value === Number.POSITIVE_INFINITY) return 'never';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

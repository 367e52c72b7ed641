import { html, type Markup } from './markup.ts';

/** A link that downloads the figures of a chart as CSV, held in the page itself. Infinity is written `never`. */
export function dataLink(
  name: string,
  titles: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Markup {
  const text = [titles, ...rows].map((row) => row.map(cell).join(',')).join('\n');
  return html`<p class="faint"><a download="${name}.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(`${text}\n`)}">the data (CSV)</a></p>
`;
}

function cell(value: string | number): string {
  if (value === Number.POSITIVE_INFINITY) return 'never';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

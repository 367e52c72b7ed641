/** HTML or SVG text: what was escaped, and what was written by us. */
export type Markup = { readonly markup: string };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(value: Markup | readonly Markup[] | string | number): string {
  if (typeof value === 'object')
    return 'markup' in value ? value.markup : value.reduce((all, one) => all + written(one), '');
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

/** A tag for template literals that escapes everything put in, except what is markup itself. */
export function html(
  texts: TemplateStringsArray,
  ...values: readonly (Markup | readonly Markup[] | string | number)[]
): Markup {
  // Added, not joined: a page may hold megabytes of figures, which need no copy for each element around them.
  let markup = '';
  for (const [place, text] of texts.entries()) {
    markup += text;
    if (place < values.length) markup += written(values[place] as Markup);
  }
  return { markup };
}

/** Text that is markup already. */
export function raw(markup: string): Markup {
  return { markup };
}

/** What may be wider than a phone: it is moved sideways by itself, also by keys, and the page stays where it is. */
export function wide(label: string, content: Markup): Markup {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${label}">${content}</div>`;
}

/** A table; columns of numbers are set to the right. */
export function htmlTable(
  titles: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
  numeric: (column: number) => boolean = () => false,
): Markup {
  const side = (column: number): string => (numeric(column) ? 'number' : 'words');
  const head = titles.map((title, column) => html`<th scope="col" class="${side(column)}">${title}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, column) => html`<td class="${side(column)}">${numeric(column) ? unbroken(cell) : column === 0 ? wholeWords(cell) : cell}</td>`)}</tr>\n`,
  );
  return wide('table', html`<table><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table>`);
}

/** A longer word would push all columns aside. */
const LONGEST_WHOLE = 32;

/** A name of several words, which are `factor=level`: no line ends within one of them. */
function wholeWords(cell: string | Markup): string | Markup {
  if (typeof cell !== 'string' || !cell.includes('=')) return cell;
  const words = cell
    .split(' ')
    .map((word) => (word.length > LONGEST_WHOLE ? html`${word}` : html`<span class="whole">${word}</span>`));
  return html`${words.map((word, index) => html`${index === 0 ? '' : ' '}${word}`)}`;
}

/** A figure with its interval: where there is no room for both in a line, the interval goes to the next as a whole. */
function unbroken(cell: string | Markup): string | Markup {
  const [, figure, interval] = (typeof cell === 'string' && /^(.*) (\(.*\))$/.exec(cell)) || [];
  return figure === undefined || interval === undefined ? cell : html`${figure} <span class="whole">${interval}</span>`;
}

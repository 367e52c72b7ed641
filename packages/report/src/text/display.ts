const COLOURS = /\u001b\[\d+m/g;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Ranges of code points that take two columns: East Asian wide and full-width forms, and pictographs (UAX #11). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** How many columns a terminal uses for a text; colours use none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(COLOURS, '')) width += columnsOf(character);
  return width;
}

function columnsOf(character: string): number {
  const code = character.codePointAt(0) as number;
  if (code < 0x300) return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Filled with spaces to a width. A longer text stays as it is. */
export function padded(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Text from outside, made safe to print: what a terminal could take for an order becomes a space. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, ' ').trim();
}

/** Words in lines of at most `width` columns. A word that is longer is broken. Always at least one line. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text)
    .split(/ +/)
    .flatMap((long) => pieces(long, width))) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The same as an item of a list. */
export function listed(text: string, width: number): readonly string[] {
  return wrapped(text, width - 2).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

function pieces(word: string, width: number): readonly string[] {
  const found: string[] = [''];
  for (const character of word) {
    const last = found.length - 1;
    if (displayWidth(found[last] + character) > width) found.push(character);
    else found[last] += character;
  }
  return found;
}

/** Cut to a width, with an ellipsis where something is missing. */
export function shortened(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** The characters that bars and marks are made of. All are one column wide. */
export interface Glyphs {
  readonly bar: string;
  /** A bar too short for a whole column. */
  readonly sliver: string;
  /** A time in service between two interruptions. */
  readonly pause: string;
  /** A bar that goes on beyond the axis. */
  readonly beyond: string;
  readonly tick: string;
  readonly axis: string;
  readonly fault: string;
  readonly firstSuccess: string;
  readonly recovered: string;
  readonly held: string;
  readonly violated: string;
  readonly unsure: string;
  readonly rule: string;
  /** What else a report prints, and what to print instead; both are one column wide. */
  readonly instead: Readonly<Record<string, string>>;
}

/** A finished report in the characters of its glyphs. */
export function spelled(text: string, { instead }: Glyphs): string {
  return Object.entries(instead).reduce((spelt, [character, other]) => spelt.replaceAll(character, other), text);
}

export const unicodeGlyphs: Glyphs = {
  bar: '█',
  sliver: '▏',
  pause: '╌',
  beyond: '▶',
  tick: '┬',
  axis: '─',
  fault: '▲',
  firstSuccess: '◆',
  recovered: '●',
  held: '✓',
  violated: '✗',
  unsure: '?',
  rule: '─',
  instead: {},
};

/** For terminals and logs that know ASCII only. */
export const asciiGlyphs: Glyphs = {
  bar: '#',
  sliver: '|',
  pause: '-',
  beyond: '>',
  tick: '+',
  axis: '-',
  fault: '^',
  firstSuccess: '*',
  recovered: 'o',
  held: 'ok',
  violated: 'NO',
  unsure: '?',
  rule: '-',
  instead: { '–': '-', '…': '~', '×': 'x', µ: 'u' },
};

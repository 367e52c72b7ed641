import { ansiPalette, asciiGlyphs, type TextStyle, textStyle, unicodeGlyphs } from '@faultline/report';

/** How to write for whoever reads standard output: colours on a terminal only, and NO_COLOR is honoured. */
export function outputStyle(): TextStyle {
  const colours = process.stdout.isTTY && !process.env.NO_COLOR;
  const ascii = /^(C|POSIX)$/.test(process.env.LC_ALL ?? process.env.LANG ?? '');
  return textStyle({
    width: process.stdout.columns ?? 100,
    glyphs: ascii && process.stdout.isTTY ? asciiGlyphs : unicodeGlyphs,
    ...(colours ? { palette: ansiPalette } : {}),
  });
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document on standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** For people who watch, never for those who parse. */
export function log(text: string): void {
  process.stderr.write(`${text}\n`);
}

import { type Glyphs, unicodeGlyphs } from './glyphs.ts';
import { type Palette, plainPalette } from './palette.ts';

/** How a report is to look. */
export interface TextStyle {
  /** Columns; at least 60, and reports never need more than 100. */
  readonly width: number;
  readonly palette: Palette;
  readonly glyphs: Glyphs;
}

const NARROWEST = 60;
const WIDEST = 100;

/** A style with defaults: 100 columns, no colours, Unicode. Widths are brought within 60 and 100. */
export function textStyle(style: Partial<TextStyle> = {}): TextStyle {
  const { width = WIDEST, palette = plainPalette, glyphs = unicodeGlyphs } = style;
  return { width: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(width))), palette, glyphs };
}

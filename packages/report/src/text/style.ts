import { type Glyphs, unicodeGlyphs } from './glyphs.ts';
import { type Palette, plainPalette } from './palette.ts';

/** How a report is to look. */
export interface TextStyle {
  /** Columns; from 80 to 100. */
  readonly width: number;
  readonly palette: Palette;
  readonly glyphs: Glyphs;
}

const NARROWEST = 80;
const WIDEST = 100;

/** A style with defaults: 100 columns, no colours, Unicode. Other widths are brought within 80 and 100. */
export function textStyle(style: Partial<TextStyle> = {}): TextStyle {
  const { width = WIDEST, palette = plainPalette, glyphs = unicodeGlyphs } = style;
  return { width: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(width))), palette, glyphs };
}

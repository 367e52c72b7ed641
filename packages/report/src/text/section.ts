import { displayWidth } from './display.ts';
import type { TextStyle } from './style.ts';

/** A heading over lines, with an empty line before it. Nothing when there are no lines. */
export function section(
  title: string,
  lines: readonly string[],
  { palette, glyphs, width }: TextStyle,
): readonly string[] {
  if (lines.length === 0) return [];
  const rule = glyphs.rule.repeat(Math.max(3, width - displayWidth(title) - 1));
  return ['', `${palette.heading(title)} ${palette.faint(rule)}`, ...lines];
}

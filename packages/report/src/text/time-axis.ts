import { formatDuration, HOUR_US, MILLISECOND_US, MINUTE_US, SECOND_US } from '@faultline/clock';
import { displayWidth } from './display.ts';
import type { Glyphs } from './glyphs.ts';

/** Distances between ticks that people can add up. */
const STEPS_US: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * MILLISECOND_US),
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND_US),
  ...[1, 2, 5, 10, 15, 30].map((min) => min * MINUTE_US),
  ...[1, 2, 4, 6, 12, 24, 48, 96, 240, 720].map((h) => h * HOUR_US),
];

/** Room for a label and a gap. */
const TICK_COLUMNS = 10;

/** The smallest such distance that is not below `leastUs`. */
export function tickStepUs(leastUs: number): number {
  return STEPS_US.find((step) => step >= leastUs) ?? (STEPS_US.at(-1) as number);
}

/** Time from 0 to `endUs` on a number of columns. */
export class TimeAxis {
  readonly columns: number;
  readonly endUs: number;

  constructor(endUs: number, columns: number) {
    this.endUs = Math.max(1, endUs);
    this.columns = columns;
  }

  /** Boundary before which column an instant lies: 0 at the start, `columns` at the end and beyond. */
  column(atUs: number): number {
    return Math.round((Math.min(Math.max(atUs, 0), this.endUs) / this.endUs) * this.columns);
  }

  /** A bar between two instants, filled with spaces to the whole axis; at least a sliver wide. */
  bar(
    fromUs: number,
    toUs: number,
    glyphs: Glyphs,
    paint: (text: string) => string,
    glyph: string = glyphs.bar,
  ): string {
    const first = Math.min(this.column(fromUs), this.columns - 1);
    const last = this.column(toUs);
    const length = last - first;
    let body = length <= 0 ? glyphs.sliver : glyph.repeat(length);
    if (toUs > this.endUs) body = glyph.repeat(Math.max(0, length - 1)) + glyphs.beyond;
    return ' '.repeat(first) + paint(body) + ' '.repeat(Math.max(0, this.columns - first - displayWidth(body)));
  }

  /** Two lines: labels, and the axis with its ticks. */
  scale(glyphs: Glyphs): readonly [labels: string, line: string] {
    const stepUs = tickStepUs((this.endUs * TICK_COLUMNS) / this.columns);
    let labels = '';
    const line: string[] = Array.from({ length: this.columns }, () => glyphs.axis);
    for (let atUs = 0; atUs <= this.endUs; atUs += stepUs) {
      const column = Math.min(this.column(atUs), this.columns - 1);
      const label = formatDuration(atUs);
      if (column + displayWidth(label) > this.columns + 4) break;
      labels = labels.padEnd(column) + label;
      line[column] = glyphs.tick;
    }
    return [labels, line.join('')];
  }
}

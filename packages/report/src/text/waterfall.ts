import type { Waterfall, WaterfallSegment } from '@faultline/metrics';
import { padded } from './display.ts';
import { duration, offset } from './figures.ts';
import { type TextStyle, textStyle } from './style.ts';
import { TimeAxis } from './time-axis.ts';

/** Instants to mark under the bars, in microseconds of the run; null for what never came. */
export interface WaterfallMarks {
  readonly firstSuccessAtUs: number | null;
  readonly recoveredAtUs: number | null;
}

const LABEL_COLUMNS = 17;
const START_COLUMNS = 9;
const LENGTH_COLUMNS = 8;
const ACTOR_COLUMNS = 10;

/**
 * An outage as bars, one line for each phase: when it began after the fault, how long it took, and who had to
 * act for it to end. Under the bars: the fault, the first success and the recovery.
 */
export function waterfallLines(
  waterfall: Waterfall,
  marks: WaterfallMarks,
  style: Partial<TextStyle> = {},
): readonly string[] {
  const full = textStyle(style);
  const { glyphs, palette, width } = full;
  const { faultAtUs, toUs, segments } = waterfall;
  const axis = new TimeAxis(
    toUs - faultAtUs,
    width - LABEL_COLUMNS - START_COLUMNS - LENGTH_COLUMNS - ACTOR_COLUMNS - 2,
  );
  const [labels, line] = axis.scale(glyphs);
  const margin = ' '.repeat(LABEL_COLUMNS);
  const heads = padded('from', START_COLUMNS, 'right') + padded('for', LENGTH_COLUMNS, 'right');
  return [
    `${margin}${palette.faint(padded(labels, axis.columns))}${palette.faint(`${heads}  who acts`)}`,
    `${margin}${palette.faint(line)}`,
    ...segments.map((segment) => segmentLine(segment, faultAtUs, axis, full)),
    ...markLines(waterfall, marks, axis, full).map((text) => `${margin}${text}`),
  ].map((text) => text.trimEnd());
}

function segmentLine(
  { phase, fromUs, toUs, actor }: WaterfallSegment,
  faultAtUs: number,
  axis: TimeAxis,
  { glyphs, palette }: TextStyle,
): string {
  const serving = phase === 'in-service';
  const paint = palette.actor[actor ?? 'nobody'];
  const bar = axis.bar(fromUs - faultAtUs, toUs - faultAtUs, glyphs, paint, serving ? glyphs.pause : glyphs.bar);
  const start = padded(offset(fromUs, faultAtUs), START_COLUMNS, 'right');
  const length = padded(duration(toUs - fromUs), LENGTH_COLUMNS, 'right');
  const name = padded(serving ? '(in service)' : phase, LABEL_COLUMNS);
  return `${serving ? palette.faint(name) : name}${bar}${start}${length}  ${paint(actor ?? '')}`;
}

/** The marks under the axis, and what they mean. */
function markLines(
  { faultAtUs, toUs, recovered }: Waterfall,
  marks: WaterfallMarks,
  axis: TimeAxis,
  { glyphs, palette }: TextStyle,
): readonly string[] {
  const { firstSuccessAtUs, recoveredAtUs } = marks;
  const places = new Map<number, string>();
  const place = (atUs: number, glyph: string): void => {
    places.set(Math.min(axis.column(atUs - faultAtUs), axis.columns - 1), glyph);
  };
  if (firstSuccessAtUs !== null) place(firstSuccessAtUs, glyphs.firstSuccess);
  if (recoveredAtUs !== null) place(recoveredAtUs, glyphs.recovered);
  place(faultAtUs, glyphs.fault);
  const line = Array.from({ length: axis.columns }, (_, column) => places.get(column) ?? ' ').join('');
  const meanings = [`${glyphs.fault} fault`];
  if (firstSuccessAtUs !== null)
    meanings.push(`${glyphs.firstSuccess} first success ${offset(firstSuccessAtUs, faultAtUs)}`);
  if (recoveredAtUs !== null)
    meanings.push(palette.good(`${glyphs.recovered} recovered ${offset(recoveredAtUs, faultAtUs)}`));
  else if (!recovered) meanings.push(palette.bad(`not recovered when the run ended at ${offset(toUs, faultAtUs)}`));
  return [line, meanings.join('   ')];
}

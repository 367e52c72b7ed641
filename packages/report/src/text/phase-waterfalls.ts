import type { KindComparison } from '@faultline/metrics';
import { padded, shortened } from './display.ts';
import { duration } from './figures.ts';
import type { TextStyle } from './style.ts';
import { TimeAxis } from './time-axis.ts';

const LABEL_COLUMNS = 19;
const LENGTH_COLUMNS = 8;
const ACTOR_COLUMNS = 10;

/** An outage that is longer than this many times the median kind's would press all others against the margin. */
const LONGEST_RATIO = 3;

/** For each kind, one line for each phase, on one time axis for all; `kinds` are in the order to show. */
export function phaseWaterfallLines(kinds: readonly KindComparison[], style: TextStyle): readonly string[] {
  const { width, palette, glyphs } = style;
  const axis = new TimeAxis(axisEndUs(kinds.map(totalUs)), width - LABEL_COLUMNS - LENGTH_COLUMNS - ACTOR_COLUMNS - 2);
  const [labels, line] = axis.scale(glyphs);
  const margin = ' '.repeat(LABEL_COLUMNS);
  return [
    `${margin}${palette.faint(padded(labels, axis.columns))}${palette.faint(padded('median', LENGTH_COLUMNS, 'right'))}  ${palette.faint('who acts')}`,
    `${margin}${palette.faint(line)}`,
    ...kinds.flatMap((kind) => kindLines(kind, axis, style)),
  ].map((text) => text.trimEnd());
}

function kindLines(kind: KindComparison, axis: TimeAxis, { width, palette, glyphs }: TextStyle): readonly string[] {
  const total = duration(kind.recoveryTime.p50.value);
  const nameWidth = width - LENGTH_COLUMNS - ACTOR_COLUMNS - 2;
  const head =
    palette.heading(padded(shortened(kind.title, nameWidth), nameWidth)) + padded(total, LENGTH_COLUMNS, 'right');
  if (kind.phases.length === 0)
    return [
      head,
      palette.faint(`  ${kind.recoveryTime.p50.value === 0 ? 'clients noticed nothing' : 'no phases recorded'}`),
    ];
  let fromUs = 0;
  const lines = kind.phases.map(({ phase, actor, medianUs }) => {
    const paint = palette.actor[actor ?? 'nobody'];
    const bar = axis.bar(fromUs, fromUs + medianUs, glyphs, paint);
    fromUs += medianUs;
    return `${padded(`  ${phase}`, LABEL_COLUMNS)}${bar}${padded(duration(medianUs), LENGTH_COLUMNS, 'right')}  ${paint(actor ?? '')}`;
  });
  return [head, ...lines];
}

function totalUs({ phases }: KindComparison): number {
  return phases.reduce((sum, { medianUs }) => sum + medianUs, 0);
}

/** Whether some outage is longer than the axis. */
export function isCut(kinds: readonly KindComparison[]): boolean {
  const totals = kinds.map(totalUs);
  return totals.some((total) => total > axisEndUs(totals));
}

/** The longest outage, unless it dwarfs the others: then its bar leaves the axis. */
function axisEndUs(totals: readonly number[]): number {
  const sorted = totals.filter((total) => total > 0 && Number.isFinite(total)).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.min(sorted.at(-1) ?? 0, middle * LONGEST_RATIO);
}

import type { Agreement, CaseValidation, MeasureValidation, ValidationResult } from '@faultline/metrics';
import { figure, grouped, measuredText } from '../measured-figures.ts';
import { listed, padded, printable, shortened, wrapped } from './display.ts';
import { count, plural } from './figures.ts';
import { spelled } from './glyphs.ts';
import { section } from './section.ts';
import { type TextStyle, textStyle } from './style.ts';

/** Columns of a line about one figure: what, seen by whom, measured, three predicted ones, inside. */
interface Widths {
  readonly title: number;
  /** 0 where there is no room for it. */
  readonly seenBy: number;
  readonly measured: number;
  readonly figure: number;
}

const WIDE: Widths = { title: 31, seenBy: 6, measured: 20, figure: 7 };
const NARROW: Widths = { title: 25, seenBy: 0, measured: 18, figure: 6 };

/** Width from which all columns fit. */
const WIDE_FROM = 100;

const INDENT = 2;
const GAP = '  ';

/** Predictions beside measurements as text, without a line break at the end. */
export function validationReport(result: ValidationResult, style: Partial<TextStyle> = {}): string {
  const full = textStyle(style);
  const { palette } = full;
  const lines = [
    palette.heading(
      `Predicted and measured: ${plural(result.cases.length, 'case')}, up to ${count(result.trials)} trials each`,
    ) + palette.faint(`  seed ${printable(result.seed)}`),
    ...grouped(result.cases).flatMap(({ group, cases }) => section(group, groupLines(cases, full), full)),
    ...section('In all', totalLines(result, full), full),
    ...section('How to read this', noteLines(result, full), full),
  ];
  return spelled(lines.join('\n'), full.glyphs);
}

function groupLines(cases: readonly CaseValidation[], style: TextStyle): readonly string[] {
  const head = figureLine(['', '', 'measured', 'p5', 'p50', 'p95'], '', style.width);
  return [style.palette.faint(head), ...cases.flatMap((one, index) => caseLines(one, cases[index - 1] ?? null, style))];
}

/** A case names its source unless it is that of the one before. */
function caseLines(one: CaseValidation, before: CaseValidation | null, style: TextStyle): readonly string[] {
  const { palette, width } = style;
  const origin = before?.source === one.source ? '' : `${one.source}, ${one.date}`;
  const about = [origin, one.note ?? ''].filter((part) => part !== '').join('; ');
  return [
    ...wrapped(`${one.id}: ${one.title}`, width).map(palette.heading),
    ...(about === '' ? [] : indented(about, INDENT, width).map(palette.faint)),
    ...one.measures.flatMap((measure) => measureLines(measure, style)),
  ];
}

function measureLines(measure: MeasureValidation, { palette, glyphs, width }: TextStyle): readonly string[] {
  const { title, seenBy, predicted, agreement, usedFor, remark } = measure;
  const whole = agreement.inside === agreement.of;
  const mark = whole ? palette.good(glyphs.held) : palette.unsure(glyphs.violated);
  const share = agreement.of === 1 ? '' : ` ${agreement.inside}/${agreement.of}`;
  const figures = [predicted.p5, predicted.p50, predicted.p95].map(figure);
  const line = figureLine(
    [title, seenBy, measuredText(measure), ...figures],
    `${mark}${share}${usedFor === null ? '' : palette.faint(' *')}`,
    width,
  );
  return [line, ...(remark === null ? [] : indented(remark, INDENT * 2, width).map(palette.faint))];
}

function figureLine(
  [title = '', seenBy = '', measured = '', ...predicted]: readonly string[],
  inside: string,
  width: number,
): string {
  const widths = width >= WIDE_FROM ? WIDE : NARROW;
  const cells = [
    padded(shortened(title, widths.title), widths.title),
    ...(widths.seenBy === 0 ? [] : [padded(seenBy, widths.seenBy)]),
    padded(measured, widths.measured, 'right'),
    ...predicted.map((text) => padded(text, widths.figure, 'right')),
    inside,
  ];
  return `${' '.repeat(INDENT)}${cells.join(GAP)}`.trimEnd();
}

function indented(text: string, by: number, width: number): readonly string[] {
  return wrapped(text, width - by).map((line) => `${' '.repeat(by)}${line}`);
}

function totalLines({ used, heldOut }: ValidationResult, { palette }: TextStyle): readonly string[] {
  const line = (what: string, { inside, near, of }: Agreement): string =>
    `${count(inside).padStart(4)} inside, ${count(near).padStart(3)} near, ${count(of - inside - near).padStart(3)} far: ${what}`;
  const both = { inside: used.inside + heldOut.inside, near: used.near + heldOut.near, of: used.of + heldOut.of };
  return [
    palette.heading(line('all measured values', both)),
    line('held out', heldOut),
    line('a default was set from them (*)', used),
  ];
}

function noteLines({ notes }: ValidationResult, { width, palette }: TextStyle): readonly string[] {
  const all = [
    'Each case is set up as it was measured: cadence and time-outs of the probe, load, what was asked for. Its figure is then taken from the trace as its prober took it.',
    'p5, p50, p95: of 100 trials 5 were below the first and 5 above the last. A measured value is inside when it lies between them; a measured range counts as one value, inside when it holds p50. Near: outside, but within a quarter of p50.',
    "Seen by client (a probe) and by events (the service's own times) are different things: a service reports completion long after clients work again.",
    '* a default was set from this measurement, so agreement proves little. All others were held out: no default was chosen to meet them.',
    'Percentiles and rates of a whole load hardly differ from trial to trial. Their bands are narrow, and whatever a model leaves out shows as a miss: the distance says how much.',
    ...notes,
  ];
  return all.flatMap((note) => listed(note, width).map(palette.faint));
}

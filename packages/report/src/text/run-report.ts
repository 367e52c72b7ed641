import type { RecoveryResult, RunMetrics, Verdict } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import { dataLines } from './data-lines.ts';
import { listed, printable, wrapped } from './display.ts';
import { eventLogLines } from './event-log-table.ts';
import { duration, offset } from './figures.ts';
import { spelled } from './glyphs.ts';
import { measuresLines } from './measures-table.ts';
import { runNotes } from './run-notes.ts';
import { section } from './section.ts';
import { type TextStyle, textStyle } from './style.ts';
import { table } from './table.ts';
import { verdictLines } from './verdict-table.ts';
import { type WaterfallMarks, waterfallLines } from './waterfall.ts';

/** What one run left to say: the header of its trace, what was measured, and what its scenario expected. */
export interface RunReport {
  readonly header: HeaderRecord;
  readonly metrics: RunMetrics;
  readonly verdicts: readonly Verdict[];
}

/** A run as text, without a line break at the end. */
export function runReport({ header, metrics, verdicts }: RunReport, style: Partial<TextStyle> = {}): string {
  const full = textStyle(style);
  const lines = [
    ...titleLines(header, full),
    ...metrics.waterfalls.flatMap((waterfall) => {
      const recovery = recoveryOf(metrics, waterfall.cohort, waterfall.action);
      const title = `What ${waterfall.cohort} went through: ${waterfall.action}s, ${recovered(recovery)}${countedFrom(metrics, waterfall.faultAtUs)}`;
      return section(title, waterfallLines(waterfall, marksOf(recovery), full), full);
    }),
    ...section('What happened', eventLogLines(metrics, full), full),
    ...section('What clients saw', measuresLines(metrics, full), full),
    ...section('What became of the data', dataLines(metrics, full), full),
    ...section('Who had to act', operatorLines(metrics, full), full),
    ...section('What was expected', verdictLines(verdicts, full), full),
    ...section('How to read this', noteLines(runNotes(header, metrics, verdicts), full), full),
  ];
  return spelled(lines.join('\n'), full.glyphs);
}

function titleLines(
  { scenario, summary, seed, databases }: HeaderRecord,
  { palette, width }: TextStyle,
): readonly string[] {
  const kinds = databases.map(
    ({ database, title, engine }) => `${database}: ${title}${engine === '' ? '' : `, ${engine}`}`,
  );
  return [
    `${palette.heading(printable(scenario))}  ${palette.faint(`seed ${printable(seed)}`)}`,
    ...wrapped(summary, width),
    ...kinds.flatMap((kind) => wrapped(kind, width)).map(palette.faint),
  ];
}

export function recoveryOf({ recovery }: RunMetrics, cohort: string, action: string): RecoveryResult | undefined {
  return recovery.find((one) => one.cohort === cohort && one.action === action);
}

/** How an outage ended, in a clause. */
export function recovered(recovery: RecoveryResult | undefined): string {
  if (!recovery || recovery.recovered === false) return 'not recovered';
  const after = `recovered after ${duration(recovery.recoveryTimeUs)}`;
  const { interruptions } = recovery;
  if (interruptions.length < 2) return after;
  const withoutUs = interruptions.reduce((sum, { fromUs, toUs }) => sum + ((toUs ?? fromUs) - fromUs), 0);
  return `${after}, ${duration(withoutUs)} of it without service in ${interruptions.length} spells`;
}

/** With several causes a reader has to know from which of them this outage is counted. */
function countedFrom({ eventLog }: RunMetrics, faultAtUs: number): string {
  const causes = eventLog.entries.filter(({ kind }) => kind === 'fault' || kind === 'request');
  const first = causes[0];
  const cause = causes.findLast(({ atUs }) => atUs === faultAtUs);
  if (!first || !cause || first.atUs === faultAtUs) return '';
  return ` (0s is ${cause.text}, ${offset(faultAtUs, first.atUs)} in the log)`;
}

export function marksOf(recovery: RecoveryResult | undefined): WaterfallMarks {
  const { faultAtUs = null, timeToFirstSuccessUs = null, recoveryTimeUs = null } = recovery ?? {};
  const at = (afterUs: number | null): number | null =>
    faultAtUs === null || afterUs === null ? null : faultAtUs + afterUs;
  return { firstSuccessAtUs: at(timeToFirstSuccessUs), recoveredAtUs: at(recoveryTimeUs) };
}

function operatorLines({ operatorSteps }: RunMetrics, { width, palette }: TextStyle): readonly string[] {
  const rows = operatorSteps.map(({ who, step, database, calledAtUs, doneAtUs, dismissed }) => [
    who,
    step,
    database,
    doneAtUs !== null
      ? `took ${duration(doneAtUs - calledAtUs)}`
      : dismissed
        ? 'not needed: it was over before'
        : palette.bad('never done'),
  ]);
  return table([{ title: '' }, { title: '' }, { title: '' }, { title: '' }], rows, { width });
}

function noteLines(notes: readonly string[], { width, palette }: TextStyle): readonly string[] {
  return notes.flatMap((note) => listed(note, width).map(palette.faint));
}

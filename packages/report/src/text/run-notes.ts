import type { RunMetrics, Verdict } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import { duration, plural } from './figures.ts';

/** What a reader who has never seen such a report should know to read this one. Only what applies to this run. */
export function runNotes(header: HeaderRecord, metrics: RunMetrics, verdicts: readonly Verdict[]): readonly string[] {
  const { recovery } = metrics;
  const notes: string[] = [];
  if (recovery.some((one) => one.affected)) {
    notes.push(
      `Recovery runs from the fault until operations succeed and keep succeeding for ${duration(metrics.stableForUs)}. It is what clients see, so it includes their DNS caches, time-outs and pools.`,
    );
  }
  if (recovery.some((one) => one.overall.indeterminate > 0)) {
    notes.push(
      'Unsure: the client never learned the outcome, for example after a time-out. The write may or may not have taken effect.',
    );
  }
  if (recovery.some((one) => one.recovered === 'unconfirmed')) {
    notes.push(
      'A time with a question mark: the run ended before service had been stable for long enough. A longer horizon would tell.',
    );
  }
  if (recovery.length > 0 && !recovery.some((one) => one.affected)) {
    notes.push(
      'No operation of any client went wrong after the fault. If the fault was meant to hurt, look at its target in the event log.',
    );
  }
  const unfinished = recovery.reduce((sum, one) => sum + one.unfinished, 0);
  if (unfinished > 0)
    notes.push(
      `${plural(unfinished, 'operation')} still under way when the run ended at ${duration(metrics.endedAtUs)}: counted nowhere.`,
    );
  const assumed = header.databases
    .flatMap((database) => database.timings)
    .filter((timing) => timing.grade === 'assumed').length;
  if (assumed > 0)
    notes.push(
      `${plural(assumed, 'timing')} of this run ${assumed === 1 ? 'rests' : 'rest'} on an assumption, because nothing better is published: \`faultline explain\` lists each with its source.`,
    );
  if (verdicts.some(({ held }) => held === 'inconclusive'))
    notes.push('A verdict with a question mark could not be told before the run ended.');
  return notes;
}

import type { DataLossResult, RunMetrics } from '@faultline/metrics';
import { wrapped } from './display.ts';
import { count, duration, enumerated, plural } from './figures.ts';
import type { TextStyle } from './style.ts';

/** What became of the data: lost writes by name, lost updates, two writers at once, stale reads, lag. */
export function dataLines(metrics: RunMetrics, style: TextStyle): readonly string[] {
  const { palette } = style;
  const lines: string[] = [];
  for (const loss of metrics.dataLoss) lines.push(...lossLines(loss, style));
  for (const { database, count: writes, ops } of metrics.splitBrain) {
    const text = `${database}: ${plural(writes, 'write')} taken by two nodes at once (op ${enumerated(ops, writes)})`;
    lines.push(...wrapped(text, style.width).map(palette.bad));
  }
  for (const { cohort, reads, stale, p99Us, maxUs } of metrics.staleness) {
    if (stale === 0) continue;
    lines.push(
      `${cohort}: ${count(stale)} of ${plural(reads, 'read')} served stale, p99 ${duration(p99Us)}, at most ${duration(maxUs)}`,
    );
  }
  for (const { database, node, p99Us, maxUs, entriesMax } of metrics.lag.nodes) {
    if (maxUs === 0) continue;
    lines.push(
      `${database}: ${node} lagged by up to ${duration(maxUs)} (${plural(entriesMax, 'entry', 'entries')}), p99 ${duration(p99Us)}`,
    );
  }
  return lines;
}

function lossLines(
  {
    database,
    acknowledged,
    survivor,
    lost,
    lostOps,
    spanUs,
    lostUpdates,
    lostUpdateOps,
    indeterminateInEffect,
  }: DataLossResult,
  { width, palette }: TextStyle,
) {
  const lines: string[] = [];
  if (acknowledged === 0) lines.push(`${database}: acknowledged no write of its own`);
  else if (lost === 0 && lostUpdates === 0) lines.push(palette.good(`${database}: no acknowledged write was lost`));
  else if (lost > 0) {
    const why = survivor === database ? '' : ` to its clients, who moved to ${survivor}: it never had them`;
    const text = `${database}: ${plural(lost, 'acknowledged write')} lost${why}, reaching back ${duration(spanUs)} (op ${enumerated(lostOps, lost)})`;
    lines.push(...wrapped(text, width).map(palette.bad));
  }
  if (lostUpdates > 0) {
    const text = `${database}: ${plural(lostUpdates, 'acknowledged write')} lost to a later write of the same item elsewhere: the last writer wins (op ${enumerated(lostUpdateOps, lostUpdates)})`;
    lines.push(...wrapped(text, width).map(palette.bad));
  }
  if (indeterminateInEffect > 0) {
    const text = `${database}: ${plural(indeterminateInEffect, 'write')} took effect though their clients could not be sure of it`;
    lines.push(...wrapped(text, width));
  }
  return lines;
}

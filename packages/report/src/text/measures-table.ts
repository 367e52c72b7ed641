import type { RecoveryResult, RunMetrics } from '@faultline/metrics';
import { count, duration, percent } from './figures.ts';
import { type Palette, plainPalette } from './palette.ts';
import type { TextStyle } from './style.ts';
import { type Column, table } from './table.ts';

interface MeasureColumn extends Column {
  readonly cell: (one: RecoveryResult, metrics: RunMetrics, palette: Palette) => string;
  /** Left out on a narrow terminal. */
  readonly extra?: boolean;
}

const COLUMNS: readonly MeasureColumn[] = [
  { title: 'clients', cell: ({ cohort, action }) => `${cohort} ${action}s` },
  right('recovery', (one, _, palette) => recoveryCell(one, palette)),
  right('1st success', (one) => (one.affected ? duration(one.timeToFirstSuccessUs) : '-')),
  { ...right('99% clients', (one) => (one.affected ? duration(one.clientsP99Us) : '-')), extra: true },
  right('ok', ({ overall }) => count(overall.ok)),
  right('failed', ({ overall }) => count(overall.failed)),
  right('unsure', ({ overall }) => count(overall.indeterminate)),
  right('success', ({ overall }) => shareOf(overall.ok, overall.ok + overall.failed + overall.indeterminate)),
  { ...right('p99 took', (one, metrics) => latencyCell(one, metrics)), extra: true },
];

/** Width from which all columns fit. */
const WIDE = 96;

/** One line for each cohort and action: how long it was interrupted, and what became of its operations. */
export function measuresLines(metrics: RunMetrics, { width, palette }: TextStyle): readonly string[] {
  const columns = COLUMNS.filter(({ extra }) => width >= WIDE || !extra);
  const rows = metrics.recovery.map((one) => columns.map(({ cell }) => cell(one, metrics, palette)));
  return table(columns, rows, { width, paintTitle: palette.faint });
}

/** All of it, for a table that has room: titles, and a row for each cohort and action. */
export function measuresCells(metrics: RunMetrics): {
  readonly titles: readonly string[];
  readonly rows: readonly string[][];
} {
  const rows = metrics.recovery.map((one) => COLUMNS.map(({ cell }) => cell(one, metrics, plainPalette)));
  return { titles: COLUMNS.map(({ title }) => title), rows };
}

function right(title: string, cell: MeasureColumn['cell']): MeasureColumn {
  return { title, align: 'right', cell };
}

function shareOf(part: number, all: number): string {
  return all === 0 ? '-' : percent(part / all);
}

function latencyCell({ cohort, action }: RecoveryResult, { latency }: RunMetrics): string {
  const found = latency.find((each) => each.cohort === cohort && each.action === action);
  return found ? duration(found.p99Us) : '-';
}

function recoveryCell({ affected, recovered, recoveryTimeUs }: RecoveryResult, palette: Palette): string {
  if (!affected) return palette.good('unaffected');
  if (recovered === false) return palette.bad('never');
  return recovered === 'unconfirmed' ? palette.unsure(`${duration(recoveryTimeUs)}?`) : duration(recoveryTimeUs);
}

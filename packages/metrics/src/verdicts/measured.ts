import type { RecoveryResult } from '../recovery/recovery-result.ts';
import type { RunMetrics } from '../summary.ts';
import type { Bounds, Verdict, VerdictKind } from './verdict.ts';

/** One measure of the whole run: the worst of its cohorts, or the sum over them. */
interface Measured {
  readonly unit: 'duration' | 'count';
  /** Null for never. */
  readonly value: number | null;
  /** Whether it could still have grown when the run ended: `value`, or where that is null the time waited, is a lower bound. */
  readonly growing: boolean;
  readonly atLeast: number;
}

type Measures = Readonly<Record<string, (metrics: RunMetrics) => Measured>>;

const MEASURES: Measures = {
  recoveryTime: (metrics) => worst(metrics, (one) => one.recoveryTimeUs),
  timeToFirstSuccess: (metrics) => worst(metrics, (one) => one.timeToFirstSuccessUs),
  dataLoss: (metrics) => count(metrics.dataLoss.map((one) => one.lost)),
  dataLossSpan: (metrics) => exactly('duration', Math.max(0, ...metrics.dataLoss.map((one) => one.spanUs))),
  lostUpdates: (metrics) => count(metrics.dataLoss.map((one) => one.lostUpdates)),
  failed: (metrics) => count(metrics.recovery.map((one) => one.overall.failed)),
  indeterminate: (metrics) => count(metrics.recovery.map((one) => one.overall.indeterminate)),
};

/** Judges one measure against its bounds. A name that no measure has is inconclusive, and says so. */
export function judgeMeasure(
  metrics: RunMetrics,
  kind: VerdictKind,
  name: string,
  measure: string,
  bounds: Bounds,
): Verdict {
  const measured = Object.hasOwn(MEASURES, measure) ? MEASURES[measure]?.(metrics) : undefined;
  if (!measured)
    return {
      name,
      kind,
      held: 'inconclusive',
      unit: 'text',
      found: `no measure is called ${measure}`,
      expected: bounds,
    };
  return { name, kind, held: within(measured, bounds), unit: measured.unit, found: measured.value, expected: bounds };
}

function within({ atLeast, growing }: Measured, { min, max }: Bounds): Verdict['held'] {
  if (max !== null && atLeast > max) return false;
  if (growing && max !== null) return 'inconclusive';
  if (min !== null && atLeast < min) return growing ? 'inconclusive' : false;
  return true;
}

function exactly(unit: Measured['unit'], value: number): Measured {
  return { unit, value, growing: false, atLeast: value };
}

function count(parts: readonly number[]): Measured {
  return exactly(
    'count',
    parts.reduce((sum, part) => sum + part, 0),
  );
}

/** The longest over all cohorts and actions; a run without operations has measured nothing yet. */
function worst({ recovery, endedAtUs }: RunMetrics, durationOf: (one: RecoveryResult) => number | null): Measured {
  let value: number | null = 0;
  let atLeast = 0;
  let growing = recovery.length === 0;
  for (const one of recovery) {
    const duration = durationOf(one);
    if (duration === null) value = null;
    else if (value !== null) value = Math.max(value, duration);
    atLeast = Math.max(atLeast, duration ?? endedAtUs - (one.faultAtUs ?? endedAtUs));
    growing ||= one.recovered !== true;
  }
  return { unit: 'duration', value, growing, atLeast };
}

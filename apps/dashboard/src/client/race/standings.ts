import { type WaterfallSegment, waterfallUntil, worstRecoveryAt } from '@faultline/metrics';
import type { Lane } from '../session/model.ts';
import { metricsAt } from '../session/viewed.ts';

/** How one lane of a race stands. */
export interface Standing {
  readonly model: string;
  readonly title: string;
  readonly state: 'simulating' | 'pending' | 'unaffected' | 'interrupted' | 'recovered';
  readonly faultAtUs: number | null;
  readonly elapsedUs: number | null;
  /** When it will be back; null when never, or not known yet. */
  readonly finishUs: number | null;
  readonly segments: readonly WaterfallSegment[];
  /** Place among those that are back; null before. */
  readonly rank: number | null;
}

export function standings(lanes: readonly Lane[], nowUs: number): readonly Standing[] {
  const all = lanes.map((lane) => standingOf(lane, nowUs));
  const finished = all
    .filter(({ state }) => state === 'recovered' || state === 'unaffected')
    .map(({ elapsedUs }) => elapsedUs ?? 0)
    .sort((a, b) => a - b);
  return all.map((one) =>
    one.state === 'recovered' || one.state === 'unaffected'
      ? { ...one, rank: finished.indexOf(one.elapsedUs ?? 0) + 1 }
      : one,
  );
}

function standingOf(lane: Lane, nowUs: number): Standing {
  const metrics = metricsAt(lane, nowUs);
  // A read replica races with its source, which the scenario names first.
  const raced = lane.header.databases.at(-1);
  const [model, title] = [raced?.model ?? '', raced?.title ?? ''];
  const none = { model, title, faultAtUs: null, elapsedUs: null, finishUs: null, segments: [], rank: null };
  const worst = metrics === null ? null : worstRecoveryAt(metrics.recovery, nowUs);
  // Which cohort is worst off in the end decides the length of the lane.
  const last = metrics === null ? null : worstRecoveryAt(metrics.recovery, metrics.endedAtUs);
  if (metrics === null || worst === null || last === null) return { ...none, state: 'simulating' };
  const { cohort, action, faultAtUs, recoveryTimeUs } = last.result;
  const whole = metrics.waterfalls.find((one) => one.cohort === cohort && one.action === action);
  return {
    ...none,
    state: worst.standing,
    faultAtUs,
    elapsedUs: worst.elapsedUs,
    finishUs: faultAtUs === null || recoveryTimeUs === null ? null : faultAtUs + recoveryTimeUs,
    segments: whole === undefined ? [] : (waterfallUntil(whole, nowUs)?.segments ?? []),
  };
}

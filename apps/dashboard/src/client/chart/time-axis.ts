import type { Model } from '../session/model.ts';
import type { UiState } from '../session/ui.ts';

/** The span of simulated time that all time axes of the page share. */
export interface TimeAxis {
  readonly fromUs: number;
  readonly toUs: number;
  readonly x: (atUs: number) => number;
  readonly at: (x: number) => number;
}

/** An axis from `left` to `right` pixels over the brushed span, or over the whole run. */
export function timeAxis(model: Model, ui: UiState, left: number, right: number): TimeAxis {
  const [fromUs, toUs] = ui.span ?? [0, Math.max(1, model.horizonUs)];
  const perUs = (right - left) / (toUs - fromUs);
  return {
    fromUs,
    toUs,
    x: (atUs) => left + (atUs - fromUs) * perUs,
    at: (x) => Math.min(toUs, Math.max(fromUs, fromUs + (x - left) / perUs)),
  };
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];

/** Round instants on an axis, at most so many. */
export function timeTicks({ fromUs, toUs }: TimeAxis, most: number): readonly number[] {
  const stepUs = (STEPS_S.find((seconds) => (toUs - fromUs) / (seconds * 1_000_000) <= most) ?? 604_800) * 1_000_000;
  const first = Math.ceil(fromUs / stepUs) * stepUs;
  return Array.from(
    { length: Math.max(0, Math.floor((toUs - first) / stepUs) + 1) },
    (_, place) => first + place * stepUs,
  );
}

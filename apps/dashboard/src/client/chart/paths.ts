import { area, curveStepAfter, line } from 'd3-shape';

type Values = readonly (number | null)[];

/** A step line through bins, interrupted nowhere: a bin without a value is passed over. */
export function stepLine(
  values: Values,
  binUs: number,
  x: (atUs: number) => number,
  y: (value: number) => number,
): string {
  const points = values.flatMap((value, bin): [number, number][] =>
    value === null ? [] : [[x(bin * binUs), y(value)]],
  );
  const last = points.at(-1);
  if (last !== undefined) points.push([Math.max(last[0], x(values.length * binUs)), last[1]]);
  return line().curve(curveStepAfter)(points) ?? '';
}

/** The area between two lists of values, bin by bin. */
export function stepArea(
  lower: readonly number[],
  upper: readonly number[],
  binUs: number,
  x: (atUs: number) => number,
  y: (value: number) => number,
): string {
  const bins = upper.map((top, bin): [number, number, number] => [x(bin * binUs), y(lower[bin] ?? 0), y(top)]);
  const last = bins.at(-1);
  if (last !== undefined) bins.push([x(upper.length * binUs), last[1], last[2]]);
  const shape = area<[number, number, number]>()
    .x(([at]) => at)
    .y0(([, bottom]) => bottom)
    .y1(([, , top]) => top)
    .curve(curveStepAfter);
  return shape(bins) ?? '';
}

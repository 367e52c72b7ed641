import { formatDuration } from '@faultline/clock';
import type { Estimate } from '@faultline/metrics';

/** A duration for people; `never` for null and Infinity, and the reverse of it for minus Infinity. */
export function duration(us: number | null): string {
  if (us === null || us === Number.POSITIVE_INFINITY) return 'never';
  return us === Number.NEGATIVE_INFINITY ? '-never' : formatDuration(us);
}

/** An instant as its distance from another, with its sign: `+12.3s`. */
export function offset(atUs: number, fromUs: number): string {
  return atUs < fromUs ? formatDuration(atUs - fromUs) : `+${formatDuration(atUs - fromUs)}`;
}

/** `12,345` */
export function count(value: number): string {
  if (!Number.isFinite(value)) return 'never';
  const digits = String(Math.round(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 ? `-${digits}` : digits;
}

/** A number to two figures, for what is no surer: `550,000,000`. */
export const roughly = (value: number): string => count(Number(value.toPrecision(2)));

/** Up to three figures, and never `0 %` or `100 %` of what is only nearly so. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1%';
  if (value > 99.9 && value < 100) return '>99.9%';
  return `${Number(value.toPrecision(value < 1 ? 2 : 3))}%`;
}

/** A share with its 95 % interval: `97.5% (96.3%–98.4%)`. */
export function shareInterval({ value, low, high }: Estimate): string {
  const [from, to] = [percent(low ?? 0), percent(high ?? 1)];
  return `${percent(value)} (${from}${/[<>]/.test(from + to) ? ' to ' : '–'}${to})`;
}

/** The 95 % interval of a duration, `12.1s–13s`; a side that the sample is too small to give is left open. */
export function durationInterval(estimate: Estimate): string {
  const { low, high } = estimate;
  if (low === null && high === null) return 'too few trials';
  const [from, to] = [low, high].map((bound) => (bound === null ? '' : duration(bound)));
  // Bounds that read alike are one, and nothing is longer than what never ends.
  if (from === to || low === Number.POSITIVE_INFINITY) return String(from);
  return `${from}–${to}`;
}

/** `17, 18, 19 and 4 more` */
export function enumerated(names: readonly (number | string)[], total: number, shown = 6): string {
  const some = names.slice(0, shown);
  return total > some.length ? `${some.join(', ')} and ${count(total - some.length)} more` : some.join(', ');
}

/** `1 write`, `2 writes` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

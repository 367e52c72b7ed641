import type { Instant } from './instants.ts';
import type { Watch } from './watch.ts';

/** From the first of one kind of instant to the first of another, in microseconds; negative when they come in the other order. */
export function between(from: Instant, to: Instant): Watch {
  return span(from, to, () => false);
}

/** From the first of one kind of instant to the first of another that comes after it. */
export function fromTo(from: Instant, to: Instant): Watch {
  return span(from, to, (begunAtUs, atUs) => begunAtUs === null || atUs < begunAtUs);
}

function span(from: Instant, to: Instant, tooEarly: (begunAtUs: number | null, atUs: number) => boolean): Watch {
  let fromUs: number | null = null;
  let toUs: number | null = null;
  return {
    add(record) {
      fromUs ??= from(record);
      if (toUs !== null) return;
      const atUs = to(record);
      if (atUs !== null && !tooEarly(fromUs, atUs)) toUs = atUs;
    },
    get settled() {
      return fromUs !== null && toUs !== null;
    },
    value: () => (fromUs === null || toUs === null ? null : toUs - fromUs),
  };
}

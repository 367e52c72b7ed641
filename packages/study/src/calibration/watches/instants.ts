import type { OpRecord, ServiceEventRecord, TraceRecord } from '@faultline/trace';

/** The instant in microseconds that a record marks, or null when it is not the one that is looked for. */
export type Instant = (record: TraceRecord) => number | null;

/** The service published this event. */
export function event(id: ServiceEventRecord['id']): Instant {
  return (record) => (record.type === 'event' && record.id === id ? record.atUs : null);
}

/** The injected cause, or the request, number `index` from 0. */
export function faultNumber(index = 0): Instant {
  return (record) =>
    record.type === 'fault' && record.index === index && record.edge === 'started' ? record.atUs : null;
}

/** A node became the writer of a new timeline. */
export const promotion: Instant = (record) => (record.type === 'timeline' ? record.atUs : null);

const of = (record: TraceRecord, cohort: string): record is OpRecord =>
  record.type === 'op' && record.cohort === cohort;

/** A probe succeeded: when its answer came. */
export function success(cohort: string): Instant {
  return (record) => (of(record, cohort) && record.outcome === 'ok' ? record.atUs : null);
}

/** A probe failed: when it was sent. */
export function failure(cohort: string): Instant {
  return (record) => (of(record, cohort) && record.outcome !== 'ok' ? record.invokedAtUs : null);
}

/** A client learned that its operation would not be answered. */
export function givenUp(cohort: string): Instant {
  return (record) => (of(record, cohort) && record.outcome !== 'ok' ? record.atUs : null);
}

/** Only what happens at or after `fromUs`. */
export function since(fromUs: number, instant: Instant): Instant {
  return (record) => {
    const atUs = instant(record);
    return atUs === null || atUs < fromUs ? null : atUs;
  };
}

/** The first of two kinds. */
export function either(a: Instant, b: Instant): Instant {
  return (record) => a(record) ?? b(record);
}

/** Remembers: only what follows once `begun` has been seen. */
export function after(begun: Instant, instant: Instant): Instant {
  let seen = false;
  return (record) => {
    seen ||= begun(record) !== null;
    return seen ? instant(record) : null;
  };
}

/** Remembers: the `n`-th one, from 1. */
export function nth(n: number, instant: Instant): Instant {
  let left = n;
  return (record) => {
    const atUs = instant(record);
    return atUs !== null && --left === 0 ? atUs : null;
  };
}

import type { OpRecord } from '@faultline/trace';
import type { Watch } from './watch.ts';

export interface ProbeGapOptions {
  readonly cohort: string;
  /** Failures before this instant belong to something else. */
  readonly sinceUs?: number;
  /** Success for this long ends the gap: answers may flap while a name changes. */
  readonly quietUs?: number;
  /** Only failures with this error: the gap ends with the first answer of another kind. */
  readonly error?: string;
  /** Begins when the first failure is told instead of when its probe was sent. */
  readonly fromTold?: boolean;
}

/** A minute without a failure: no probe of the calibration cases is slower. */
const QUIET_US = 60_000_000;

/**
 * How long a probe could not do its work: from the first probe that failed, when it was sent, to the first that
 * succeeded after the last one that failed, when its answer came. So the gap is read as its prober reads it,
 * cadence and time-outs included.
 */
export function probeGap({ cohort, sinceUs = 0, quietUs = QUIET_US, error, fromTold = false }: ProbeGapOptions): Watch {
  let firstUs: number | null = null;
  let lastUs = 0;
  let endedUs: number | null = null;
  let settled = false;
  const failed = (record: OpRecord): boolean =>
    record.outcome !== 'ok' && (error === undefined || record.error === error);
  return {
    add(record) {
      if (
        settled ||
        record.type !== 'op' ||
        record.cohort !== cohort ||
        record.invokedAtUs < sinceUs ||
        record.error === 'run-ended'
      )
        return;
      if (failed(record)) {
        const beginsUs = fromTold ? record.atUs : record.invokedAtUs;
        firstUs = Math.min(firstUs ?? beginsUs, beginsUs);
        lastUs = Math.max(lastUs, record.invokedAtUs);
        endedUs = null;
      } else if (firstUs !== null && record.invokedAtUs > lastUs) {
        endedUs ??= record.atUs;
        settled = record.atUs - endedUs >= quietUs;
      }
    },
    get settled() {
      return settled;
    },
    value: () => (firstUs === null ? 0 : endedUs === null ? null : endedUs - firstUs),
  };
}

/** How much longer one probe's gap is than another's. */
export function gapDifference(longer: ProbeGapOptions, shorter: ProbeGapOptions): Watch {
  const watches = [probeGap(longer), probeGap(shorter)] as const;
  return {
    add: (record) => {
      for (const watch of watches) watch.add(record);
    },
    get settled() {
      return watches.every((watch) => watch.settled);
    },
    value() {
      const [a, b] = [watches[0].value(), watches[1].value()];
      return a === null || b === null ? null : a - b;
    },
  };
}

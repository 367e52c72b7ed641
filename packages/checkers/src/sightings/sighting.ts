import type { TraceRecord } from '@faultline/trace';
import type { Sighting } from '../sometimes.ts';

/** Waits for the first record for which `shows` is true. */
export function firstThat(shows: (record: TraceRecord) => boolean): Sighting {
  let seen: TraceRecord | null = null;
  return {
    get seen() {
      return seen;
    },
    add(record) {
      if (seen === null && shows(record)) seen = record;
    },
  };
}

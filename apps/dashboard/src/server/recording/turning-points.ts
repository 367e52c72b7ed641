import type { TraceRecord } from '@faultline/trace';

/** What happens all the time, and tells nothing that a person would step to. */
const ORDINARY: ReadonlySet<TraceRecord['type']> = new Set([
  'header',
  'op',
  'sample',
  'resolve',
  'connect',
  'disconnect',
  'conflict',
]);

/** The instants of a run at which something out of the ordinary happens. */
export class TurningPoints {
  readonly #instantsUs: number[] = [];

  see(record: TraceRecord): void {
    const isOrdinary = ORDINARY.has(record.type) || (record.type === 'fact' && record.outcome === 'ignored');
    if (!isOrdinary && this.#instantsUs.at(-1) !== record.atUs) this.#instantsUs.push(record.atUs);
  }

  /** The next one after `atUs`; null if none is known yet. */
  after(atUs: number): number | null {
    return this.#instantsUs.find((candidate) => candidate > atUs) ?? null;
  }
}

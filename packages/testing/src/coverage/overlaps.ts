import type { TraceRecord } from '@faultline/trace';

/** How the faults of one run met: these are where models break. */
export class OverlapWatch {
  readonly seen = new Set<string>();
  readonly #lasting = new Set<number>();
  /** Phase that a database is in, by chart. */
  readonly #phases = new Map<string, string>();
  #newest = -1;
  /** Whether any chart has moved since the newest fault began. */
  #noticed = true;

  add(record: TraceRecord): void {
    if (record.type === 'state') {
      this.#noticed = true;
      if (record.phase === undefined) this.#phases.delete(record.chart);
      else this.#phases.set(record.chart, record.phase);
    } else if (record.type === 'fault' && record.effective) {
      if (record.edge === 'started') this.#started(record.index);
      else this.#healed(record.index);
    }
  }

  #started(index: number): void {
    if (this.#lasting.size > 0) this.seen.add('while another fault lasted');
    for (const phase of this.#phases.values()) this.seen.add(`in the middle of ${phase}`);
    this.#lasting.add(index);
    this.#newest = index;
    this.#noticed = false;
  }

  #healed(index: number): void {
    this.#lasting.delete(index);
    if (index === this.#newest && !this.#noticed) this.seen.add('healed before anything was noticed');
    for (const phase of this.#phases.values()) this.seen.add(`healed during ${phase}`);
  }
}

import { type Actor, PHASES } from '@faultline/trace';

/**
 * What a part of an outage is. `in-service` separates the interruptions of a run with several faults.
 * `fault-lasts`: nothing was done that helped; the outage was over when its cause was.
 */
export const SEGMENT_PHASES = ['fault-lasts', ...PHASES, 'in-service'] as const;
export type SegmentPhase = (typeof SEGMENT_PHASES)[number];

/** One part of an outage. */
export interface WaterfallSegment {
  readonly phase: SegmentPhase;
  readonly fromUs: number;
  readonly toUs: number;
  /** Who has to act for it to end; null when nobody has to. */
  readonly actor: Actor | null;
}

/** Builds segments that follow one another without gap or overlap. */
export class Segments {
  readonly #list: { -readonly [Key in keyof WaterfallSegment]: WaterfallSegment[Key] }[] = [];
  #atUs: number;

  constructor(fromUs: number) {
    this.#atUs = fromUs;
  }

  /** Where the next segment begins. */
  get atUs(): number {
    return this.#atUs;
  }

  /** From here to `toUs`; nothing when that is not later. Segments of one phase and actor become one. */
  until(toUs: number, phase: WaterfallSegment['phase'], actor: Actor | null): void {
    if (toUs <= this.#atUs) return;
    const last = this.#list[this.#list.length - 1];
    if (last?.phase === phase && last.actor === actor) last.toUs = toUs;
    else this.#list.push({ phase, fromUs: this.#atUs, toUs, actor });
    this.#atUs = toUs;
  }

  get list(): readonly WaterfallSegment[] {
    return this.#list;
  }
}

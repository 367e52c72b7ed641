import type { Actor, Phase } from '@faultline/trace';

/** A time that somebody claims for a phase of a recovery. */
export interface Claim {
  readonly phase: Phase;
  readonly actor: Actor;
  readonly database: string;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Claims to the time of a span, without overlap: where two meet, the one that was made first keeps it. */
export class Claims {
  readonly #kept: Claim[] = [];
  readonly #fromUs: number;
  readonly #toUs: number;

  constructor(fromUs: number, toUs: number) {
    this.#fromUs = fromUs;
    this.#toUs = toUs;
  }

  /** Keeps what of a claim lies within the span and is nobody's yet. */
  add(database: string, phase: Phase, actor: Actor, fromUs: number, toUs: number): void {
    const endUs = Math.min(toUs, this.#toUs);
    let atUs = Math.max(fromUs, this.#fromUs);
    while (atUs < endUs) {
      const next = this.#firstEndingAfter(atUs);
      const freeUntilUs = next === null ? endUs : Math.min(next.fromUs, endUs);
      if (freeUntilUs > atUs) this.#kept.push({ phase, actor, database, fromUs: atUs, toUs: freeUntilUs });
      atUs = next === null ? endUs : next.toUs;
    }
  }

  /** In order of time. */
  get list(): readonly Claim[] {
    return this.#kept.sort((a, b) => a.fromUs - b.fromUs);
  }

  #firstEndingAfter(atUs: number): Claim | null {
    let first: Claim | null = null;
    for (const claim of this.#kept)
      if (claim.toUs > atUs && (first === null || claim.fromUs < first.fromUs)) first = claim;
    return first;
  }
}

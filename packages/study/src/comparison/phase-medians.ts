import { type PhaseSummary, QuantileSketch, SEGMENT_PHASES, type SegmentPhase } from '@faultline/metrics';
import type { Actor } from '@faultline/trace';
import { type BlockColumns, eachPhase, trialsIn } from '../block-columns.ts';

interface PhaseTally {
  /** Length in every trial, 0 where the phase did not occur. */
  readonly lengthsUs: QuantileSketch;
  /** How often somebody had to act for it to end; null where nobody had to. */
  readonly actors: Map<string | null, number>;
}

/** How long each phase of the outages took, over all trials of one deployment. */
export class PhaseMedians {
  readonly #phases: ReadonlyMap<string, PhaseTally>;

  constructor() {
    this.#phases = new Map(
      SEGMENT_PHASES.map((phase) => [phase, { lengthsUs: new QuantileSketch(), actors: new Map() }]),
    );
  }

  add(columns: BlockColumns): void {
    const lengths = new Map(SEGMENT_PHASES.map((phase) => [phase as string, new Float64Array(trialsIn(columns))]));
    eachPhase(columns, (index, phase, _, us) => {
      const ofPhase = lengths.get(phase) as Float64Array;
      ofPhase[index] = (ofPhase[index] as number) + us;
    });
    for (const [phase, us] of lengths) (this.#phases.get(phase) as PhaseTally).lengthsUs.addAll(us);
    this.#addActors(columns);
  }

  /** The phases that occurred in at least half of the trials, in their order. */
  result(): readonly PhaseSummary[] {
    return SEGMENT_PHASES.flatMap((phase: SegmentPhase) => {
      const { lengthsUs, actors } = this.#phases.get(phase) as PhaseTally;
      const medianUs = lengthsUs.estimate(0.5)?.value ?? 0;
      return medianUs > 0 ? [{ phase, actor: mostCommon(actors) as Actor | null, medianUs }] : [];
    });
  }

  /** Course by course, of which a block has few. */
  #addActors({ courses, course }: BlockColumns): void {
    const trials = courses.map(() => 0);
    for (const place of course) trials[place] = (trials[place] as number) + 1;
    for (const [place, phases] of courses.entries()) {
      for (const { phase, actor } of phases) {
        const { actors } = this.#phases.get(phase) as PhaseTally;
        actors.set(actor, (actors.get(actor) ?? 0) + (trials[place] as number));
      }
    }
  }
}

/** Of equals the one that was seen first. */
function mostCommon(counts: ReadonlyMap<string | null, number>): string | null {
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

import { type Estimate, QuantileSketch, SEGMENT_PHASES, type SearchLimit, shareEstimate } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import type { TrialSummary } from '../trial-summary.ts';

/** What a search keeps of the trials of one candidate. */
export class CandidateTally {
  trials = 0;
  met = 0;
  readonly #objectives: Study['objectives'];
  readonly #recovery = new QuantileSketch();
  readonly #missed = new Map<string, { us: number; readonly actor: string | null }>();
  #providerAlone = 0;
  #losing = 0;

  constructor(objectives: Study['objectives']) {
    this.#objectives = objectives;
  }

  add({ recoveryUs, lost, lossSpanUs, phases }: TrialSummary): void {
    const { rtoUs, rpoUs } = this.#objectives;
    this.trials++;
    this.#recovery.add(recoveryUs);
    const inTime = rtoUs === null || recoveryUs <= rtoUs;
    // A recovery point of 0 allows no lost write at all.
    const kept = rpoUs === null || (rpoUs === 0 ? lost === 0 : lossSpanUs <= rpoUs);
    if (!kept) this.#losing++;
    const providerUs = phases.reduce((sum, { actor, us }) => sum + (actor === 'provider' ? us : 0), 0);
    if (rtoUs !== null && providerUs > rtoUs) this.#providerAlone++;
    if (inTime && kept) {
      this.met++;
      return;
    }
    for (const { phase, actor, us } of phases) {
      const sum = this.#missed.get(phase) ?? { us: 0, actor };
      sum.us += us;
      this.#missed.set(phase, sum);
    }
  }

  /** Why it does not meet the objectives more often. */
  limit(share: number): SearchLimit {
    const { rtoUs, rpoUs } = this.#objectives;
    const missed = Math.max(1, this.trials - this.met);
    const phases = SEGMENT_PHASES.flatMap((phase) => {
      const sum = this.#missed.get(phase);
      return sum === undefined || sum.us === 0 ? [] : [{ phase, meanUs: sum.us / missed, actor: sum.actor }];
    });
    return {
      recoveryUs: (this.#recovery.estimate(share) as Estimate).value,
      phases: phases.sort((a, b) => b.meanUs - a.meanUs),
      providerAlone: rtoUs === null ? null : shareEstimate(this.#providerAlone, this.trials),
      losses: rpoUs === null ? null : shareEstimate(this.#losing, this.trials),
    };
  }
}

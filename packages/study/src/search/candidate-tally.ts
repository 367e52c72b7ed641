import { type Estimate, QuantileSketch, SEGMENT_PHASES, type SearchLimit, shareEstimate } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { type BlockColumns, eachPhase } from '../block-columns.ts';
import { meets } from '../meets.ts';

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

  add(columns: BlockColumns): void {
    const { rtoUs } = this.#objectives;
    const { recoveryUs } = columns;
    const met = new Uint8Array(recoveryUs.length);
    this.trials += recoveryUs.length;
    this.#recovery.addAll(recoveryUs);
    for (let index = 0; index < recoveryUs.length; index++) {
      const { rto, rpo } = meets(this.#objectives, columns, index);
      if (!rpo) this.#losing++;
      if (!rto || !rpo) continue;
      met[index] = 1;
      this.met++;
    }
    const providerUs = new Float64Array(recoveryUs.length);
    eachPhase(columns, (index, phase, actor, us) => {
      if (actor === 'provider') providerUs[index] = (providerUs[index] as number) + us;
      if (met[index] === 0) this.#addMissed(phase, actor, us);
    });
    if (rtoUs !== null) this.#providerAlone += providerUs.filter((us) => us > rtoUs).length;
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

  #addMissed(phase: string, actor: string | null, us: number): void {
    const sum = this.#missed.get(phase) ?? { us: 0, actor };
    sum.us += us;
    this.#missed.set(phase, sum);
  }
}

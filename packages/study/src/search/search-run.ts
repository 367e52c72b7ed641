import type { CandidateVerdict, SearchCandidate, SearchResult } from '@faultline/metrics';
import type { Study, StudyCell } from '@faultline/scenario';
import { type BlockColumns, trialsIn } from '../block-columns.ts';
import { blocksOf } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import { BlockShelf } from '../grid/block-shelf.ts';
import type { TrialBlock } from '../trial.ts';
import { CandidateTally } from './candidate-tally.ts';
import { nearMisses } from './near-misses.ts';
import { shareBounds } from './share-bounds.ts';

/** Trials of the first look: enough to drop what is far off. Each look has twice those of all before. */
const FIRST_LOOK = 50;

/** Trials of all candidates in one round at the most: so many jobs are in memory at a time. */
const TRIALS_PER_ROUND = 50_000;

const CONFIDENCE = 0.95;

interface Candidate {
  readonly cell: StudyCell;
  readonly tally: CandidateTally;
  verdict: CandidateVerdict;
}

/**
 * The cheapest cell that meets the objectives often enough, in the making. A race in rounds: all that are open get the same
 * trials (common random numbers); what is proved to miss is dropped, and so is what costs more than one that is proved
 * to meet. Nothing is assumed of how factors work. Proofs are exact binomial bounds whose errors, over all candidates
 * and looks (Bonferroni), add up to at most 5 %.
 */
export class SearchRun implements Rounds<TrialBlock> {
  readonly #study: Study;
  readonly #candidates: readonly Candidate[];
  readonly #error: number;
  /** Trials of every open candidate: up to the next look, and handed out. */
  #look = 0;
  #asked = 0;
  #done = 0;
  #planned = 0;

  /** Looks at the objectives and costs of the study; at most its `trials` of each cell. */
  constructor(study: Study) {
    this.#study = study;
    this.#candidates = study.cells
      .map((cell): Candidate => ({ cell, tally: new CandidateTally(study.objectives), verdict: 'open' }))
      .sort((a, b) => a.cell.cost - b.cell.cost);
    const looks = 1 + Math.max(0, Math.ceil(Math.log2(study.trials / FIRST_LOOK)));
    this.#error = (1 - CONFIDENCE) / (looks * study.cells.length);
  }

  nextRound(): readonly Job<TrialBlock>[] {
    if (this.#asked === this.#look && !this.#begin()) return [];
    const from = this.#asked + 1;
    const open = this.#open();
    this.#asked = Math.min(this.#look, this.#asked + Math.max(FIRST_LOOK, Math.floor(TRIALS_PER_ROUND / open.length)));
    return open.flatMap(({ cell, tally }) => this.#jobs(cell, tally, from));
  }

  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#planned };
  }

  result(): SearchResult {
    const { name, summary, seed, objectives, factors, search } = this.#study;
    const candidates = this.#candidates.map((candidate): SearchCandidate => this.#shown(candidate));
    const meets = candidates.findIndex(({ verdict }) => verdict === 'meets');
    const open = candidates.findIndex(({ verdict }) => verdict === 'open');
    // What is open and costs no less than one that meets was never in its way.
    const found = meets >= 0 && (open < 0 || (candidates[open]?.cost ?? 0) >= (candidates[meets]?.cost ?? 0));
    const outcome = found ? 'found' : open >= 0 ? 'undecided' : 'none';
    const best = this.#best();
    return {
      study: name,
      summary,
      seed,
      objectives,
      share: search.share,
      confidence: CONFIDENCE,
      trials: candidates.reduce((sum, { trials }) => sum + trials, 0),
      candidates,
      winner: found ? meets : null,
      outcome,
      best,
      limit: outcome === 'found' ? null : (this.#candidates[best] as Candidate).tally.limit(search.share),
      nearMisses: nearMisses(candidates, factors, search.share),
    };
  }

  /** Begins the next look; false when it is over. */
  #begin(): boolean {
    if (this.#look > 0) this.#judge();
    const upTo = Math.min(this.#study.trials, this.#look === 0 ? FIRST_LOOK : this.#look * 2);
    const open = this.#open().length;
    if (open === 0 || upTo <= this.#look) return false;
    this.#planned += (upTo - this.#look) * open;
    this.#look = upTo;
    return true;
  }

  #open(): readonly Candidate[] {
    return this.#candidates.filter(({ verdict }) => verdict === 'open');
  }

  #judge(): void {
    const { share } = this.#study.search;
    for (const candidate of this.#candidates) {
      if (candidate.verdict !== 'open') continue;
      const { low, high } = this.#bounds(candidate.tally);
      if ((low ?? 0) >= share) candidate.verdict = 'meets';
      else if ((high ?? 1) < share) candidate.verdict = 'misses';
    }
    const cheapest = this.#candidates.find(({ verdict }) => verdict === 'meets');
    if (cheapest === undefined) return;
    for (const candidate of this.#candidates) {
      if (candidate.verdict === 'open' && candidate.cell.cost >= cheapest.cell.cost) candidate.verdict = 'dearer';
    }
  }

  /** Meets the objectives most often; of equals the one that is back sooner, then the cheaper one. */
  #best(): number {
    const { share } = this.#study.search;
    const figures = this.#candidates.map(({ tally }) => ({
      met: tally.met / tally.trials,
      recoveryUs: tally.limit(share).recoveryUs,
    }));
    return figures.reduce((a, { met, recoveryUs }, place) => {
      const other = figures[a] as (typeof figures)[number];
      return met > other.met || (met === other.met && recoveryUs < other.recoveryUs) ? place : a;
    }, 0);
  }

  #bounds({ met, trials }: CandidateTally) {
    return shareBounds(met, trials, this.#error);
  }

  #shown({ cell, tally, verdict }: Candidate): SearchCandidate {
    const { label, levels, cost } = cell;
    return { label, levels, cost, trials: tally.trials, met: this.#bounds(tally), verdict };
  }

  #jobs({ scenario }: StudyCell, tally: CandidateTally, first: number): readonly Job<TrialBlock>[] {
    const shelf = new BlockShelf<BlockColumns>((_, columns) => {
      tally.add(columns);
      this.#done += trialsIn(columns);
    });
    return blocksOf(first, this.#asked).map(({ from, to }, place) => ({
      block: { job: 'comparison', scenario, seed: this.#study.seed, from, to },
      collect: (columns) => shelf.put(place, columns),
    }));
  }
}

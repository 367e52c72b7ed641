import {
  ascending,
  type Estimate,
  type FailureResult,
  quantile,
  type YearFigures,
  type YearResult,
} from '@faultline/metrics';
import type { AvailabilitySpec, FailureSpec, Study } from '@faultline/scenario';
import { callOf, trialsIn } from '../block-columns.ts';
import { blocksOf } from '../blocks.ts';
import type { Job, Rounds } from '../executors/run-all.ts';
import type { TrialBlock } from '../trial.ts';
import { disagreementsOf } from './disagreements.ts';
import { unavailability } from './markov-chain.ts';
import { publishedAvailability } from './published-availability.ts';
import { simulateYears, YEAR_US } from './simulated-years.ts';

const MINUTE_US = 60e6;
const MINUTES_PER_YEAR = YEAR_US / MINUTE_US;

/** Quantile of the standard normal distribution for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Trials of one round at the most: so many jobs are in memory at a time. */
const TRIALS_PER_ROUND = 50_000;

/** What is kept of the trials of one failure. */
interface Kept {
  /** By trial; where service did not come back, what the study says that such an outage lasts. */
  readonly recoveriesUs: Float64Array;
  unrecovered: number;
  withPerson: number;
}

/** Availability of one cell over a year: recovery times come from trials, years are simulated from them. */
export class AvailabilityRun implements Rounds<TrialBlock> {
  readonly #study: Study;
  readonly #spec: AvailabilitySpec;
  readonly #cell: number;
  readonly #kept: readonly Kept[];
  /** Trials that were handed out, those of one failure after those of the one before. */
  #asked = 0;
  #done = 0;

  constructor(study: Study, spec: AvailabilitySpec, cell: number) {
    this.#study = study;
    this.#spec = spec;
    this.#cell = cell;
    this.#kept = spec.failures.map(() => ({
      recoveriesUs: new Float64Array(spec.trials),
      unrecovered: 0,
      withPerson: 0,
    }));
  }

  nextRound(): readonly Job<TrialBlock>[] {
    const { failures, trials } = this.#spec;
    const index = Math.floor(this.#asked / trials);
    const failure = failures[index];
    if (failure === undefined) return [];
    const first = (this.#asked % trials) + 1;
    const last = Math.min(trials, first + TRIALS_PER_ROUND - 1);
    this.#asked += last - first + 1;
    return this.#jobsOf(failure, this.#kept[index] as Kept, first, last);
  }

  get progress(): { readonly done: number; readonly planned: number } {
    return { done: this.#done, planned: this.#spec.trials * this.#spec.failures.length };
  }

  /** Complete once every job has been collected. */
  result(): YearResult {
    const { label, scenario } = this.#study.cells[this.#cell] as Study['cells'][number];
    const failures = this.#spec.failures.map((failure, index) => this.#failure(failure, index));
    const open = failures.find(({ result }) => result.unrecovered > 0);
    if (open !== undefined && this.#spec.unrecoveredUs === null) {
      const { name, unrecovered, trials } = open.result;
      const refused = `${unrecovered} of ${trials} trials of the failure \`${name}\` did not see service come back; write how long such an outage lasts (\`unrecovered: 8h\` under \`availability\`), or make the horizon of the scenario longer`;
      return { label, figures: null, refused };
    }
    const models = Object.values(scenario.topology.databases).map(({ model }) => model);
    return { label, figures: this.#figures(failures, models), refused: null };
  }

  #jobsOf({ scenarios }: FailureSpec, kept: Kept, first: number, last: number): readonly Job<TrialBlock>[] {
    const scenario = scenarios[this.#cell] as FailureSpec['scenarios'][number];
    return blocksOf(first, last).map(({ from, to }) => ({
      block: { job: 'comparison', scenario, seed: this.#study.seed, from, to },
      collect: (columns) => {
        this.#keep(kept, columns.recoveryUs, from - 1);
        kept.withPerson += columns.call.filter((_, index) => callOf(columns, index).length > 0).length;
        this.#done += trialsIn(columns);
      },
    }));
  }

  /** Years are drawn from all of them, so there is one copy of each and no other. */
  #keep(kept: Kept, recoveryUs: Float64Array, at: number): void {
    for (const [index, us] of recoveryUs.entries()) {
      if (us === Number.POSITIVE_INFINITY) kept.unrecovered++;
      kept.recoveriesUs[at + index] = us === Number.POSITIVE_INFINITY ? (this.#spec.unrecoveredUs ?? 0) : us;
    }
  }

  #failure({ name, perYear }: FailureSpec, index: number) {
    const { recoveriesUs, unrecovered, withPerson } = this.#kept[index] as Kept;
    const { trials } = this.#spec;
    const meanUs = mean(recoveriesUs);
    const result: FailureResult = {
      name,
      perYear,
      meanUs,
      medianUs: quantile(ascending(recoveriesUs), 0.5),
      trials,
      unrecovered,
      waitedForPerson: withPerson,
      minutes: (perYear * meanUs) / MINUTE_US,
    };
    return { result, recoveriesUs };
  }

  #figures(
    failures: readonly { readonly result: FailureResult; readonly recoveriesUs: Float64Array }[],
    models: readonly string[],
  ): YearFigures {
    const { years } = this.#spec;
    const processes = failures.map(({ result, recoveriesUs }) => ({ ...result, recoveriesUs }));
    const simulated = simulateYears(processes, years, this.#study.seed);
    const each = simulated.downUs.map((us) => us / MINUTE_US);
    const value = mean(each);
    const chanceOfYears = variance(each) / years;
    const doubt = processes.reduce(
      (sum, { perYear, recoveriesUs }) =>
        sum + (perYear / MINUTE_US) ** 2 * (variance(recoveriesUs) / recoveriesUs.length),
      0,
    );
    const sorted = ascending(each);
    const results = failures.map(({ result }) => result);
    const closedForm = { withMeans: closed(results, 'meanUs'), withMedians: closed(results, 'medianUs') };
    const overlapping = simulated.outages === 0 ? 0 : simulated.overlapping / simulated.outages;
    const minutes = around(value, Math.sqrt(chanceOfYears + doubt));
    // The closed form takes the same recovery times: what they may be off by is no disagreement.
    const ofYears = around(value, Math.sqrt(chanceOfYears));
    return {
      years,
      failures: results,
      minutes,
      availability: shareOf(minutes),
      minutesP50: quantile(sorted, 0.5),
      minutesP95: quantile(sorted, 0.95),
      minutesP99: quantile(sorted, 0.99),
      closedForm,
      overlapping,
      disagreements: disagreementsOf({ ofYears, closedForm, overlapping, failures: results }),
      published: publishedAvailability(models),
    };
  }
}

/** Minutes of a year without service, by the chain over which components are down. */
function closed(failures: readonly FailureResult[], repair: 'meanUs' | 'medianUs'): number {
  const components = failures.map((failure) => ({
    failureRate: failure.perYear,
    repairRate: YEAR_US / failure[repair],
  }));
  return unavailability(components) * MINUTES_PER_YEAR;
}

function around(value: number, error: number): Estimate {
  return { value, low: Math.max(0, value - Z * error), high: Math.min(MINUTES_PER_YEAR, value + Z * error) };
}

function shareOf({ value, low, high }: Estimate): Estimate {
  const share = (minutes: number): number => 1 - minutes / MINUTES_PER_YEAR;
  return { value: share(value), low: share(high as number), high: share(low as number) };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, values.length - 1);
}

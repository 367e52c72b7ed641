import type { HeaderRecord, OpRecord, SampleRecord } from '@faultline/trace';
import { Histogram } from '../histogram.ts';
import { RUN_ENDED } from '../recovery/cohort-recovery.ts';
import { AtRiskBins } from './at-risk-bins.ts';
import type { Mutable } from './mutable.ts';
import { BINS, type LagSeries, type OperationSeries, type SeriesState } from './series-state.ts';

/** What is drawn over time, in a fixed number of bins. */
export class Series {
  readonly #atRisk: AtRiskBins;
  readonly #operations: Mutable<OperationSeries>[];
  readonly #lag: Mutable<LagSeries>[];
  readonly #p50Us: (number | null)[];
  readonly #p95Us: (number | null)[];
  readonly #p99Us: (number | null)[];
  readonly #open: number[];
  readonly #broken: number[];
  #binUs: number;
  #bin: number;
  #histogram: Histogram;

  constructor(state: Mutable<SeriesState> = emptySeries()) {
    this.#binUs = state.binUs;
    this.#operations = state.operations;
    this.#lag = state.lag;
    this.#atRisk = new AtRiskBins(state.atRisk);
    this.#p50Us = state.latency.p50Us;
    this.#p95Us = state.latency.p95Us;
    this.#p99Us = state.latency.p99Us;
    this.#bin = state.latency.current.bin;
    // The newest bin is not over: its value is known when it is.
    this.#open = state.connections.open.slice(0, this.#bin);
    this.#broken = state.connections.broken.slice(0, this.#bin);
    this.#histogram = Histogram.from(state.latency.current.histogram);
  }

  begin({ horizonUs, cohorts }: HeaderRecord): void {
    this.#binUs = Math.max(1, Math.ceil(horizonUs / BINS));
    for (const { cohort } of cohorts) this.#operations.push({ cohort, ok: [], failed: [], indeterminate: [] });
  }

  /** Time went on; `open` and `broken` is how many connections there were until now. */
  advance(nowUs: number, open: number, broken: number): void {
    if (this.#binUs === 0) return;
    const bin = Math.floor(nowUs / this.#binUs);
    if (bin === this.#bin) return;
    for (let passed = this.#open.length; passed < bin; passed++) {
      this.#open.push(open);
      this.#broken.push(broken);
    }
    this.#closeLatency();
    this.#bin = bin;
    this.#histogram = new Histogram();
  }

  served({ atUs, cohort, outcome, error, invokedAtUs }: OpRecord): void {
    if (error === RUN_ENDED || this.#binUs === 0) return;
    const series = this.#operations.find((known) => known.cohort === cohort);
    if (series === undefined) return;
    const counts = outcome === 'ok' ? series.ok : outcome === 'fail' ? series.failed : series.indeterminate;
    const bin = Math.floor(invokedAtUs / this.#binUs);
    while (counts.length <= bin) counts.push(0);
    counts[bin] = (counts[bin] as number) + 1;
    if (outcome === 'ok') this.#histogram.add(atUs - invokedAtUs);
  }

  sampled(record: SampleRecord, isWriter: boolean): void {
    if (this.#binUs === 0) return;
    const { database, node, lagUs, atUs } = record;
    let series = this.#lag.find((known) => known.database === database && known.node === node);
    if (series === undefined) {
      series = { database, node, lagUs: [] };
      this.#lag.push(series);
    }
    const bin = Math.floor(atUs / this.#binUs);
    while (series.lagUs.length <= bin) series.lagUs.push(null);
    series.lagUs[bin] = Math.max(series.lagUs[bin] ?? 0, lagUs);
    this.#atRisk.add(record, isWriter, this.#binUs);
  }

  state(open: number, broken: number): SeriesState {
    this.#closeLatency();
    return {
      binUs: this.#binUs,
      operations: this.#operations,
      latency: {
        p50Us: this.#p50Us,
        p95Us: this.#p95Us,
        p99Us: this.#p99Us,
        current: { bin: this.#bin, histogram: this.#histogram.state() },
      },
      lag: this.#lag,
      atRisk: this.#atRisk.list,
      connections: { open: [...this.#open, open], broken: [...this.#broken, broken] },
    };
  }

  #closeLatency(): void {
    if (this.#histogram.count === 0) return;
    for (const [values, share] of [
      [this.#p50Us, 0.5],
      [this.#p95Us, 0.95],
      [this.#p99Us, 0.99],
    ] as const) {
      while (values.length <= this.#bin) values.push(null);
      values[this.#bin] = this.#histogram.quantile(share);
    }
  }
}

function emptySeries(): Mutable<SeriesState> {
  return {
    binUs: 0,
    operations: [],
    latency: { p50Us: [], p95Us: [], p99Us: [], current: { bin: 0, histogram: { buckets: [], largest: 0 } } },
    lag: [],
    atRisk: [],
    connections: { open: [], broken: [] },
  };
}

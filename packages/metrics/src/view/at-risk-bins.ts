import type { SampleRecord } from '@faultline/trace';
import type { Mutable } from './mutable.ts';
import type { AtRiskSample, AtRiskSeries } from './series-state.ts';

/**
 * What the best copy would lose if the writer died, or where every node writes, what the worst would: one value
 * for each instant of sampling, and the worst of them for each bin.
 */
export class AtRiskBins {
  readonly list: Mutable<AtRiskSeries>[];

  constructor(list: Mutable<AtRiskSeries>[] = []) {
    this.list = list;
  }

  add({ atUs, database, atRiskEntries, atRiskUs }: SampleRecord, isWriter: boolean, binUs: number): void {
    let series = this.list.find((known) => known.database === database);
    if (series === undefined) {
      series = { database, entries: [], spanUs: [], pending: { copies: null, writers: null } };
      this.list.push(series);
    }
    const { pending } = series;
    if ((pending.copies ?? pending.writers ?? { atUs }).atUs !== atUs) settle(series, binUs);
    const sample = { atUs, entries: atRiskEntries, spanUs: atRiskUs };
    if (isWriter) pending.writers = extreme(pending.writers, sample, (known) => known >= sample.entries);
    else pending.copies = extreme(pending.copies, sample, (known) => known <= sample.entries);
  }
}

function extreme(
  known: AtRiskSample | null,
  sample: AtRiskSample,
  stays: (entries: number) => boolean,
): Mutable<AtRiskSample> {
  return known !== null && stays(known.entries) ? known : sample;
}

function settle(series: Mutable<AtRiskSeries>, binUs: number): void {
  const { pending, entries, spanUs } = series;
  const sample = pending.copies ?? pending.writers;
  pending.copies = null;
  pending.writers = null;
  if (sample === null) return;
  const bin = Math.floor(sample.atUs / binUs);
  while (entries.length <= bin) {
    entries.push(null);
    spanUs.push(null);
  }
  if ((entries[bin] ?? -1) >= sample.entries) return;
  entries[bin] = sample.entries;
  spanUs[bin] = sample.spanUs;
}

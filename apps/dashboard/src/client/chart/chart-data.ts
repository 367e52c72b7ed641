import { operationRates, type ViewState } from '@faultline/metrics';
import { count, duration } from '@faultline/report';

/** One line or band of a chart. */
export interface ChartLayer {
  readonly name: string;
  readonly look: string;
  readonly values: readonly (number | null)[];
  /** Lower edge of a band; a line has none. */
  readonly from?: readonly number[];
}

export interface ChartData {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly layers: readonly ChartLayer[];
  readonly scale: 'linear' | 'log';
  readonly format: (value: number) => string;
  /** A limit to draw, in the unit of the values. */
  readonly limit?: number | null;
}

/** The five charts of a run, from the bins of its picture. */
export function chartsOf(view: ViewState, nowUs: number): readonly ChartData[] {
  return [operations(view, nowUs), latency(view), lag(view), risk(view), connections(view)];
}

function latency({ series }: ViewState): ChartData {
  return {
    id: 'latency',
    title: 'Latency',
    hint: 'of what succeeds: half, 95 % and 99 % were faster',
    scale: 'log',
    format: duration,
    layers: [
      { name: 'p99', look: 'line-strong', values: series.latency.p99Us },
      { name: 'p95', look: 'line-middle', values: series.latency.p95Us },
      { name: 'p50', look: 'line-faint', values: series.latency.p50Us },
    ],
  };
}

/** Nodes that never lagged would only hide the others. */
function lag({ series }: ViewState): ChartData {
  const behind = series.lag.filter(({ lagUs }) => lagUs.some((value) => (value ?? 0) > 0)).slice(0, 6);
  return {
    id: 'lag',
    title: 'Replica lag',
    hint: 'how far each copy is behind',
    scale: 'log',
    format: duration,
    layers: behind.map(({ node, lagUs }, place) => ({ name: node, look: `line-${place + 1}`, values: lagUs })),
  };
}

function risk({ series }: ViewState): ChartData {
  return {
    id: 'risk',
    title: 'Data at risk',
    hint: 'acknowledged writes gone if the writer died now',
    scale: 'linear',
    format: count,
    layers: series.atRisk
      .slice(0, 6)
      .map(({ database, entries }, place) => ({ name: database, look: `line-${place + 1}`, values: entries })),
  };
}

function connections({ series }: ViewState): ChartData {
  const { open, broken } = series.connections;
  return {
    id: 'connections',
    title: 'Connections',
    hint: 'broken ones lead to a process that is gone',
    scale: 'linear',
    format: count,
    layers: [
      { name: 'broken', look: 'band-failed', values: broken, from: broken.map(() => 0) },
      { name: 'open', look: 'band-ok', values: open, from: broken },
    ],
  };
}

function operations({ series }: ViewState, nowUs: number): ChartData {
  const rates = operationRates(series, nowUs);
  const failed = rates.map(({ failedPerSecond }) => failedPerSecond);
  const unsure = rates.map(({ failedPerSecond, indeterminatePerSecond }) => failedPerSecond + indeterminatePerSecond);
  const all = rates.map(({ okPerSecond }, bin) => (unsure[bin] ?? 0) + okPerSecond);
  return {
    id: 'operations',
    title: 'Operations',
    hint: 'per second, by the instant at which clients asked',
    scale: 'linear',
    format: (value) => `${count(value)}/s`,
    layers: [
      { name: 'failed', look: 'band-failed', values: failed, from: failed.map(() => 0) },
      { name: 'unsure', look: 'band-unsure', values: unsure, from: failed },
      { name: 'ok', look: 'band-ok', values: all, from: unsure },
    ],
  };
}

/** What a layer shows at a bin: for a band, its own height. */
export function valueAt({ values, from }: ChartLayer, bin: number): number | null {
  const value = values[bin] ?? null;
  return value === null ? null : value - (from?.[bin] ?? 0);
}

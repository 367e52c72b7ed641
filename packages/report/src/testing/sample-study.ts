import type { CellResult, Estimate, StudyResult } from '@faultline/metrics';

const S = 1_000_000;
const about = (value: number): Estimate => ({ value, low: value * 0.9, high: value * 1.1 });
const certain = (value: number): Estimate => ({ value, low: value, high: value });

function cell(levels: readonly number[], label: string, seconds: number): CellResult {
  return {
    label,
    levels,
    cost: 0,
    trials: 100,
    recoveryTime: {
      p50: about(seconds * S),
      p90: about(seconds * 1.4 * S),
      p95: about(seconds * 1.6 * S),
      p99: about(seconds * 2 * S),
      'p99.9': { value: seconds * 2.5 * S, low: seconds * 2 * S, high: null },
    },
    ecdf: [
      { us: seconds * 0.5 * S, share: 0.1 },
      { us: seconds * S, share: 0.5 },
      { us: seconds * 2.5 * S, share: 1 },
    ],
    never: { value: 0, low: 0, high: 0.04 },
    loses: { value: 0.25, low: 0.2, high: 0.3 },
    lostMax: 1_204,
    lossSpanMaxUs: 3 * S,
    failedP50: certain(344),
    indeterminateP50: certain(2),
    lostUpdatesP50: certain(0),
    meets: { rto: { value: 0.82, low: 0.69, high: 0.9 }, rpo: null, both: { value: 0.82, low: 0.69, high: 0.9 } },
    phases: {
      median: [{ phase: 'detection', meanUs: seconds * 0.8 * S }],
      tail: [
        { phase: 'detection', meanUs: seconds * S },
        { phase: 'dns-cache', meanUs: seconds * S },
      ],
    },
    waterfall: [
      { quantile: 'p50', phases: [{ phase: 'detection', meanUs: seconds * 0.8 * S }] },
      {
        quantile: 'p99',
        phases: [
          { phase: 'detection', meanUs: seconds * S },
          { phase: 'dns-cache', meanUs: seconds * S },
        ],
      },
    ],
    difference: levels.every((level) => level === 0) ? null : about((seconds - 60) * S),
    precise: levels[0] === 1 ? false : null,
  };
}

/** A study of two factors with two levels each, of which the first matters more. */
export const sampleStudy: StudyResult = {
  study: 'client-settings',
  summary: 'What do a shorter <DNS> cache and a quicker time-out buy?',
  seed: '7',
  objectives: { rtoUs: 90 * S, rpoUs: null },
  factors: [
    { name: 'dns-cache', levels: ['ttl', '30s'], costs: null },
    { name: 'connect-timeout', levels: ['1s', '10s'], costs: null },
  ],
  trials: 400,
  cells: [
    cell([0, 0], 'dns-cache=ttl connect-timeout=1s', 60),
    cell([0, 1], 'dns-cache=ttl connect-timeout=10s', 62),
    cell([1, 0], 'dns-cache=30s connect-timeout=1s', 90),
    cell([1, 1], 'dns-cache=30s connect-timeout=10s', 94),
  ],
};

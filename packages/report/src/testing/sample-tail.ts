import type { RareResult, SearchResult, YearResult } from '@faultline/metrics';

const S = 1_000_000;

export const sampleRare: RareResult = {
  method: 'importance-sampling',
  levelsUs: [],
  label: 'dns=<ttl>',
  recoveryOverUs: 600 * S,
  writesLost: true,
  pilotTrials: 2_000,
  trials: 4_000,
  estimate: {
    probability: { value: 1.25e-6, low: 1e-6, high: 1.6e-6 },
    relativeError: 0.12,
    hits: 1_200,
    effectiveHits: 70.4,
    plainTrials: 55_555_555,
  },
  refused: null,
  tilt: [{ stream: 'orders/detection', draw: 1, factor: 11.27 }],
};

export const refusedRare: RareResult = { ...sampleRare, label: '', estimate: null, refused: 'none saw it', tilt: [] };

export const sampleYear: YearResult = {
  label: '',
  refused: null,
  figures: {
    years: 1_000,
    failures: [
      {
        name: 'host',
        perYear: 2,
        meanUs: 90 * S,
        medianUs: 60 * S,
        trials: 200,
        unrecovered: 0,
        waitedForPerson: 20,
        minutes: 3,
      },
    ],
    minutes: { value: 3.01, low: 2.9, high: 3.12 },
    availability: { value: 0.9999943, low: 0.9999941, high: 0.9999945 },
    minutesP50: 2.5,
    minutesP95: 7,
    minutesP99: 9,
    closedForm: { withMeans: 3, withMedians: 2 },
    overlapping: 0,
    disagreements: ['With median recovery times the closed form says 2.00 minutes a year.'],
    published: { share: 0.9995, what: 'SLA of Multi-AZ', source: 'RDS SLA' },
  },
};

export const refusedYear: YearResult = { label: 'a', figures: null, refused: 'no end was seen' };

export const sampleSearch: SearchResult = {
  study: 'cheapest',
  summary: 'What <is> enough?',
  seed: '7',
  objectives: { rtoUs: 60 * S, rpoUs: 0 },
  share: 0.95,
  confidence: 0.95,
  trials: 450,
  candidates: [
    {
      label: 'dns=forever',
      levels: [0],
      cost: 0,
      trials: 50,
      met: { value: 0.9, low: 0.7, high: 0.94 },
      verdict: 'misses',
    },
    { label: 'dns=ttl', levels: [1], cost: 2, trials: 400, met: { value: 1, low: 0.97, high: 1 }, verdict: 'meets' },
  ],
  winner: 1,
  outcome: 'found',
  best: 1,
  limit: null,
  nearMisses: [{ candidate: 0, change: { factor: 'dns', from: 'forever', to: 'ttl', extraCost: 2 } }],
};

export const fruitlessSearch: SearchResult = {
  ...sampleSearch,
  winner: null,
  outcome: 'none',
  best: 0,
  limit: {
    recoveryUs: 75 * S,
    phases: [{ phase: 'detection', meanUs: 50 * S, actor: 'provider' }],
    providerAlone: { value: 0.2, low: 0.1, high: 0.3 },
    losses: { value: 0.05, low: 0.01, high: 0.1 },
  },
};

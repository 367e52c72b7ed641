import type { CalibrationCase } from '../calibration-case.ts';
import { roundTrip } from '../watches/round-trip.ts';

const REGIONS = 'economize.cloud, Region latencies (method undisclosed)';
const PINGS = 'xkyle.com, Measuring AWS Region and AZ Latency (best of 50 pings)';

/** A host whose server is down refuses connections at once: 50 of them are 50 pings. */
const scenario = (
  from: { readonly region: string; readonly az: string },
  to: { readonly region: string; readonly az: string },
) => {
  const regions: Record<string, string[]> = {};
  for (const { region, az } of [to, { region: to.region, az: 'elsewhere-az' }, from]) {
    regions[region] = [...new Set([...(regions[region] ?? []), az])];
  }
  return {
    horizon: '6s',
    sample: 'none',
    topology: {
      regions,
      databases: {
        host: {
          model: 'postgresql.streaming-pair',
          primary: to.az,
          standby: 'elsewhere-az',
          timings: { restartNotice: '1h' },
        },
      },
      clients: { ping: { connectsTo: 'host', from: from.az, count: 1, pool: 'none', retry: 'none' } },
    },
    workload: [{ client: 'ping', op: 'read', arrivals: { every: '100ms' }, from: '500ms', until: '5500ms' }],
    faults: [{ at: '100ms', fail: 'host.primary', cause: 'process-crash' }],
  };
};

type Place = readonly [region: string, az: string];

const roundTripCase = (
  id: string,
  source: string,
  date: string,
  [a, b]: readonly [Place, Place],
  ms: number,
  share: number,
  caveat: string,
): CalibrationCase => ({
  id,
  group: 'Network',
  title: `${a[0] === b[0] ? a[1] : a[0]} and ${a[0] === b[0] ? b[1] : b[0]}`,
  source,
  date,
  trialsAtMost: 100,
  scenario: () => scenario({ region: a[0], az: a[1] }, { region: b[0], az: b[1] }),
  measures: [
    {
      id: 'round-trip',
      title: share === 0.5 ? 'round trip' : 'round trip, best of 50',
      seenBy: 'client',
      unit: 'ms',
      measured: { values: [ms] },
      usedFor: 'the latency matrix',
      caveat,
      watch: () => roundTrip('ping', share),
    },
  ],
});

const JITTER = 'the figure is the floor of the default, which adds jitter (median 0.4 ms each way)';
const BEST_OF_50 = 0.02;

/** D3 and D4: inputs of the default latency matrix, shown so that nobody has to take them on trust. */
export const roundTrips: readonly CalibrationCase[] = [
  roundTripCase(
    'D3-ireland-london',
    REGIONS,
    '2026',
    [
      ['eu-west-1', 'euw1-az1'],
      ['eu-west-2', 'euw2-az1'],
    ],
    12.24,
    0.5,
    JITTER,
  ),
  roundTripCase(
    'D3-virginia-oregon',
    REGIONS,
    '2026',
    [
      ['us-east-1', 'use1-az1'],
      ['us-west-2', 'usw2-az1'],
    ],
    68.23,
    0.5,
    JITTER,
  ),
  roundTripCase(
    'D3-montreal-calgary',
    REGIONS,
    '2026',
    [
      ['ca-central-1', 'cac1-az1'],
      ['ca-west-1', 'caw1-az1'],
    ],
    48.09,
    0.5,
    JITTER,
  ),
  roundTripCase(
    'D4-same-az',
    PINGS,
    '2026',
    [
      ['ap-south-1', 'aps1-az1'],
      ['ap-south-1', 'aps1-az1'],
    ],
    0.25,
    BEST_OF_50,
    'the default takes it for a median way and spreads around it',
  ),
  roundTripCase(
    'D4-cross-az',
    PINGS,
    '2026',
    [
      ['sa-east-1', 'sae1-az3'],
      ['sa-east-1', 'sae1-az2'],
    ],
    3.37,
    BEST_OF_50,
    'the slowest pair that was seen; the default is for a common one',
  ),
];

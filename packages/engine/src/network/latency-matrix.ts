import { type Distribution, lognormal, shifted } from '@faultline/clock';

/**
 * One-way network latencies that apply where a scenario names none.
 *
 * Measured round trips, halved: eu-west-1/eu-west-2 12.24 ms, us-east-1/us-west-2 68.23 ms and
 * ca-central-1/ca-west-1 48.09 ms (economize.cloud Region latencies, method undisclosed); 0.25 ms within an AZ
 * and 3.37 ms between two AZs of sa-east-1, the slowest pair seen (xkyle.com, "Measuring AWS Region and AZ
 * Latency", best of 50 pings). All other pairs are assumptions from great-circle distance at two thirds of the
 * speed of light with a detour factor of 1.4, rounded to a millisecond.
 */
const REGION_PAIRS_ONE_WAY_MS: Readonly<Record<string, number>> = {
  'eu-west-1|eu-west-2': 6.12,
  'us-east-1|us-west-2': 34.1,
  'ca-central-1|ca-west-1': 24.05,
  'us-east-1|us-east-2': 6,
  'us-east-2|us-west-2': 25,
  'us-east-1|us-west-1': 31,
  'us-west-1|us-west-2': 11,
  'us-east-1|eu-west-1': 38,
  'us-east-1|eu-central-1': 45,
  'eu-west-1|eu-central-1': 12,
  'eu-central-1|eu-west-3': 5,
  'eu-west-1|eu-west-3': 9,
  'eu-west-2|eu-west-3': 5,
  'eu-central-1|eu-west-2': 8,
  'ap-northeast-1|ap-northeast-2': 16,
  'ap-northeast-1|ap-northeast-3': 5,
  'ap-northeast-2|ap-northeast-3': 13,
  'ap-northeast-1|us-west-2': 49,
  'ap-southeast-1|ap-southeast-2': 46,
  'me-central-1|me-south-1': 4,
};

/** Assumed for pairs that are not listed: another continent, neither near nor antipodal. */
const OTHER_REGION_ONE_WAY_MS = 75;

/** Jitter on a long path: assumed, the 95th percentile lies 3 ms above the floor. */
const LONG_JITTER = lognormal({ median: '400us', p95: '3ms' });

/** Assumed around the measured 0.25 ms round trip of small pings within an AZ. */
export const SAME_AZ: Distribution = lognormal({ median: '140us', p95: '320us' });

/** Assumed between the measured extremes, 0.25 ms (one AZ) and 3.37 ms (slowest pair) for a round trip. */
export const CROSS_AZ: Distribution = lognormal({ median: '450us', p95: '1100us' });

/** Default one-way latency between two Regions. */
export function regionPair(a: string, b: string): Distribution {
  const oneWayMs =
    REGION_PAIRS_ONE_WAY_MS[`${a}|${b}`] ?? REGION_PAIRS_ONE_WAY_MS[`${b}|${a}`] ?? OTHER_REGION_ONE_WAY_MS;
  return shifted(`${oneWayMs}ms`, LONG_JITTER);
}

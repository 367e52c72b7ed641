import { type Distribution, lognormal, shifted } from '@faultline/clock';
import { type Quantity, quantity, type Timing, timing } from '@faultline/models';
import { oncePer } from '../once-per.ts';

const REGIONS_MEASURED = 'economize.cloud, Region latencies (method undisclosed), half of a round trip';
const AZS_MEASURED = 'xkyle.com, Measuring AWS Region and AZ Latency (best of 50 pings)';
const DISTANCE = 'distance at two thirds of the speed of light, with a detour of 1.4';

const measured = (oneWayMs: number): Quantity => pair(oneWayMs, 'measured', REGIONS_MEASURED, '2026');
const assumed = (oneWayMs: number): Quantity => pair(oneWayMs, 'assumed', DISTANCE, '2026-11');

/** The least that a message needs between two Regions. */
const regionPairs: Readonly<Record<string, Quantity>> = {
  'eu-west-1|eu-west-2': measured(6.12),
  'us-east-1|us-west-2': measured(34.1),
  'ca-central-1|ca-west-1': measured(24.05),
  'us-east-1|us-east-2': assumed(6),
  'us-east-2|us-west-2': assumed(25),
  'us-east-1|us-west-1': assumed(31),
  'us-west-1|us-west-2': assumed(11),
  'us-east-1|eu-west-1': assumed(38),
  'us-east-1|eu-central-1': assumed(45),
  'eu-west-1|eu-central-1': assumed(12),
  'eu-central-1|eu-west-3': assumed(5),
  'eu-west-1|eu-west-3': assumed(9),
  'eu-west-2|eu-west-3': assumed(5),
  'eu-central-1|eu-west-2': assumed(8),
  'ap-northeast-1|ap-northeast-2': assumed(16),
  'ap-northeast-1|ap-northeast-3': assumed(5),
  'ap-northeast-2|ap-northeast-3': assumed(13),
  'ap-northeast-1|us-west-2': assumed(49),
  'ap-southeast-1|ap-southeast-2': assumed(46),
  'me-central-1|me-south-1': assumed(4),
};

/** One-way network latencies that apply where a scenario names none. */
export const latencyDefaults = {
  sameAz: timing(
    lognormal({ median: '140us', p95: '320us' }),
    'one way between two hosts of an AZ',
    'assumed',
    `around half of the 0.25 ms that a small ping takes there and back; ${AZS_MEASURED}`,
    '2026',
  ),
  crossAz: timing(
    lognormal({ median: '450us', p95: '1100us' }),
    'one way between two AZs of a Region',
    'assumed',
    `between 0.25 ms within an AZ and 3.37 ms between two AZs of sa-east-1, the slowest pair, there and back; ${AZS_MEASURED}`,
    '2026',
  ),
  ...regionPairs,
  otherRegions: quantity(75, 'ms', 'one way at least, between all others', 'assumed', DISTANCE, '2026-11'),
  regionJitter: timing(
    lognormal({ median: '400us', p95: '3ms' }),
    'what a message between Regions needs beyond that',
    'assumed',
    'the 95th percentile lies 3 ms above the floor; not published',
    '2026-11',
  ),
} satisfies Readonly<Record<string, Timing | Quantity>>;

/** Default one-way latency between two Regions. */
export function regionPair(a: string, b: string): Distribution {
  return withJitter(regionPairs[`${a}|${b}`] ?? regionPairs[`${b}|${a}`] ?? latencyDefaults.otherRegions);
}

const withJitter = oncePer(({ value, unit }: Quantity) =>
  shifted(`${value}${unit}`, latencyDefaults.regionJitter.distribution),
);

function pair(oneWayMs: number, grade: Quantity['grade'], source: string, date: string): Quantity {
  return quantity(oneWayMs, 'ms', 'one way at least', grade, source, date);
}

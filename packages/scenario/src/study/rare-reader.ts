import { contradict, mapping, optional } from '../mapping.ts';
import { duration, truth, wholeNumber } from '../quantities.ts';
import { derive, oneWordOf, type Reader } from '../reader.ts';
import type { Report } from '../report.ts';
import type { Value } from '../value.ts';
import type { RareSpec, StudyCell } from './study.ts';

const DEFAULT_TRIALS = 4_000;
const DEFAULT_PILOT = 1_000;

/** All trials of a level are in memory. */
const SPLITTING_TRIALS_MAX = 100_000;
const SPLITTING_EXAMPLE = '{ recoveryOver: 10m, method: splitting, trials: 2000 }';

const method = oneWordOf(['importance-sampling', 'splitting']);

const EXAMPLE = '{ recoveryOver: 10m }';

/** The `rare` section: an event too rare to be counted. */
export const rareSection: Reader<RareSpec> = derive(
  mapping(
    'a mapping with recoveryOver, writesLost or both',
    {
      recoveryOver: optional(duration({ minUs: 1, example: '10m' }), null),
      writesLost: optional(truth, false),
      method: optional(method, 'importance-sampling'),
      trials: optional(wholeNumber(100, 10_000_000, DEFAULT_TRIALS), DEFAULT_TRIALS),
      pilot: optional(wholeNumber(200, 20_000, DEFAULT_PILOT), DEFAULT_PILOT),
    },
    EXAMPLE,
  ),
  ({ recoveryOver, writesLost, method: by, trials, pilot }, value, report) => {
    if (recoveryOver === null && !writesLost)
      return contradict(value, report, 'no event', 'recoveryOver, `writesLost: true`, or both', EXAMPLE);
    if (by === 'splitting' && recoveryOver === null) {
      const expected = 'recoveryOver as well: splitting goes from one recovery time to the next';
      return contradict(value, report, 'splitting without `recoveryOver`', expected, SPLITTING_EXAMPLE);
    }
    if (by === 'splitting' && trials > SPLITTING_TRIALS_MAX) {
      const expected = `at most ${SPLITTING_TRIALS_MAX} with splitting, which has so many at each level`;
      return contradict(value, report, `${trials} trials`, expected, SPLITTING_EXAMPLE);
    }
    return { method: by, recoveryOverUs: recoveryOver, writesLost, trials, pilot };
  },
);

/** An outage that the run is too short to show would look as if it never ended. */
export function checkRare(value: Value, rare: RareSpec, cells: readonly StudyCell[], report: Report): void {
  const { recoveryOverUs } = rare;
  if (recoveryOverUs === null) return;
  for (const { scenario } of cells) {
    const lastFaultUs = Math.max(0, ...scenario.faults.map(({ atUs }) => atUs));
    if (lastFaultUs + recoveryOverUs < scenario.horizonUs) continue;
    const found = 'a recovery time that no run is long enough to show';
    contradict(value, report, found, 'less than from the last fault to the `horizon` of the scenario', EXAMPLE);
    return;
  }
}

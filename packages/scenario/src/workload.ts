import { exactDuration, MILLISECOND_US, mean } from '@faultline/clock';
import { clientReference, type Declared } from './declared.ts';
import { READ_CONSISTENCY, WORKLOAD_KEYS } from './defaults.ts';
import { distribution } from './distributions.ts';
import { contradict, list, mapping, optional, required, variant } from './mapping.ts';
import { duration, positiveDuration, rate, wholeNumber } from './quantities.ts';
import { derive, oneWordOf, type Reader } from './reader.ts';
import type { ArrivalSpec, WorkloadSpec } from './scenario.ts';

/** More operations than this would take hours and fill a disk with their records. */
const MOST_OPERATIONS = 50_000_000;
const MOST_KEYS = 10_000_000;
/** What an operation of a closed loop takes at the least; only for the estimate of how many there will be. */
const SHORTEST_OPERATION_US = MILLISECOND_US;

const arrivals: Reader<ArrivalSpec> = variant<ArrivalSpec>('how operations arrive', {
  poisson: derive(rate, (perSecond) => ({ process: 'poisson', perSecond })),
  every: derive(positiveDuration, (everyUs) => ({ process: 'every', everyUs })),
  closed: derive(mapping('the time between two operations', { think: required(distribution) }), ({ think }) => ({
    process: 'closed',
    think,
  })),
});

/** The list of what cohorts do; `horizonUs` is infinite when it could not be read. */
export function workload(declared: Declared, horizonUs: number): Reader<readonly WorkloadSpec[]> {
  const entry = derive(workloadFields(declared), (parts, value, report): WorkloadSpec | undefined => {
    const { op, from, until, ...rest } = parts;
    const end = until ?? horizonUs;
    if (from < end && end <= horizonUs) return { ...rest, action: op, fromUs: from, untilUs: until };
    const within = horizonUs === Number.POSITIVE_INFINITY ? '' : ` of ${exactDuration(horizonUs)}`;
    const found = `work from ${exactDuration(from)} to ${until === null ? 'the end' : exactDuration(until)}`;
    return contradict(
      value,
      report,
      found,
      `a \`from\` before \`until\`, both within the horizon${within}`,
      '{ from: 1m, until: 5m }',
    );
  });
  return derive(list(entry, { max: 10_000 }), (all, value, report) => {
    if (horizonUs === Number.POSITIVE_INFINITY) return all;
    let total = 0;
    for (const [index, each] of all.entries()) {
      total += expectedOperations(each, declared, horizonUs);
      const item = value.type === 'list' ? value.items[index] : undefined;
      if (total <= MOST_OPERATIONS || item === undefined) continue;
      const found = `about ${Math.ceil(total)} operations up to here`;
      return contradict(item, report, found, `at most ${MOST_OPERATIONS} in one run`, 'arrivals: { poisson: 200/s }');
    }
    return all;
  });
}

function workloadFields(declared: Declared) {
  return mapping('a mapping with client, op and arrivals', {
    client: required(clientReference(declared.clients)),
    op: required(oneWordOf(['write', 'read'])),
    arrivals: required(arrivals),
    keys: optional(wholeNumber(1, MOST_KEYS, 1_000), WORKLOAD_KEYS),
    keyChoice: optional(oneWordOf(['uniform', 'sequential']), 'uniform'),
    consistency: optional(oneWordOf(['eventual', 'strong']), READ_CONSISTENCY),
    from: optional(duration({ example: '1m' }), 0),
    until: optional(positiveDuration, null),
  });
}

/** How many operations a workload will ask for, retries not counted. */
function expectedOperations(spec: WorkloadSpec, declared: Declared, horizonUs: number): number {
  const spanUs = (spec.untilUs ?? horizonUs) - spec.fromUs;
  switch (spec.arrivals.process) {
    case 'poisson':
      return (spec.arrivals.perSecond * spanUs) / 1_000_000;
    case 'every':
      return spanUs / spec.arrivals.everyUs;
    case 'closed': {
      const clients = declared.clients.get(spec.client)?.count ?? 1;
      return (clients * spanUs) / Math.max(mean(spec.arrivals.think), SHORTEST_OPERATION_US);
    }
  }
}

import { exactDuration, MILLISECOND_US, mean } from '@faultline/clock';
import { clientReference, type Declared } from './declared.ts';
import { READ_CONSISTENCY, WORKLOAD_KEYS } from './defaults.ts';
import { distribution } from './distributions.ts';
import { contradict, list, mapping, optional, required, variant } from './mapping.ts';
import { duration, positiveDuration, rate, wholeNumber } from './quantities.ts';
import { derive, oneWordOf, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import { transactionFields, transactionOf } from './transaction-workload.ts';
import type { Value } from './value.ts';
import type { ArrivalSpec, WorkloadSpec } from './workload-spec.ts';

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
  const operations = operationWork(declared, horizonUs);
  const transactions = transactionWork(declared, horizonUs);
  const entry: Reader<WorkloadSpec> = {
    expects: operations.expects,
    example: operations.example,
    read: (value, report) => (isTransaction(value) ? transactions : operations).read(value, report),
  };
  return derive(list(entry, { max: 10_000 }), (all, value, report) => {
    const items = value.type === 'list' ? value.items : [];
    if (horizonUs !== Number.POSITIVE_INFINITY && hasTooManyOperations(all, items, declared, horizonUs, report))
      return undefined;
    return withSameRows(all, items, report);
  });
}

/** Which keys there are depends on the operation. */
function isTransaction(value: Value): boolean {
  const op = value.type === 'mapping' ? value.entries.get('op') : undefined;
  return op?.type === 'text' && op.text === 'transaction';
}

const timeFields = {
  arrivals: required(arrivals),
  from: optional(duration({ example: '1m' }), 0),
  until: optional(positiveDuration, null),
};

function operationWork(declared: Declared, horizonUs: number): Reader<WorkloadSpec> {
  const fields = mapping('a mapping with client, op and arrivals', {
    client: required(clientReference(declared.clients)),
    op: required(oneWordOf(['write', 'read', 'transaction'])),
    keys: optional(wholeNumber(1, MOST_KEYS, 1_000), WORKLOAD_KEYS),
    keyChoice: optional(oneWordOf(['uniform', 'sequential']), 'uniform'),
    consistency: optional(oneWordOf(['eventual', 'strong']), READ_CONSISTENCY),
    ...timeFields,
  });
  return derive(fields, ({ op, arrivals, from, until, ...rest }, value, report): WorkloadSpec | undefined =>
    op !== 'transaction' && isWithin(from, until, horizonUs, value, report)
      ? { ...rest, action: op, arrivals, fromUs: from, untilUs: until }
      : undefined,
  );
}

function transactionWork(declared: Declared, horizonUs: number): Reader<WorkloadSpec> {
  const fields = mapping('a mapping with client, op and arrivals', { ...transactionFields(declared), ...timeFields });
  return derive(fields, ({ arrivals, from, until, ...parts }, value, report): WorkloadSpec | undefined => {
    const spec = transactionOf(parts, declared, value, report);
    return spec !== undefined && isWithin(from, until, horizonUs, value, report)
      ? { ...spec, arrivals, fromUs: from, untilUs: until }
      : undefined;
  });
}

function isWithin(from: number, until: number | null, horizonUs: number, value: Value, report: Report): boolean {
  const end = until ?? horizonUs;
  if (from < end && end <= horizonUs) return true;
  const within = horizonUs === Number.POSITIVE_INFINITY ? '' : ` of ${exactDuration(horizonUs)}`;
  const found = `work from ${exactDuration(from)} to ${until === null ? 'the end' : exactDuration(until)}`;
  const expected = `a \`from\` before \`until\`, both within the horizon${within}`;
  contradict(value, report, found, expected, '{ from: 1m, until: 5m }');
  return false;
}

/** Reports the entry with which there are too many. */
function hasTooManyOperations(
  all: readonly WorkloadSpec[],
  items: readonly Value[],
  declared: Declared,
  horizonUs: number,
  report: Report,
): boolean {
  let total = 0;
  for (const [index, each] of all.entries()) {
    total += expectedOperations(each, declared, horizonUs);
    const item = items[index];
    if (total <= MOST_OPERATIONS || item === undefined) continue;
    const found = `about ${Math.ceil(total)} operations up to here`;
    contradict(item, report, found, `at most ${MOST_OPERATIONS} in one run`, 'arrivals: { poisson: 200/s }');
    return true;
  }
  return false;
}

/** All transactions use the same rows, so that one that only reads finds there what the others write. */
function withSameRows(
  all: readonly WorkloadSpec[],
  items: readonly Value[],
  report: Report,
): readonly WorkloadSpec[] | undefined {
  const first = all.find((each) => each.action === 'transaction' && each.writes > 0);
  if (first?.action !== 'transaction') return all;
  for (const [index, each] of all.entries()) {
    const item = items[index];
    if (each.action !== 'transaction' || each.writes === 0 || each.rows === first.rows || item === undefined) continue;
    const [wanted, found] = first.rows === 'lists' ? ['appends', 'writes'] : ['writes', 'appends'];
    return contradict(
      item,
      report,
      `${found} beside the ${wanted} of an earlier entry`,
      `${wanted} in all transactions: they use the same rows, which hold ${first.rows}`,
      `{ reads: ${each.reads}, ${wanted}: ${each.writes} }`,
    );
  }
  return all.map((each) => (each.action === 'transaction' ? { ...each, rows: first.rows } : each));
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

import { exactDuration } from '@faultline/clock';
import { type Cause, type CauseOption, requestCause, type TargetKind } from './cause.ts';
import { causes } from './causes.ts';
import type { Declared } from './declared.ts';
import { contradict, type OpenMapping, openMapping } from './mapping.ts';
import { bytes, decimal, duration, positiveDuration, truth } from './quantities.ts';
import { choice, oneWordOf, type Reader, Refusal, refuse, type WordReader } from './reader.ts';
import type { Report } from './report.ts';
import type { FaultSpec, TargetSpec } from './scenario.ts';
import { exampleTarget, findTarget, UNKNOWABLE } from './targets.ts';
import type { MappingValue, Value } from './value.ts';

const shape = {
  expects: 'a mapping with at, fail and cause, or with at, request and of',
  example: '{ at: 3m, fail: orders.primary, cause: host-failure }',
};
const REQUEST_EXAMPLE = '{ at: 3m, request: failover, of: orders }';
const FAULT_KEYS = ['at', 'fail', 'cause', 'for', 'until'];
const REQUEST_KEYS = ['at', 'request', 'of'];

/** One fault, or one request; `horizonUs` is infinite when it could not be read. */
export function fault(declared: Declared, horizonUs: number): Reader<FaultSpec> {
  return {
    ...shape,
    read(value, report) {
      if (value.type !== 'mapping') return refuse(value, report, shape);
      const fails = value.entries.has('fail') || value.entries.has('cause');
      if (!value.entries.has('request')) return readFault(value, report, declared, horizonUs);
      if (!fails) return readRequest(value, report, declared, horizonUs);
      return contradict(value, report, 'both a fault and a request', shape.expects, REQUEST_EXAMPLE);
    },
  };
}

function readFault(value: MappingValue, report: Report, declared: Declared, horizonUs: number): FaultSpec | undefined {
  const cause = causeOf(value);
  const keys = openMapping(value, report, shape, [...FAULT_KEYS, ...Object.keys(cause?.options ?? {})]);
  if (keys === undefined) return undefined;
  const atUs = keys.required('at', instant(horizonUs));
  const known = keys.required('cause', choice(causes));
  const target = keys.required('fail', targetOf(known?.targets, declared));
  const forUs = known === undefined ? undefined : readEnd(keys, known, atUs, report);
  const options = known === undefined ? undefined : readOptions(keys, known);
  if (atUs === undefined || known === undefined || target === undefined) return undefined;
  if (forUs === undefined || options === undefined || target === UNKNOWABLE) return undefined;
  return { atUs, cause: known.id, target, forUs, options };
}

/** The cause, before the keys are opened: its options are keys of the fault. */
function causeOf(value: MappingValue): Cause | undefined {
  const entry = value.entries.get('cause');
  return entry?.type === 'text' ? causes.get(entry.text) : undefined;
}

function readRequest(
  value: MappingValue,
  report: Report,
  declared: Declared,
  horizonUs: number,
): FaultSpec | undefined {
  const keys = openMapping(value, report, { ...shape, example: REQUEST_EXAMPLE }, REQUEST_KEYS);
  const atUs = keys?.required('at', instant(horizonUs));
  const target = keys?.required('of', targetOf(['database', 'node'], declared));
  if (keys === undefined || target === undefined || target === UNKNOWABLE) return undefined;
  const database = 'database' in target ? declared.databases.get(target.database) : undefined;
  if (!database) return undefined;
  const request = keys.required('request', oneWordOf(database.kind.requests));
  if (atUs === undefined || request === undefined) return undefined;
  return { atUs, cause: requestCause(request), target, forUs: null, options: {} };
}

/** A time at which a fault can begin. */
function instant(horizonUs: number): Reader<number> {
  const inner = duration({ example: '3m' });
  return {
    expects: inner.expects,
    example: inner.example,
    read(value, report) {
      const us = inner.read(value, report);
      if (us === undefined || us < horizonUs) return us;
      const found = `${exactDuration(us)}, when the run is over`;
      return contradict(value, report, found, `a time before the horizon of ${exactDuration(horizonUs)}`, '3m');
    },
  };
}

/** How long it lasts: `for`, or `until` less `at`, or null for no end. */
function readEnd(keys: OpenMapping, cause: Cause, atUs: number | undefined, report: Report): number | null | undefined {
  const { entries } = keys.value;
  const until = entries.get('until');
  const written = entries.get('for') ?? until;
  if (written === undefined) return null;
  if (!cause.lasts) {
    const found = `\`${written.key}\` for ${cause.id}, which is over in an instant`;
    return contradict({ ...written, type: 'nothing' }, report, found, `${cause.id} without \`for\` or \`until\``, '…');
  }
  if (until === undefined) return keys.optional('for', positiveDuration, null);
  if (entries.has('for')) return contradict(until, report, 'both `for` and `until`', 'one of them', '5m');
  const endUs = keys.optional('until', positiveDuration, 0);
  if (endUs === undefined || atUs === undefined) return undefined;
  if (endUs > atUs) return endUs - atUs;
  return contradict(
    until,
    report,
    `an end at ${exactDuration(endUs)}`,
    `a time after ${exactDuration(atUs)}, when it begins`,
    '10m',
  );
}

function readOptions(keys: OpenMapping, cause: Cause): FaultSpec['options'] | undefined {
  const options = Object.entries(cause.options).map(
    ([name, option]) => [name, keys.optional<number | boolean>(name, optionReader(option), option.default)] as const,
  );
  if (options.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(options) as FaultSpec['options'];
}

function optionReader(option: CauseOption): WordReader<number> | WordReader<boolean> {
  switch (option.type) {
    case 'boolean':
      return truth;
    case 'factor':
      return decimal(1, 1_000_000, option.default);
    case 'probability':
      return decimal(0.000001, 1, option.default);
    case 'bytes':
      return bytes;
  }
}

/** A target of one of these kinds; any text when the cause is not known, so that one mistake is reported once. */
function targetOf(
  allowed: readonly TargetKind[] | undefined,
  declared: Declared,
): Reader<TargetSpec | typeof UNKNOWABLE> {
  const outline = {
    expects: 'what the fault acts on: a database, one of its nodes as in `orders.primary`, an AZ, a Region or a link',
    // Only worked out when it is shown: in a large topology there are many names to choose from.
    get example() {
      return exampleTarget(allowed ?? ['node'], declared);
    },
  };
  return Object.assign(outline, {
    read(value: Value, report: Report) {
      if (value.type !== 'text') return refuse(value, report, outline);
      if (allowed === undefined) return UNKNOWABLE;
      const target = findTarget(value.text, allowed, declared);
      return target instanceof Refusal ? refuse(value, report, outline, target) : target;
    },
  });
}

import type { DeploymentKind } from '@faultline/models';
import { contradict, mapping, openMapping, optional, readNamed } from '../mapping.ts';
import { decimal, positiveDuration, wholeNumber } from '../quantities.ts';
import { type Reader, refuse } from '../reader.ts';
import { Report } from '../report.ts';
import { type MappingValue, plain, type Value } from '../value.ts';
import type { ReadFactor } from './factor-reader.ts';
import { type Base, readGrid } from './grid.ts';
import type { AvailabilitySpec, StudyCell } from './study.ts';

const DEFAULT_TRIALS = 200;
const DEFAULT_YEARS = 20_000;
/** A chain over more components has more states than can be solved at once. */
const MOST_FAILURES = 8;

const FAILURES_SHAPE = {
  expects: 'failures by name, each a fault with its rate',
  example: '{ host: { perYear: 0.5, fail: orders.primary, cause: host-failure } }',
};

/** What of a failure is no part of the fault. */
const perYear = decimal(1e-9, 10_000, 0.5);

interface ReadFailure {
  readonly name: string;
  readonly perYear: number;
  readonly fault: Readonly<Record<string, unknown>>;
  readonly value: Value;
}

/** The `availability` section before it meets the grid. */
export interface ReadAvailability {
  readonly failures: readonly ReadFailure[];
  readonly trials: number;
  readonly years: number;
  readonly unrecovered: number | null;
}

const failures: Reader<readonly ReadFailure[]> = {
  ...FAILURES_SHAPE,
  read(value, report) {
    const named = readNamed(value, report, FAILURES_SHAPE, (name, entry) => readFailure(name, entry, report));
    const found = [...(named?.values() ?? [])];
    if (named === undefined || found.some((one) => one === null)) return undefined;
    if (found.length >= 1 && found.length <= MOST_FAILURES) return found as ReadFailure[];
    return contradict(
      value,
      report,
      `${found.length} failures`,
      `from 1 to ${MOST_FAILURES} failures`,
      FAILURES_SHAPE.example,
    );
  },
};

/** The rate is the user's own: nobody publishes how often a host or an AZ of a managed service fails. */
function readFailure(name: string, entry: Value, report: Report): ReadFailure | undefined {
  if (entry.type !== 'mapping') {
    return refuse(entry, report, {
      expects: 'a fault with its rate',
      example: '{ perYear: 0.5, fail: orders.primary }',
    });
  }
  const known = [...entry.entries.keys()];
  const rate = openMapping(entry, report, FAILURES_SHAPE, known)?.required('perYear', perYear);
  if (entry.entries.has('at')) {
    const found = 'a failure with an instant';
    return contradict(
      entry,
      report,
      found,
      'a fault without `at`: it comes when the base scenario has its own',
      '{ perYear: 0.5 }',
    );
  }
  return rate === undefined ? undefined : { name, perYear: rate, fault: faultOf(entry), value: entry };
}

function faultOf(entry: MappingValue): Readonly<Record<string, unknown>> {
  const { perYear: _, ...fault } = plain(entry) as Record<string, unknown>;
  return fault;
}

/** The `availability` section. */
export const availabilitySection: Reader<ReadAvailability> = mapping(
  'a mapping with failures',
  {
    failures: { reader: failures },
    trials: optional(wholeNumber(20, 1_000_000, DEFAULT_TRIALS), DEFAULT_TRIALS),
    years: optional(wholeNumber(100, 1_000_000, DEFAULT_YEARS), DEFAULT_YEARS),
    unrecovered: optional(positiveDuration, null),
  },
  `{ failures: ${FAILURES_SHAPE.example} }`,
);

/** Puts each failure in place of the faults of the base scenario, in every cell. */
export function withCells(
  read: ReadAvailability,
  factors: readonly ReadFactor[],
  base: Base,
  cells: readonly StudyCell[],
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
): AvailabilitySpec | undefined {
  const atUs = cells[0]?.scenario.faults[0]?.atUs ?? 0;
  const asFactor: ReadFactor = {
    name: 'failure',
    costs: null,
    levels: read.failures.map(({ name, fault, value }) => ({
      label: name,
      settings: [{ path: ['faults'], value: [{ at: `${atUs}us`, ...fault }], pathAt: value.keyAt }],
      at: value,
    })),
  };
  const mistakes = new Report();
  const all = readGrid([...factors, asFactor], base, read.failures[0]?.value.keyAt ?? 0, mistakes, kinds);
  mistakes.forward(report, ({ found, ...rest }) => ({
    found: found.replace(/^a level with/, 'a failure with'),
    ...rest,
  }));
  if (all === undefined) return undefined;
  const { trials, years, unrecovered } = read;
  const scenarioOf = (cell: number, failure: number) =>
    (all[cell * read.failures.length + failure] as StudyCell).scenario;
  return {
    trials,
    years,
    unrecoveredUs: unrecovered,
    failures: read.failures.map(({ name, perYear: rate }, failure) => ({
      name,
      perYear: rate,
      scenarios: cells.map((_, cell) => scenarioOf(cell, failure)),
    })),
  };
}

import type { Operation } from '../src/history/operations.ts';
import { type NaiveOrder, naivelyRun, type State } from './naive-serializability.ts';

interface Begun {
  readonly operation: Operation;
  /** What its snapshot becomes with its own writes. */
  readonly writes: ReadonlySet<string>;
  /** Keys that others have committed since it began. */
  overwritten: readonly string[];
}

type Form = readonly [f: string, key: string, value: unknown];

const formsOf = ({ outcome, input, output }: Operation): readonly Form[] =>
  (outcome === 'ok' ? output : input) as unknown as readonly Form[];

const writesOf = (operation: Operation): ReadonlySet<string> =>
  new Set(formsOf(operation).flatMap(([f, key]) => (f === 'r' ? [] : [key])));

const committedOf = (state: State, operation: Operation): State => {
  const writesOnly = { ...operation, outcome: 'indeterminate' as const, input: formsOf(operation) as never };
  return naivelyRun(state, writesOnly) as State;
};

/**
 * Tries every order of the begins and the commits of all transactions: each reads what was committed when it began, and
 * none commits what another has committed since. `comesFirst` says which commit has to come before which begin.
 */
export function naivelySnapshotIsolated(operations: readonly Operation[], comesFirst: NaiveOrder): boolean {
  return extend(
    operations.filter(({ outcome }) => outcome !== 'fail'),
    [],
    new Map(),
    comesFirst,
  );
}

function extend(left: readonly Operation[], begun: readonly Begun[], state: State, comesFirst: NaiveOrder): boolean {
  if (begun.length === 0 && left.every(({ outcome }) => outcome !== 'ok')) return true;
  const sure = [...left, ...begun.map(({ operation }) => operation)].filter(({ outcome }) => outcome === 'ok');
  const canBegin = (operation: Operation): boolean =>
    !sure.some((other) => comesFirst(other, operation)) && naivelyRun(state, operation) !== undefined;
  const begins = left.filter(canBegin).some((operation) => {
    const others = left.filter((other) => other !== operation);
    const one: Begun = { operation, writes: writesOf(operation), overwritten: [] };
    return extend(others, [...begun, one], state, comesFirst);
  });
  if (begins) return true;
  return begun.some((one) => {
    if (one.overwritten.some((key) => one.writes.has(key))) return false;
    const others = begun
      .filter((other) => other !== one)
      .map((other) => ({ ...other, overwritten: [...other.overwritten, ...one.writes] }));
    return extend(left, others, committedOf(state, one.operation), comesFirst);
  });
}

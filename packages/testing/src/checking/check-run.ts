import { type Invariant, type Violation, type Watches, watchAll } from '@faultline/checkers';
import { simulate, type World } from '@faultline/engine';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';

export interface CheckOptions {
  readonly kinds: ReadonlyMap<string, DeploymentKind>;
  readonly invariants: readonly Invariant[];
  /** Sees every record as it is made. */
  readonly each?: (record: TraceRecord) => void;
  /** Puts a broken part into the simulated world: see the canaries. */
  readonly sabotage?: (world: World) => void;
  /** End the run with its first violation. */
  readonly untilViolated?: boolean;
}

/** What became of one run under watch. */
export interface CheckedRun {
  /** In the order in which they were completed; those that show only at the end of the run come last. */
  readonly violations: readonly Violation[];
  readonly records: number;
}

/** The name of what is promised of every run, whatever is simulated: that the simulation itself does not fail. */
export const RUN_COMPLETES = 'run-completes';

/** Runs a scenario and holds every invariant that applies against it. An error of the simulation is a violation too. */
export function checkRun(scenario: Scenario, options: CheckOptions): CheckedRun {
  const violations: Violation[] = [];
  let records = 0;
  let last: TraceRecord | undefined;
  let watches: Watches | null = null;
  const sabotage = options.sabotage ? { sabotage: options.sabotage } : {};
  try {
    for (const record of simulate(scenario, options.kinds, { charts: 'compiled', observed: true, ...sabotage })) {
      records++;
      last = record;
      if (record.type === 'header') watches = watchAll(record, options.invariants);
      options.each?.(record);
      for (const violation of watches?.add(record) ?? []) violations.push(violation);
      if (options.untilViolated && violations.length > 0) return { violations, records };
    }
    violations.push(...(watches?.end() ?? []));
  } catch (error) {
    violations.push(broken(error, last));
  }
  return { violations, records };
}

function broken(error: unknown, last: TraceRecord | undefined): Violation {
  return {
    invariant: RUN_COMPLETES,
    atUs: last?.atUs ?? 0,
    database: null,
    what: `The simulation itself failed: ${error instanceof Error ? error.message : String(error)}.`,
    evidence: last === undefined ? [] : [last],
  };
}

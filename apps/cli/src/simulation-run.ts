import { createHash } from 'node:crypto';
import { type Violation, type Watches, watchAll } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { judgeHeader, overallVerdict, RunFold, type RunMetrics, type Verdict } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type HeaderRecord, isObservation, TraceDigest, type TraceRecord } from '@faultline/trace';
import { EXIT } from './exit-codes.ts';
import { judgedByWatches } from './watched-verdicts.ts';

/** All that a run leaves for a command to show. */
export interface SimulationRun {
  readonly header: HeaderRecord;
  readonly metrics: RunMetrics;
  readonly verdicts: readonly Verdict[];
  /** Invariants that spoke of this run, and what of them was broken. */
  readonly watched: readonly string[];
  readonly breaches: readonly Violation[];
  readonly digest: string;
  readonly exitCode: number;
}

/**
 * Runs a scenario to its end, and watches every invariant that speaks of it; `each` sees every record as it is made.
 * Observation records are for the watches alone: trace, digest and metrics are those of a run that nobody watches.
 */
export function runSimulation(scenario: Scenario, each: (record: TraceRecord) => void = () => {}): SimulationRun {
  const digest = new TraceDigest(createHash('sha256'));
  const fold = new RunFold();
  let header: HeaderRecord | undefined;
  let watches: Watches | undefined;
  const breaches: Violation[] = [];
  for (const record of simulate(scenario, kinds, { observed: true })) {
    if (record.type === 'header') {
      header = record;
      watches = watchAll(record);
    }
    for (const breach of watches?.add(record) ?? []) breaches.push(breach);
    if (isObservation(record)) continue;
    digest.add(record);
    fold.add(record);
    each(record);
  }
  if (!header || !watches) throw new Error('a run without a header');
  const metrics = fold.result();
  breaches.push(...watches.end());
  const watched = watches.watched.map(({ name }) => name);
  const verdicts = judgedByWatches(judgeHeader(metrics, header), watched, breaches);
  const held = breaches.length > 0 ? false : overallVerdict(verdicts);
  const exitCode = held === true ? EXIT.ok : held === false ? EXIT.violated : EXIT.inconclusive;
  return { header, metrics, verdicts, watched, breaches, digest: digest.hex(), exitCode };
}

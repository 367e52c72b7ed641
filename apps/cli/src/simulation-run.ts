import { simulate } from '@faultline/engine';
import { judgeHeader, overallVerdict, RunFold, type RunMetrics, type Verdict } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type HeaderRecord, TraceDigest, type TraceRecord } from '@faultline/trace';
import { EXIT } from './exit-codes.ts';

/** All that a run leaves for a command to show. */
export interface SimulationRun {
  readonly header: HeaderRecord;
  readonly metrics: RunMetrics;
  readonly verdicts: readonly Verdict[];
  readonly digest: string;
  readonly exitCode: number;
}

/** Runs a scenario to its end; `each` sees every record as it is made. */
export function runSimulation(scenario: Scenario, each: (record: TraceRecord) => void = () => {}): SimulationRun {
  const digest = new TraceDigest();
  const fold = new RunFold();
  let header: HeaderRecord | undefined;
  for (const record of simulate(scenario, kinds)) {
    if (record.type === 'header') header = record;
    digest.add(record);
    fold.add(record);
    each(record);
  }
  if (!header) throw new Error('a run without a header');
  const metrics = fold.result();
  const verdicts = judgeHeader(metrics, header);
  const held = overallVerdict(verdicts);
  const exitCode = held === true ? EXIT.ok : held === false ? EXIT.violated : EXIT.inconclusive;
  return { header, metrics, verdicts, digest: digest.hex(), exitCode };
}

import { judgeHeader, overallVerdict, type RunMetrics, type Verdict } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';

/** What came of a whole run. */
export interface RecordingResult {
  readonly digest: string;
  readonly metrics: RunMetrics;
  readonly verdicts: readonly Verdict[];
  /** Whether all held; null when it could not be told. */
  readonly held: boolean | null;
}

export function resultOf(header: HeaderRecord, metrics: RunMetrics, digest: string): RecordingResult {
  const verdicts = judgeHeader(metrics, header);
  const overall = overallVerdict(verdicts);
  return { digest, metrics, verdicts, held: typeof overall === 'boolean' ? overall : null };
}

import type { RunMetrics } from '../summary.ts';
import { judgeAlways } from './always.ts';
import { judgeEventOrder } from './event-order.ts';
import { judgeEventually } from './eventually.ts';
import { type Expectations, expectationsIn } from './expect.ts';
import { judgeMeasure } from './measured.ts';
import { judgeSometimes } from './sometimes.ts';
import type { Verdict } from './verdict.ts';

/** One verdict for each expectation, in the order in which a scenario lists them. */
export function judge(metrics: RunMetrics, expectations: Expectations): readonly Verdict[] {
  const { objectives, always, eventually, sometimes, events, measures } = expectations;
  const verdicts: Verdict[] = [];
  const { rtoUs, rpoUs, clients = {} } = objectives;
  const recoveryOf = (isMeant: (cohort: string) => boolean): RunMetrics => ({
    ...metrics,
    recovery: metrics.recovery.filter(({ cohort }) => isMeant(cohort)),
  });
  if (rtoUs !== null) {
    const others = recoveryOf((cohort) => !Object.hasOwn(clients, cohort));
    verdicts.push(judgeMeasure(others, 'objective', 'rto', 'recoveryTime', { min: null, max: rtoUs }));
  }
  for (const [cohort, own] of Object.entries(clients)) {
    const theirs = recoveryOf((other) => other === cohort);
    verdicts.push(judgeMeasure(theirs, 'objective', `rto of ${cohort}`, 'recoveryTime', { min: null, max: own.rtoUs }));
  }
  if (rpoUs !== null)
    verdicts.push(judgeMeasure(metrics, 'objective', 'rpo', 'dataLossSpan', { min: null, max: rpoUs }));
  for (const name of always) verdicts.push(judgeAlways(metrics, name));
  for (const name of eventually) verdicts.push(judgeEventually(metrics, name));
  for (const name of sometimes) verdicts.push(judgeSometimes(metrics, name));
  if (events.length > 0) verdicts.push(judgeEventOrder(metrics.serviceEvents, events));
  for (const [name, bounds] of Object.entries(measures))
    verdicts.push(judgeMeasure(metrics, 'measure', name, name, bounds));
  return verdicts;
}

/** As `judge`, with the expectations that the header of a trace holds. */
export function judgeHeader(metrics: RunMetrics, header: { readonly resolved: unknown }): readonly Verdict[] {
  return judge(metrics, expectationsIn(header.resolved));
}

/** All in one: false when any expectation was violated, else inconclusive when any could not be told, else true. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict['held'] {
  if (verdicts.some(({ held }) => held === false)) return false;
  return verdicts.some(({ held }) => held === 'inconclusive') ? 'inconclusive' : true;
}

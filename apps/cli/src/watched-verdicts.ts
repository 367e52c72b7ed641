import { invariants, type Violation } from '@faultline/checkers';
import { alwaysMeasured, type Verdict } from '@faultline/metrics';

/** Verdicts on what a scenario expects always: metrics judge what they measure, the watches all else. */
export function judgedByWatches(
  verdicts: readonly Verdict[],
  watched: readonly string[],
  breaches: readonly Violation[],
): readonly Verdict[] {
  return verdicts.map((verdict) =>
    verdict.kind !== 'always' || alwaysMeasured.includes(verdict.name) ? verdict : judged(verdict, watched, breaches),
  );
}

function judged(verdict: Verdict, watched: readonly string[], breaches: readonly Violation[]): Verdict {
  const invariant = invariants.find(({ name }) => name === verdict.name);
  if (!invariant) return verdict;
  const { meaning: expected, name } = invariant;
  if (!watched.includes(name))
    return { ...verdict, held: 'inconclusive', found: 'it speaks of no database of this run', expected };
  const broken = breaches.find(({ invariant: of }) => of === name);
  return { ...verdict, held: !broken, found: broken ? broken.what : 'it held', expected };
}

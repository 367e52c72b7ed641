import type { NearMiss, SearchCandidate } from '@faultline/metrics';
import type { StudyFactor } from '@faultline/scenario';

/** Near is what met the objectives in a share of the trials that is this little less than asked for. */
const NEAR = 0.1;
const NEAR_MISSES_MAX = 5;

/** Candidates that do nearly well enough, the nearest first, and the cheapest change of one factor that would do. */
export function nearMisses(
  candidates: readonly SearchCandidate[],
  factors: readonly StudyFactor[],
  share: number,
): readonly NearMiss[] {
  return candidates
    .flatMap((one, candidate) =>
      one.verdict === 'misses' && one.met.value >= share - NEAR ? [{ candidate, met: one.met.value }] : [],
    )
    .sort((a, b) => b.met - a.met || a.candidate - b.candidate)
    .slice(0, NEAR_MISSES_MAX)
    .map(({ candidate }) => ({ candidate, change: cheapestChange(candidate, candidates, factors, share) }));
}

function cheapestChange(
  place: number,
  candidates: readonly SearchCandidate[],
  factors: readonly StudyFactor[],
  share: number,
): NearMiss['change'] {
  const from = candidates[place] as SearchCandidate;
  for (const to of candidates) {
    const changed = to.levels.flatMap((level, factor) => (level === from.levels[factor] ? [] : [factor]));
    const [factor] = changed;
    if (factor === undefined || changed.length > 1 || to.verdict === 'misses' || to.met.value < share) continue;
    const { name, levels } = factors[factor] as StudyFactor;
    const level = (of: SearchCandidate): string => levels[of.levels[factor] as number] as string;
    return { factor: name, from: level(from), to: level(to), extraCost: to.cost - from.cost };
  }
  return null;
}
